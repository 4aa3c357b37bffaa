// Events of a kubelet about a pod, with the recorder's brake: 25 at once, then one in five minutes for each pod.
// Kubernetes: client-go/tools/record/events_cache.go, EventSourceObjectSpamFilter (v1.35)
import type { Kubelet, PodState } from "./state.ts";

const BURST = 25;
const REFILL_MS = 300_000;
/** So many texts for one reason are told apart; further ones are counted together. */
const DIFFERENT_TEXTS = 10;

export function record(
  kubelet: Kubelet,
  pod: PodState,
  type: "Normal" | "Warning",
  reason: string,
  message: string,
  container?: string,
): void {
  if (!allowed(kubelet, pod)) return;
  const fieldPath = container === undefined ? undefined : fieldPathOf(pod, container);
  kubelet.context.api.recordEvent({
    involvedObject: pod.pod,
    fieldPath,
    type,
    reason,
    message: combined(pod, `${type}/${reason}/${fieldPath ?? ""}`, message),
    component: "kubelet",
    host: pod.node,
  });
}

function fieldPathOf(pod: PodState, container: string): string {
  const kind = pod.containers.get(container)?.kind;
  if (kind === "init" || kind === "sidecar") return `spec.initContainers{${container}}`;
  if (kind === "ephemeral") return `spec.ephemeralContainers{${container}}`;
  return `spec.containers{${container}}`;
}

// Kubernetes: EventAggregator in client-go/tools/record/events_cache.go (v1.35)
function combined(pod: PodState, key: string, message: string): string {
  const texts = pod.eventTexts[key];
  if (!texts) pod.eventTexts[key] = [message];
  else if (!texts.includes(message)) {
    if (texts.length < DIFFERENT_TEXTS) texts.push(message);
    // Simplified: the first of the combined texts stays; the real one is replaced by the latest.
    if (texts.length === DIFFERENT_TEXTS) return `(combined from similar events): ${texts.at(-1)!}`;
  }
  return message;
}

function allowed(kubelet: Kubelet, pod: PodState): boolean {
  const { now } = kubelet.context;
  const refilled = pod.eventTokens + (now - pod.eventTokensAt) / REFILL_MS;
  pod.eventTokens = Math.min(BURST, refilled);
  pod.eventTokensAt = now;
  if (pod.eventTokens < 1) return false;
  pod.eventTokens -= 1;
  return true;
}

export const EVENT_BURST = BURST;
