// Facts about objects that the panels and tables show, put together from several objects. Pure.
import type { EndpointSlice } from "#api/endpointslice/types";
import type { KubeEvent } from "#api/event/types";
import type { AnyObject } from "#api/kinds";
import type { Pod } from "#api/pod/types";
import { matchesLabels } from "#api/selectors";
import type { Service } from "#api/service/types";

export interface EndpointFact {
  address: string;
  ports: string;
  pod?: string;
  node?: string;
  ready: boolean;
  terminating: boolean;
}

export function endpointFacts(service: Service, slices: Iterable<EndpointSlice>): EndpointFact[] {
  const facts: EndpointFact[] = [];
  for (const slice of slices) {
    if (slice.metadata.namespace !== service.metadata.namespace) continue;
    if (slice.metadata.labels?.["kubernetes.io/service-name"] !== service.metadata.name) continue;
    const ports = (slice.ports ?? [])
      .map(({ port, name }) => (name ? `${port} (${name})` : String(port ?? "?")))
      .join(", ");
    for (const endpoint of slice.endpoints ?? []) {
      facts.push({
        address: endpoint.addresses.join(", "),
        ports: ports || "<unset>",
        ready: endpoint.conditions.ready !== false,
        terminating: endpoint.conditions.terminating === true,
        ...(endpoint.targetRef?.name ? { pod: endpoint.targetRef.name } : {}),
        ...(endpoint.nodeName ? { node: endpoint.nodeName } : {}),
      });
    }
  }
  return facts;
}

/** The names under which a Service can be asked for, shortest first, and who may use them. */
export function dnsNames(service: Service): string[] {
  const { name, namespace = "default" } = service.metadata;
  return [name, `${name}.${namespace}`, `${name}.${namespace}.svc.cluster.local`];
}

export function selects(service: Service, pod: Pod): boolean {
  const { selector = {} } = service.spec;
  return (
    Object.keys(selector).length > 0 &&
    service.metadata.namespace === pod.metadata.namespace &&
    matchesLabels(selector, pod.metadata.labels)
  );
}

const timeOf = ({ series, lastTimestamp, eventTime }: KubeEvent): string =>
  series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? "";

/** Newest last, as kubectl describe lists them. */
export function eventsOf(object: AnyObject, events: Iterable<KubeEvent>): KubeEvent[] {
  const { uid, name, namespace } = object.metadata;
  return [...events]
    .filter(
      ({ involvedObject }) =>
        involvedObject.uid === uid ||
        (involvedObject.uid === undefined &&
          involvedObject.kind === object.kind &&
          involvedObject.name === name &&
          involvedObject.namespace === namespace),
    )
    .sort((a, b) => timeOf(a).localeCompare(timeOf(b)));
}

export function containerState(pod: Pod, name: string): string {
  const status = [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])].find(
    (item) => item.name === name,
  );
  if (!status) return "Waiting";
  const { waiting, running, terminated } = status.state;
  if (running) return "Running";
  if (terminated) return `Terminated: ${terminated.reason ?? ""} (${terminated.exitCode})`;
  return `Waiting: ${waiting?.reason ?? ""}`;
}
