// What becomes of an event before it is written: the same one again is counted, many alike are combined, and a source
// that says too much of one object is kept quiet.
// Kubernetes: staging/src/k8s.io/client-go/tools/record/events_cache.go (v1.35)

interface Known {
  /** Name of the Event object that counts. */
  name: string;
  count: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

interface Similar {
  /** Mostly the only one. */
  message: string;
  messages?: Set<string>;
  at: number;
}

export interface EventIndex {
  /** By all that makes two events the same. */
  known: Map<string, Known>;
  /** Messages of the last ten minutes, by all else that makes events alike. */
  similar: Map<string, Similar>;
  /** By source and object. */
  buckets: Map<string, Bucket>;
  /** Names of each namespace's events, oldest first, each with its key in `known`. */
  byNamespace: Map<string, Map<string, string>>;
}

const MOST_ENTRIES = 4096;
const BURST = 25;
const REFILL_MS = 300_000;
const MOST_SIMILAR = 10;
const SIMILAR_MS = 600_000;
const COMBINED = "(combined from similar events): ";

export function createEventIndex(): EventIndex {
  return { known: new Map(), similar: new Map(), buckets: new Map(), byNamespace: new Map() };
}

/** The message to write: that of many alike is marked, and they share one event. */
export function combine(
  index: EventIndex,
  alike: string,
  message: string,
  now: number,
): { message: string; key: string } {
  const before = index.similar.get(alike);
  const record = before && now - before.at <= SIMILAR_MS ? before : { message, at: now };
  record.at = now;
  if (record.messages) record.messages.add(message);
  else if (record.message !== message) record.messages = new Set([record.message, message]);
  remember(index.similar, alike, record, before !== undefined);
  const { messages } = record;
  if (!messages || messages.size < MOST_SIMILAR) return { message, key: `${alike}\u0000${message}` };
  const [oldest] = messages;
  messages.delete(oldest!);
  return { message: COMBINED + message, key: alike };
}

/** Whether this source may speak of this object now: 25 events at once, then one every five minutes. */
export function mayWrite(index: EventIndex, source: string, now: number): boolean {
  const before = index.buckets.get(source);
  const bucket = before ?? { tokens: BURST, at: now };
  bucket.tokens = Math.min(BURST, bucket.tokens + (now - bucket.at) / REFILL_MS);
  bucket.at = now;
  const allowed = bucket.tokens >= 1;
  if (allowed) bucket.tokens--;
  remember(index.buckets, source, bucket, before !== undefined);
  return allowed;
}

export function forgetNamespace(index: EventIndex, namespace: string): void {
  for (const key of index.byNamespace.get(namespace)?.values() ?? []) index.known.delete(key);
  index.byNamespace.delete(namespace);
}

/** Puts the entry last; the one that was used least recently goes when there are too many. */
function remember<T>(map: Map<string, T>, key: string, value: T, known: boolean): void {
  if (known) map.delete(key);
  map.set(key, value);
  if (map.size > MOST_ENTRIES) map.delete(map.keys().next().value!);
}
