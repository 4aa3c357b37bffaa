// What a pod may learn of itself: fieldRef and resourceFieldRef in environment variables and downwardAPI volumes.
// Kubernetes: pkg/fieldpath/fieldpath.go, pkg/api/v1/resource/helpers.go (v1.35)
import type { Container } from "#api/pod/types";
import { divideQuantity } from "#api/quantity";
import type { Context } from "../machine/component.ts";
import type { PodState } from "./state.ts";

export function fieldValue(context: Context, state: PodState, path: string): string {
  const { pod } = state;
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (subscript) return pod.metadata[subscript[1] as "labels" | "annotations"]?.[subscript[2]!] ?? "";
  const hostIp = (): string => context.network.ipOf(`node:${state.node}`);
  switch (path) {
    case "metadata.name":
      return pod.metadata.name;
    case "metadata.namespace":
      return state.namespace;
    case "metadata.uid":
      return pod.metadata.uid;
    case "metadata.labels":
      return mapLines(pod.metadata.labels);
    case "metadata.annotations":
      return mapLines(pod.metadata.annotations);
    case "spec.nodeName":
      return state.node;
    case "spec.serviceAccountName":
      return pod.spec.serviceAccountName ?? "default";
    case "status.hostIP":
    case "status.hostIPs":
      return hostIp();
    case "status.podIP":
    case "status.podIPs":
      return state.ip ?? "";
    default:
      return "";
  }
}

function mapLines(map: Record<string, string> | undefined): string {
  const keys = Object.keys(map ?? {}).sort();
  return keys.map((key) => `${key}=${JSON.stringify(map![key])}`).join("\n");
}

/** Limits that are not set stand for all that the node has. */
export function resourceValue(
  context: Context,
  state: PodState,
  container: Container,
  reference: { resource: string; divisor?: string | number },
): string {
  const [kind = "", ...rest] = reference.resource.split(".");
  const resource = rest.join(".");
  const { limits, requests } = container.resources ?? {};
  const set = kind === "limits" ? limits?.[resource] : (requests?.[resource] ?? limits?.[resource]);
  const node = kind === "limits" ? context.api.get("Node", undefined, state.node) : undefined;
  const quantity = set ?? node?.status.allocatable?.[resource] ?? "0";
  return String(divideQuantity(quantity, reference.divisor));
}
