// What a pod asks of a node: CPU, memory and host ports. Quantities become numbers once, when a pod is first seen.
// Kubernetes: staging/src/k8s.io/component-helpers/resource/helpers.go (v1.35)
import type { IntOrString } from "#api/meta";
import type { Container, Pod } from "#api/pod/types";
import { quantityOf } from "#api/quantity";

/** By resource name: cpu in thousandths, everything else in its own unit, rounded up. */
export type Resources = Record<string, number>;

export function resourcesOf(list: Record<string, IntOrString> | undefined): Resources {
  const resources: Resources = {};
  for (const [name, value] of Object.entries(list ?? {})) {
    const amount = quantityOf(value) * (name === "cpu" ? 1000 : 1);
    resources[name] = Math.ceil(Math.round(amount * 1e6) / 1e6);
  }
  return resources;
}

export interface HostPort {
  ip: string;
  protocol: string;
  port: number;
}

export interface PodRequests {
  resources: Resources;
  /** With what a container without requests counts as when nodes are scored. */
  scored: { cpu: number; memory: number };
  hostPorts: HostPort[];
}

const DEFAULT_CPU = 100;
const DEFAULT_MEMORY = 200 * 2 ** 20;

export function requestsOf(pod: Pod): PodRequests {
  const sidecars = (pod.spec.initContainers ?? []).filter((init) => init.restartPolicy === "Always");
  const lasting = [...pod.spec.containers, ...sidecars];
  const resources: Resources = {};
  const scored = { cpu: 0, memory: 0 };
  for (const container of lasting) {
    const own = containerRequests(container);
    for (const [name, amount] of Object.entries(own)) resources[name] = (resources[name] ?? 0) + amount;
    scored.cpu += own["cpu"] ?? DEFAULT_CPU;
    scored.memory += own["memory"] ?? DEFAULT_MEMORY;
  }
  for (const init of pod.spec.initContainers ?? []) {
    for (const [name, amount] of Object.entries(containerRequests(init))) {
      resources[name] = Math.max(resources[name] ?? 0, amount);
    }
  }
  return { resources: { ...resources, ...wholeRequests(pod) }, scored, hostPorts: hostPortsOf(pod, lasting) };
}

/** What the pod asks for as a whole takes the place of what its containers do. */
function wholeRequests(pod: Pod): Resources {
  const { resources } = pod.spec as Pick<Container, "resources">;
  const whole = { ...resourcesOf(resources?.limits), ...resourcesOf(resources?.requests) };
  return Object.fromEntries(
    Object.entries(whole).filter(([name]) => /^(cpu|memory|hugepages-.*)$/.test(name)),
  );
}

/** Limits stand in for requests that are not given. */
function containerRequests(container: Container): Resources {
  return { ...resourcesOf(container.resources?.limits), ...resourcesOf(container.resources?.requests) };
}

function hostPortsOf(pod: Pod, containers: readonly Container[]): HostPort[] {
  return containers
    .flatMap((container) => container.ports ?? [])
    .map((port) => ({ ...port, hostPort: port.hostPort ?? (pod.spec.hostNetwork ? port.containerPort : 0) }))
    .filter((port) => port.hostPort > 0)
    .map((port) => ({ ip: port.hostIP ?? "0.0.0.0", protocol: port.protocol, port: port.hostPort }));
}

export function conflict(a: HostPort, b: HostPort): boolean {
  const sameIp = a.ip === b.ip || a.ip === "0.0.0.0" || b.ip === "0.0.0.0";
  return sameIp && a.port === b.port && a.protocol === b.protocol;
}
