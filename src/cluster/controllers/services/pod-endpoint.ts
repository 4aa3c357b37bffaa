// How a pod counts behind a Service: whether it is an endpoint at all, on which numbers its ports are, and under which
// host name. Shared by the Endpoints and the EndpointSlice controller.
// Kubernetes: staging/src/k8s.io/endpointslice/util/controller_utils.go (v1.35)
import type { ObjectReference } from "#api/meta";
import { hasEnded, isReady } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import type { Service, ServicePort } from "#api/service/types";

export function hasAddress(pod: Pod): boolean {
  return !hasEnded(pod) && pod.status.podIP !== undefined && pod.status.podIP !== "";
}

export function isTerminating(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined;
}

/** The number of a Service's port in this pod; undefined if no container has a port of that name. */
export function portInPod(pod: Pod, port: ServicePort): number | undefined {
  const { targetPort } = port;
  if (typeof targetPort === "number") return targetPort;
  const sidecars = (pod.spec.initContainers ?? []).filter((init) => init.restartPolicy === "Always");
  for (const container of [...pod.spec.containers, ...sidecars]) {
    const found = container.ports?.find(
      (item) => item.name === targetPort && item.protocol === port.protocol,
    );
    if (found) return found.containerPort;
  }
  return undefined;
}

/** Only the headless Service that the pod names as its subdomain gives it a host name. */
export function hostnameIn(pod: Pod, service: Service): string | undefined {
  const { hostname, subdomain } = pod.spec;
  if (!hostname || subdomain !== service.metadata.name) return undefined;
  return pod.metadata.namespace === service.metadata.namespace ? hostname : undefined;
}

export function podReference(pod: Pod): ObjectReference {
  const { namespace, name, uid } = pod.metadata;
  return { kind: "Pod", ...(namespace !== undefined && { namespace }), name, uid };
}

export function isHeadless(service: Service): boolean {
  return service.spec.clusterIP === "None";
}

export function isServing(pod: Pod): boolean {
  return isReady(pod);
}
