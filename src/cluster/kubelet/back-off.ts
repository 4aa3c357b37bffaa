// The waits before the next restart of a container or the next pull of an image: 10 s, doubled up to 5 min, forgotten
// after twice the longest wait.
// Kubernetes: client-go/util/flowcontrol/backoff.go; MaxContainerBackOff in pkg/kubelet/kubelet.go (v1.35)
import type { BackOff } from "./state.ts";

const FIRST_MS = 10_000;
const LONGEST_MS = 300_000;

function expired(backOff: BackOff, at: number): boolean {
  return at - backOff.since > 2 * LONGEST_MS;
}

/** Until when one has to wait after something ended at `at`; undefined if one need not. */
export function waitsUntil(backOff: BackOff | undefined, at: number, now: number): number | undefined {
  if (!backOff || expired(backOff, at)) return undefined;
  return now - at < backOff.delayMs ? at + backOff.delayMs : undefined;
}

export function nextBackOff(backOff: BackOff | undefined, at: number, now: number): BackOff {
  if (!backOff || expired(backOff, at)) return { delayMs: FIRST_MS, since: now };
  return { delayMs: Math.min(2 * backOff.delayMs, LONGEST_MS), since: now };
}
