// How fast virtual time goes: the chosen speed, or slower while a request is followed, so that each of its hops
// can be seen. The clock slows, never the drawing.
import type { Journey } from "#cluster/trace/types";

/** Wall ms that a hop takes while its request is followed. */
const FOLLOWED_HOP_MS = 900;
/** Between hops of a followed request, such as while a server works or a client waits for its time-out. */
const FOLLOWED_IDLE_SPEED = 0.25;
const SLOWEST = 0.00002;

export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10] as const;

export interface Pace {
  playing: boolean;
  /** Virtual ms per wall ms as chosen. */
  speed: number;
}

/** Virtual ms per wall ms at this moment. */
export function speedNow(pace: Pace, followed: Journey | undefined, now: number): number {
  if (!pace.playing) return 0;
  if (!followed || followed.end) return pace.speed;
  const leg = followed.legs.find((item) => item.start <= now && now < item.end);
  if (!leg) return Math.min(pace.speed, FOLLOWED_IDLE_SPEED);
  return Math.min(pace.speed, Math.max((leg.end - leg.start) / FOLLOWED_HOP_MS, SLOWEST));
}
