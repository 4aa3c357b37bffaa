// Services as cards, with the load balancers and the outside targets that belong to them.
import { hasEnded } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import { matchesLabels } from "#api/selectors";
import type { Service } from "#api/service/types";
import type { LoadBalancerCard, PodCard, ServiceCard, TargetCard } from "./cards.ts";
import { endpointsOf, type ServiceEndpoints } from "./endpoints.ts";

/** How many pods a Service card shows as glyphs before it only counts. */
const MAX_LOOKS = 6;

/** The cluster's own plumbing is not drawn. */
export function isShown(service: Service): boolean {
  const { namespace, name } = service.metadata;
  return namespace !== "kube-system" && !(namespace === "default" && name === "kubernetes");
}

/** Pods by "namespace/label=value", for selectors without a scan of all pods. */
export function podsByLabel(pods: ReadonlyMap<string, Pod>): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const [key, pod] of pods) {
    for (const [label, value] of Object.entries(pod.metadata.labels ?? {})) {
      const entry = `${pod.metadata.namespace ?? "default"}/${label}=${value}`;
      const list = index.get(entry);
      if (list) list.push(key);
      else index.set(entry, [key]);
    }
  }
  return index;
}

/** Keys of the pods that a Service's selector matches, without those that have ended. */
export function selectedPods(
  service: Service,
  pods: ReadonlyMap<string, Pod>,
  index: ReadonlyMap<string, readonly string[]>,
): string[] {
  const wanted = Object.entries(service.spec.selector ?? {});
  // An ExternalName Service gets no endpoints, even with a selector.
  if (wanted.length === 0 || service.spec.type === "ExternalName") return [];
  const namespace = service.metadata.namespace ?? "default";
  let smallest: readonly string[] | undefined;
  for (const [label, value] of wanted) {
    const list = index.get(`${namespace}/${label}=${value}`) ?? [];
    if (!smallest || list.length < smallest.length) smallest = list;
  }
  return (smallest ?? []).filter((key) => {
    const pod = pods.get(key)!;
    if (hasEnded(pod)) return false;
    return matchesLabels(service.spec.selector, pod.metadata.labels);
  });
}

export interface ServiceParts {
  card: ServiceCard;
  loadBalancer: LoadBalancerCard | null;
  target: TargetCard | null;
  /** Pods that it selects or lists, to whether they get its traffic. */
  pods: Map<string, boolean>;
}

export function serviceParts(
  key: string,
  service: Service,
  selected: readonly string[],
  endpoints: ReadonlyMap<string, ServiceEndpoints>,
  podCards: ReadonlyMap<string, PodCard>,
): ServiceParts {
  const found = endpointsOf(endpoints, key);
  const pods = new Map<string, boolean>(selected.map((pod) => [pod, false]));
  for (const [pod, gets] of found.pods) pods.set(pod, gets);
  const namespace = service.metadata.namespace ?? "default";
  const { spec } = service;
  const headless = spec.clusterIP === "None";
  const looks =
    pods.size <= MAX_LOOKS ? [...pods.keys()].flatMap((pod) => podCards.get(pod)?.look ?? []) : [];
  const card: ServiceCard = {
    type: "service",
    id: `svc/${key}`,
    key,
    name: service.metadata.name,
    namespace,
    serviceType: spec.type,
    headless,
    ...(spec.clusterIP && !headless ? { clusterIP: spec.clusterIP } : {}),
    ...(spec.externalName !== undefined ? { externalName: spec.externalName } : {}),
    ports: (spec.ports ?? []).map((port) => ({
      ...(port.name !== undefined ? { name: port.name } : {}),
      port: port.port,
      target: String(port.targetPort),
      ...(port.nodePort !== undefined ? { nodePort: port.nodePort } : {}),
      protocol: port.protocol,
    })),
    selector: Object.entries(spec.selector ?? {}).map(([label, value]) => `${label}=${value}`),
    ready: found.ready,
    total: pods.size + found.addresses.length,
    looks,
    affinity: spec.sessionAffinity === "ClientIP",
    externalLocal: spec.externalTrafficPolicy === "Local",
  };
  return {
    card,
    loadBalancer: loadBalancerCard(key, service),
    target: targetCard(key, service, found),
    pods,
  };
}

function loadBalancerCard(key: string, service: Service): LoadBalancerCard | null {
  if (service.spec.type !== "LoadBalancer") return null;
  const ingress = service.status.loadBalancer.ingress?.[0];
  const ip = ingress?.ip ?? ingress?.hostname;
  return {
    type: "loadBalancer",
    id: `lb/${key}`,
    service: key,
    name: service.metadata.name,
    ...(ip !== undefined ? { ip } : {}),
    ports: (service.spec.ports ?? []).map((port) => port.port),
  };
}

/** Something outside the cluster that a Service stands for: an external name, or addresses without pods. */
function targetCard(key: string, service: Service, found: ServiceEndpoints): TargetCard | null {
  if (service.spec.type === "ExternalName") {
    const title = service.spec.externalName ?? "";
    return { type: "target", id: `target/${key}`, service: key, title, addresses: [], externalName: true };
  }
  if (found.addresses.length === 0) return null;
  return {
    type: "target",
    id: `target/${key}`,
    service: key,
    title: service.metadata.name,
    addresses: found.addresses,
    externalName: false,
  };
}
