// The event recorder of all components: Events named after their object, counted when the same thing happens again.
// Kubernetes: staging/src/k8s.io/client-go/tools/record/event.go (v1.35)
import type { KindMap } from "#api/kinds";
import { formatMicroTime, parseRfc3339 } from "#base/time";
import type { EventInput } from "./client.ts";
import { combine, mayWrite } from "./event-correlator.ts";
import { newUid } from "./metadata.ts";
import { commit, commitNew, expunge, type Server } from "./server.ts";
import { getObject } from "./store.ts";

type KubeEvent = KindMap["Event"];

/** Simplified: real events live for an hour; these go when there are more than this in a namespace. */
const MOST_PER_NAMESPACE = 1000;
const TWENTY_BITS = 2 ** 20;
const SERIES_REFRESH_MS = 360_000;

export function recordEvent(server: Server, input: EventInput): void {
  const { store, events } = server.state;
  const { metadata, kind } = input.involvedObject;
  const namespace = metadata.namespace ?? "default";
  // A namespace that is gone or going takes no events.
  const place = getObject(store, "Namespace", "", namespace);
  if (!place || place.metadata.deletionTimestamp !== undefined) return;
  const { now } = server.context;
  const { component, host = "", type, reason } = input;
  const source = `${component}\u0000${host}\u0000${kind}\u0000${namespace}\u0000${metadata.name}\u0000${metadata.uid}`;
  const alike = `${source}\u0000${input.fieldPath ?? ""}\u0000${type}\u0000${reason}`;
  const { message, key } = combine(events, alike, input.message, now);
  const known = events.known.get(key);
  if (known) known.count++;
  if (!mayWrite(events, source, now)) return;
  const first = known && (getObject(store, "Event", namespace, known.name) as KubeEvent | undefined);
  if (first) {
    const again =
      input.action === undefined
        ? counted(server, first, message, known.count)
        : inSeries(server, first, known.count);
    if (again) commit(server, again, first);
    return;
  }
  const event = newEvent(server, input, message, namespace);
  // The recorder copies less of an event that stands for many.
  if (key === alike) event.reportingComponent = event.reportingInstance = "";
  commitNew(server, event);
  remember(server, namespace, event.metadata.name, key);
}

function counted(server: Server, first: KubeEvent, message: string, count: number): KubeEvent {
  return { ...first, message, count, lastTimestamp: server.context.timestamp() };
}

/** A series is written when it begins, and then from time to time only. */
// Kubernetes: staging/src/k8s.io/client-go/tools/events/event_broadcaster.go (v1.35)
function inSeries(server: Server, first: KubeEvent, count: number): KubeEvent | undefined {
  const { context } = server;
  const before = first.series && parseRfc3339(first.series.lastObservedTime);
  const { wallMs } = context;
  if (before !== undefined && wallMs - before < SERIES_REFRESH_MS) return undefined;
  return { ...first, series: { count, lastObservedTime: formatMicroTime(wallMs) } };
}

function newEvent(server: Server, input: EventInput, message: string, namespace: string): KubeEvent {
  const { context } = server;
  const { type, reason, component, host, action } = input;
  const timestamp = context.timestamp();
  const metadata = {
    name: `${input.involvedObject.metadata.name}.${momentOf(server)}`,
    namespace,
    uid: newUid(context.random),
    resourceVersion: "",
    creationTimestamp: timestamp,
  };
  // Each in one piece: there are several of them for every pod.
  if (action !== undefined) {
    return {
      apiVersion: "v1",
      kind: "Event",
      metadata,
      involvedObject: referenceOf(input),
      reason,
      message,
      type,
      reportingComponent: component,
      reportingInstance: host ?? "",
      action,
      eventTime: formatMicroTime(context.wallMs),
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
    };
  }
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata,
    involvedObject: referenceOf(input),
    reason,
    message,
    type,
    reportingComponent: component,
    reportingInstance: host ?? "",
    source: host === undefined ? { component } : { component, host },
    firstTimestamp: timestamp,
    lastTimestamp: timestamp,
    count: 1,
    eventTime: null,
  };
}

function referenceOf({ involvedObject, fieldPath }: EventInput): KubeEvent["involvedObject"] {
  const { apiVersion, kind, metadata } = involvedObject;
  const { namespace, name, uid, resourceVersion } = metadata;
  const reference: KubeEvent["involvedObject"] = { apiVersion, kind, name };
  if (namespace !== undefined) reference.namespace = namespace;
  reference.uid = uid;
  reference.resourceVersion = resourceVersion;
  if (fieldPath !== undefined) reference.fieldPath = fieldPath;
  return reference;
}

/**
 * The moment in nanoseconds as 16 hexadecimal digits, so that events of one object are listed in the order in which they
 * happened. Simplified: what is below a millisecond counts the writes to the store.
 */
function momentOf({ context, state }: Server): string {
  const milliseconds = Math.floor(context.wallMs);
  // More than a number holds exactly, so in parts; small ones, for others are slow to write out.
  const upper = Math.floor(milliseconds / TWENTY_BITS);
  const lower = (milliseconds - upper * TWENTY_BITS) * 1_000_000 + (state.store.revision % 1_000_000);
  const carry = Math.floor(lower / TWENTY_BITS);
  const high = upper * 1_000_000 + carry;
  const highest = Math.floor(high / TWENTY_BITS);
  return hex(highest, 6) + hex(high - highest * TWENTY_BITS, 5) + hex(lower - carry * TWENTY_BITS, 5);
}

function hex(part: number, digits: number): string {
  return part.toString(16).padStart(digits, "0");
}

function remember(server: Server, namespace: string, name: string, key: string): void {
  const { store, events } = server.state;
  let names = events.byNamespace.get(namespace);
  if (!names) events.byNamespace.set(namespace, (names = new Map()));
  names.set(name, key);
  events.known.set(key, { name, count: 1 });
  if (names.size <= MOST_PER_NAMESPACE) return;
  const [oldest, oldestKey] = names.entries().next().value!;
  names.delete(oldest);
  if (events.known.get(oldestKey)?.name === oldest) events.known.delete(oldestKey);
  const event = getObject(store, "Event", namespace, oldest);
  if (event) expunge(server, event);
}
