// The event queue: a binary heap of plain-data timers ordered by time, then by the order in which they were set.
// Timers name who is woken and with what, never a closure, so that the queue is part of a snapshot.
import type { Json } from "./json.ts";

export interface Timer {
  /** Virtual milliseconds since the cluster's start. */
  at: number;
  /** Unique and rising: breaks ties and identifies the timer for cancel(). */
  id: number;
  /** The component that is woken, e.g. "kubelet". */
  to: string;
  /** Which of its timers, e.g. "probe". */
  what: string;
  data: Json;
}

export interface QueueState {
  heap: Timer[];
  /** When the last timer came that was taken out. */
  now: number;
  /** Set for that very moment: they come in the order in which they were set. The first `soonGone` are taken out. */
  soon: Timer[];
  soonGone: number;
  /** Few that are due within a moment, the next one last: packets on their way, which would sink through the heap. */
  near: Timer[];
  nextId: number;
  cancelled: Set<number>;
}

/** What counts as near, in virtual ms. */
const NEAR_MS = 2;
/** Where more are nearer than this, a timer is better off in the heap. */
const NEARER = 12;

export function createQueue(): QueueState {
  return { heap: [], now: 0, soon: [], soonGone: 0, near: [], nextId: 1, cancelled: new Set() };
}

export function push(queue: QueueState, at: number, to: string, what: string, data: Json): number {
  const id = queue.nextId++;
  const item: Timer = { at, id, to, what, data };
  if (at === queue.now) queue.soon.push(item);
  else if (at - queue.now > NEAR_MS || !pushNear(queue.near, item)) pushHeap(queue.heap, item);
  return id;
}

/** False if too many are nearer. The id is the highest so far, so all of the same time are. */
function pushNear(near: Timer[], item: Timer): boolean {
  const { length } = near;
  const end = length > NEARER ? length - NEARER : 0;
  let index = length;
  while (index > end && near[index - 1]!.at <= item.at) index--;
  if (index === end && end > 0) return false;
  near.push(item);
  for (let to = length; to > index; to--) near[to] = near[to - 1]!;
  near[index] = item;
  return true;
}

function pushHeap(heap: Timer[], item: Timer): void {
  let index = heap.length;
  heap.push(item);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!before(item, heap[parent]!)) break;
    heap[index] = heap[parent]!;
    index = parent;
  }
  heap[index] = item;
}

/** Forgets a timer; unknown and spent ids are ignored by pop, so callers must only cancel what they still hold. */
export function cancel(queue: QueueState, id: number): void {
  queue.cancelled.add(id);
}

export function peek(queue: QueueState): Timer | undefined {
  let first = firstOf(queue);
  // Most of the time nothing is cancelled; asking the set for every timer would cost more than the heap does.
  while (first && queue.cancelled.size > 0 && queue.cancelled.delete(first.id)) {
    remove(queue, first);
    first = firstOf(queue);
  }
  return first;
}

function firstOf({ heap, near, soon, soonGone }: QueueState): Timer | undefined {
  let first = heap[0];
  if (near.length > 0) {
    const next = near[near.length - 1]!;
    if (first === undefined || before(next, first)) first = next;
  }
  if (soonGone === soon.length) return first;
  const next = soon[soonGone]!;
  return first === undefined || before(next, first) ? next : first;
}

function remove(queue: QueueState, first: Timer): void {
  const { heap, near, soon } = queue;
  if (first === heap[0]) removeTop(heap);
  else if (first === near[near.length - 1]) near.pop();
  else {
    queue.soonGone++;
    if (queue.soonGone < soon.length) return;
    if (queue.soonGone === 1) soon.pop();
    else queue.soon = [];
    queue.soonGone = 0;
  }
}

/** Takes the next timer out if it is due by `time`. */
export function popUntil(queue: QueueState, time: number): Timer | undefined {
  for (;;) {
    const first = firstOf(queue);
    if (first === undefined || first.at > time) return undefined;
    remove(queue, first);
    if (queue.cancelled.size > 0 && queue.cancelled.delete(first.id)) continue;
    queue.now = first.at;
    return first;
  }
}

/** How many timers are set, cancelled ones included. */
export function countOf({ heap, near, soon, soonGone }: QueueState): number {
  return heap.length + near.length + soon.length - soonGone;
}

function before(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

function removeTop(heap: Timer[]): void {
  const last = heap.pop()!;
  if (heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
    if (!before(heap[child]!, last)) break;
    heap[index] = heap[child]!;
    index = child;
  }
  heap[index] = last;
}
