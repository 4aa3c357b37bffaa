// What must hold in every cluster at every moment, and what must hold when it is at rest. Scenario tests and the fuzz
// check it all the time.
import { isReady } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import { matchesLabels } from "#api/selectors";
import type { Service } from "#api/service/types";
import type { Cluster } from "../cluster.ts";
import type { Journey, Step } from "../trace/types.ts";

/** Texts of all that does not hold; empty when all is well. */
export function violations(cluster: Cluster): string[] {
  return [
    ...uniqueAddresses(cluster),
    ...uniquePorts(cluster),
    ...trafficGoesToEndpoints(cluster),
    ...oneEnd(cluster),
  ];
}

/** Also what holds once nothing has changed for some seconds. */
export function violationsAtRest(cluster: Cluster): string[] {
  return [...violations(cluster), ...endpointsAreReadyPods(cluster), ...endpointsEqualSlices(cluster)];
}

function twice(values: readonly [string, string][], what: string): string[] {
  const seen = new Map<string, string>();
  const found: string[] = [];
  for (const [value, owner] of values) {
    const other = seen.get(value);
    if (other !== undefined) found.push(`${what} ${value} belongs to ${other} and to ${owner}`);
    seen.set(value, owner);
  }
  return found;
}

function uniqueAddresses(cluster: Cluster): string[] {
  const { api } = cluster.machine.context;
  const pods = api
    .list("Pod")
    .flatMap((pod): [string, string][] =>
      pod.status.podIP && !pod.spec.hostNetwork && !isOver(pod)
        ? [[pod.status.podIP, `pod ${pod.metadata.name}`]]
        : [],
    );
  const services = api.list("Service").flatMap((service): [string, string][] => {
    const { clusterIP } = service.spec;
    return clusterIP && clusterIP !== "None" ? [[clusterIP, `Service ${service.metadata.name}`]] : [];
  });
  const balancers = api
    .list("Service")
    .flatMap((service) =>
      (service.status.loadBalancer.ingress ?? []).flatMap(({ ip }): [string, string][] =>
        ip ? [[ip, `Service ${service.metadata.name}`]] : [],
      ),
    );
  return [...twice([...pods, ...services], "address"), ...twice(balancers, "external address")];
}

const isOver = (pod: Pod): boolean => pod.status.phase === "Succeeded" || pod.status.phase === "Failed";

function uniquePorts(cluster: Cluster): string[] {
  const ports = cluster.machine.context.api
    .list("Service")
    .flatMap((service) =>
      (service.spec.ports ?? []).flatMap(({ nodePort, protocol }): [string, string][] =>
        nodePort ? [[`${nodePort}/${protocol}`, `Service ${service.metadata.name}`]] : [],
      ),
    );
  return twice(ports, "node port");
}

type Of<K extends Step["step"]> = Extract<Step, { step: K }>;

/** Whoever was chosen stood among the candidates that may get traffic. */
function trafficGoesToEndpoints(cluster: Cluster): string[] {
  const found: string[] = [];
  for (const journey of cluster.journeys()) {
    let allowed: Of<"endpoints"> | undefined;
    for (const step of journey.steps) {
      if (step.step === "endpoints") allowed = step;
      if (step.step !== "choice" || step.how === "conntrack" || step.how === "keepAlive" || !allowed)
        continue;
      const candidate = allowed.candidates.find(({ address }) => address === step.endpoint);
      if (!candidate?.in)
        found.push(`request ${journey.id} went to ${step.endpoint}, which may get no traffic`);
    }
  }
  return found;
}

/** A request ends once, and nothing moves after its end. */
function oneEnd(cluster: Cluster): string[] {
  return cluster.journeys().flatMap(({ id, end, legs, client }: Journey) => {
    if (!end || client.program === "probe") return [];
    const late = legs.find(
      (leg) => leg.start > end.at && leg.purpose === "data" && leg.direction === "response",
    );
    return late ? [`request ${id} ended at ${end.at}, but a packet of it left at ${late.start}`] : [];
  });
}

const matches = (service: Service, pod: Pod): boolean =>
  matchesLabels(service.spec.selector, pod.metadata.labels);

function endpointsAreReadyPods(cluster: Cluster): string[] {
  const { api } = cluster.machine.context;
  return api.list("Service").flatMap((service) => {
    const { name, namespace } = service.metadata;
    if (!service.spec.selector || service.spec.type === "ExternalName") return [];
    const wanted = api
      .list("Pod", { namespace: namespace! })
      .filter(
        (pod) => matches(service, pod) && pod.status.podIP && !isOver(pod) && !pod.metadata.deletionTimestamp,
      )
      .filter((pod) => service.spec.publishNotReadyAddresses === true || isReady(pod))
      .map(({ status }) => status.podIP!);
    const slices = api.list("EndpointSlice", {
      namespace: namespace!,
      labels: { "kubernetes.io/service-name": name },
    });
    const given = slices.flatMap(({ endpoints }) =>
      (endpoints ?? [])
        .filter(({ conditions }) => conditions.ready !== false)
        .flatMap(({ addresses }) => addresses),
    );
    const [a, b] = [distinct(wanted), distinct(given)];
    return a === b ? [] : [`Service ${name} has endpoints ${b}, but its ready pods are ${a}`];
  });
}

const distinct = (items: readonly string[]): string => [...new Set(items)].sort().join(",");

function endpointsEqualSlices(cluster: Cluster): string[] {
  const { api } = cluster.machine.context;
  return api.list("Endpoints").flatMap((endpoints) => {
    const { name, namespace } = endpoints.metadata;
    const service = api.get("Service", namespace, name);
    if (!service?.spec.selector) return [];
    const own = distinct(
      (endpoints.subsets ?? []).flatMap(({ addresses = [] }) => addresses.map(({ ip }) => ip)),
    );
    const slices = api.list("EndpointSlice", {
      namespace: namespace!,
      labels: { "kubernetes.io/service-name": name },
    });
    const resolved = slices.filter(({ ports }) => (ports ?? []).length > 0);
    const given = distinct(
      resolved.flatMap((slice) =>
        (slice.endpoints ?? [])
          .filter(({ conditions }) => conditions.ready !== false)
          .flatMap(({ addresses }) => addresses),
      ),
    );
    const size = own.split(",").length;
    return own === given || size >= 1000 ? [] : [`Endpoints ${name} are ${own}, its slices say ${given}`];
  });
}
