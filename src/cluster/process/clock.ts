// The wall clock that programs in containers read: virtual time counted from the cluster's start.
import { parseRfc3339 } from "#base/time";
import type { Context } from "../machine/component.ts";

/** The start that was read last: every answer of every server asks for the time. */
let start = { text: "", ms: 0 };

/** Milliseconds since 1970. */
export function epochNow(context: Context): number {
  const { startedAt } = context.settings;
  if (startedAt !== start.text) start = { text: startedAt, ms: parseRfc3339(startedAt) ?? 0 };
  return start.ms + context.now;
}
