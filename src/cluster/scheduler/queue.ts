// The scheduling queue: pods to be tried now, and pods that did not fit, which are tried again with growing pauses when
// something changes that may help.
// Kubernetes: pkg/scheduler/backend/queue/scheduling_queue.go (v1.35)

interface Parked {
  /** Virtual time before which it is not tried again. */
  notBefore: number;
  since: number;
  /** Something changed: it is tried again as soon as its pause ends. */
  moved: boolean;
}

// Simplified: first come, first tried; spec.priority does not jump the queue.
export interface SchedulingQueue {
  /** Keys of pods to try, in order. */
  active: Set<string>;
  parked: Map<string, Parked>;
  attempts: Map<string, number>;
}

const INITIAL_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 10_000;
/** Without any change a pod is tried again after so long. */
const LEFTOVER_MS = 300_000;

export function createSchedulingQueue(): SchedulingQueue {
  return { active: new Set(), parked: new Map(), attempts: new Map() };
}

export function enqueue(queue: SchedulingQueue, key: string): void {
  if (!queue.parked.has(key)) queue.active.add(key);
}

export function forget(queue: SchedulingQueue, key: string): void {
  queue.active.delete(key);
  queue.parked.delete(key);
  queue.attempts.delete(key);
}

/** The pod did not fit. */
export function park(queue: SchedulingQueue, key: string, now: number): void {
  const attempts = (queue.attempts.get(key) ?? 0) + 1;
  queue.attempts.set(key, attempts);
  const pause = Math.min(MAX_BACKOFF_MS, INITIAL_BACKOFF_MS * 2 ** (attempts - 1));
  queue.parked.set(key, { notBefore: now + pause, since: now, moved: false });
}

/** Something changed that may help these pods. */
export function moveParked(queue: SchedulingQueue, helps: (key: string) => boolean): void {
  for (const [key, parked] of queue.parked) if (!parked.moved && helps(key)) parked.moved = true;
}

/** Takes back what is due; returns when to ask next, or undefined if nothing is parked. */
export function releaseDue(queue: SchedulingQueue, now: number): number | undefined {
  let next: number | undefined;
  for (const [key, parked] of queue.parked) {
    const due = parked.moved ? parked.notBefore : parked.since + LEFTOVER_MS;
    if (due <= now) {
      queue.parked.delete(key);
      queue.active.add(key);
    } else if (next === undefined || due < next) next = due;
  }
  return next;
}
