// Clients as cards, and which card each one's URL leads to, so that its edge stands before its first request.
import type { ClientSpec } from "#cluster/clients/types";
import type { Place } from "#cluster/trace/types";
import type { Ingress } from "#api/ingress/types";
import type { Node } from "#api/node/types";
import type { Pod } from "#api/pod/types";
import type { Service } from "#api/service/types";
import type { ClientCard } from "./cards.ts";
import { nodeAddress } from "./entries.ts";
import { mapOf, placeId, type LayoutInput } from "./input.ts";
import { isShown } from "./services.ts";

/** Ad hoc askers, such as a terminal's curl, that get a card of their own at a time. */
const MAX_AD_HOC = 4;

export interface ClientParts {
  card: ClientCard;
  /** Place ids that stand for this client as the sender of requests. */
  place: string;
  /** Ids of cards or places that it asks. */
  targets: string[];
}

/** The pod that an inside client runs in. */
function hostPod(spec: ClientSpec, pods: ReadonlyMap<string, Pod>): Pod | undefined {
  const { location } = spec;
  if (location.kind !== "pod") return undefined;
  if (location.name !== undefined) return pods.get(`${location.namespace}/${location.name}`);
  const wanted = Object.entries(location.labels ?? {});
  for (const pod of pods.values()) {
    if (pod.metadata.namespace !== location.namespace) continue;
    if (wanted.every(([label, value]) => pod.metadata.labels?.[label] === value)) return pod;
  }
  return undefined;
}

export function clientParts(input: LayoutInput): ClientParts[] {
  const pods = mapOf(input.objects, "Pod");
  const parts = input.clients.map((spec) => configured(spec, input, pods));
  const known = new Set(parts.map((part) => part.place));
  let adHoc = 0;
  for (const [id, sighting] of input.seen) {
    if (known.has(id) || sighting.place.kind !== "client" || adHoc >= MAX_AD_HOC) continue;
    adHoc++;
    parts.push(seenOnly(id, sighting.place.name, sighting.program, sighting.targets));
  }
  return parts;
}

function configured(spec: ClientSpec, input: LayoutInput, pods: ReadonlyMap<string, Pod>): ClientParts {
  const { location } = spec;
  const pod = hostPod(spec, pods);
  const host = location.kind === "node" ? location.name : pod?.metadata.name;
  const place =
    location.kind === "outside"
      ? `client/${spec.name}`
      : location.kind === "node"
        ? `node/${location.name}`
        : `pod/${location.namespace}/${pod?.metadata.name ?? location.name ?? ""}`;
  const seen = input.seen.get(place)?.targets.map(placeId) ?? [];
  const guessed = targetOf(spec, input);
  return {
    card: {
      type: "client",
      id: `client/${spec.name}`,
      name: spec.name,
      program: spec.program,
      inside: location.kind !== "outside",
      ...(host !== undefined ? { host } : {}),
      url: withAddresses(spec.url, input),
      rate: spec.rate,
      adHoc: false,
    },
    place,
    targets: guessed === null ? seen : [...new Set([guessed, ...seen])],
  };
}

function seenOnly(place: string, name: string, program: string, targets: readonly Place[]): ClientParts {
  return {
    card: {
      type: "client",
      id: place,
      name,
      program: program === "browser" ? "browser" : "curl",
      inside: false,
      url: "",
      rate: 0,
      adHoc: true,
    },
    place,
    targets: targets.map(placeId),
  };
}

/** Placeholders of a URL as the addresses that they stand for; unknown ones stay. */
function withAddresses(url: string, input: LayoutInput): string {
  return url.replace(/\{(\w+)(?::([^}]+))?\}/g, (whole, kind: string, argument: string | undefined) => {
    if (kind === "ingress") return input.ingressIp ?? whole;
    if (kind === "lb") {
      const service = mapOf(input.objects, "Service").get(argument ?? "");
      return service?.status.loadBalancer.ingress?.[0]?.ip ?? whole;
    }
    const node = kind === "node" ? mapOf(input.objects, "Node").get(`node-${argument}`) : undefined;
    return node ? nodeAddress(node, "ExternalIP") || nodeAddress(node, "InternalIP") : whole;
  });
}

/** Host of a URL, without its port; curl's short forms without a scheme too. Placeholders in braces stay whole. */
function urlHost(url: string): string {
  const rest = url.replace(/^[a-z]+:\/\//i, "");
  return /^(\{[^}]*\}|[^/?#:]*)/.exec(rest)?.[0] ?? "";
}

/** The card that a client's URL leads to, as far as names and addresses tell. */
function targetOf(spec: ClientSpec, input: LayoutInput): string | null {
  const host = urlHost(spec.url);
  const address = spec.hosts?.[host] ?? host;
  const template = /^\{(\w+)(?::(.+))?\}$/.exec(address);
  if (template) return templateTarget(template[1]!, template[2] ?? "");
  return addressTarget(address, input) ?? nameTarget(address, spec, input);
}

function templateTarget(kind: string, argument: string): string | null {
  if (kind === "ingress") return "ingress";
  if (kind === "lb") return `lb/${argument}`;
  return kind === "node" ? `node/node-${argument}` : null;
}

function addressTarget(address: string, input: LayoutInput): string | null {
  if (input.ingressIp !== null && address === input.ingressIp) return "ingress";
  for (const node of mapOf(input.objects, "Node").values()) {
    if (isAddressOf(node, address)) return `node/${node.metadata.name}`;
  }
  for (const [key, service] of mapOf(input.objects, "Service")) {
    if (service.status.loadBalancer.ingress?.some((entry) => entry.ip === address)) return `lb/${key}`;
    if (service.spec.clusterIP === address && isShown(service)) return `svc/${key}`;
  }
  for (const [key, pod] of mapOf(input.objects, "Pod")) {
    if (pod.status.podIP === address && !pod.spec.hostNetwork) return `pod/${key}`;
  }
  return null;
}

function isAddressOf(node: Node, address: string): boolean {
  return nodeAddress(node, "InternalIP") === address || nodeAddress(node, "ExternalIP") === address;
}

/** Names: an Ingress host from outside, a Service's DNS name from inside. */
function nameTarget(host: string, spec: ClientSpec, input: LayoutInput): string | null {
  const { location } = spec;
  if (location.kind !== "outside") {
    const [name, namespace] = host.split(".");
    const own = location.kind === "pod" ? location.namespace : "default";
    const key = `${namespace ?? own}/${name ?? ""}`;
    const service: Service | undefined = mapOf(input.objects, "Service").get(key);
    if (service && isShown(service)) return `svc/${key}`;
  }
  for (const ingress of mapOf(input.objects, "Ingress").values()) {
    if (servesHost(ingress, host)) return "ingress";
  }
  return null;
}

function servesHost(ingress: Ingress, host: string): boolean {
  return (ingress.spec.rules ?? []).some(
    (rule) =>
      rule.host === host ||
      (rule.host?.startsWith("*.") === true &&
        host.endsWith(rule.host.slice(1)) &&
        host !== rule.host.slice(2)),
  );
}
