// What a pod may learn of itself: fieldRef and resourceFieldRef in environment variables and downwardAPI volumes.
// Kubernetes: pkg/fieldpath/fieldpath.go, pkg/api/v1/resource/helpers.go (v1.35)
import type { Container } from "#api/pod/types";
import { divideQuantity } from "#api/quantity";
import { formatMicroTime } from "#base/time";
import type { Context } from "../machine/component.ts";
import { epochNow } from "../process/clock.ts";
import type { PodState } from "./state.ts";

export function fieldValue(context: Context, state: PodState, path: string): string {
  const { pod } = state;
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (subscript) {
    const map = subscript[1] === "labels" ? pod.metadata.labels : annotationsOf(context, state);
    return map?.[subscript[2]!] ?? "";
  }
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
      return mapLines(annotationsOf(context, state));
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

/** The kubelet notes in its own copy of a pod when and from where it heard of it. */
function annotationsOf(context: Context, { pod, addedAt }: PodState): Record<string, string> {
  return {
    ...pod.metadata.annotations,
    "kubernetes.io/config.seen": formatMicroTime(epochNow(context) - context.now + addedAt),
    "kubernetes.io/config.source": "api",
  };
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
