// The wall clock that programs in containers read: virtual time counted from the cluster's start.
import { parseRfc3339 } from "#base/time";
import type { Context } from "../machine/component.ts";

/** Milliseconds since 1970. */
export function epochNow(context: Context): number {
  return (parseRfc3339(context.settings.startedAt) ?? 0) + context.now;
}
