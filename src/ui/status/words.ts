// The word that goes with each status glyph, and its colour class.
import type { Translate } from "../i18n/i18n.ts";
import type { PodLook, PodState } from "./podStatus.ts";

const KEYS = {
  ready: "statusReady",
  notReady: "statusNotReady",
  failing: "statusFailing",
  terminating: "statusTerminating",
  pending: "statusPending",
  completed: "statusCompleted",
  unknown: "statusUnknown",
} as const satisfies Record<PodState, string>;

export function stateWord(state: PodState, t: Translate): string {
  return t(KEYS[state]);
}

/** kubectl's own word where it says more ("ImagePullBackOff", "Init:1/2"), else the state's in the reader's language. */
export function lookWord({ state, reason }: PodLook, t: Translate): string {
  const more = state === "failing" || (state === "pending" && reason?.startsWith("Init:"));
  return more && reason !== undefined ? reason : stateWord(state, t);
}
