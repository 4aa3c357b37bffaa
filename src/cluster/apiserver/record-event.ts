// The event recorder of all components: Events named after their object, counted when the same thing happens again.
// Kubernetes: staging/src/k8s.io/client-go/tools/record/event.go and events_cache.go (v1.35)
import type { KindMap } from "#api/kinds";
import { nextUint32 } from "#base/random";
import type { EventInput } from "./client.ts";
import { newUid } from "./metadata.ts";
import { commit, expunge, type Server } from "./server.ts";
import { getObject } from "./store.ts";

type KubeEvent = KindMap["Event"];

export interface EventIndex {
  /** By what makes events the same: the namespace and name of the first one. */
  byContent: Map<string, string>;
  /** Names of a namespace's events, oldest first, with the key under which each is found again. */
  byNamespace: Map<string, Map<string, string>>;
}

/** Simplified: real events live for an hour; these go when there are more than this in a namespace. */
const MOST_PER_NAMESPACE = 1000;

export function createEventIndex(): EventIndex {
  return { byContent: new Map(), byNamespace: new Map() };
}

export function recordEvent(server: Server, input: EventInput): void {
  const { store, events } = server.state;
  const { metadata } = input.involvedObject;
  const namespace = metadata.namespace ?? "default";
  // The controllers may still write about what goes, but a namespace that is gone takes no events.
  const place = getObject(store, "Namespace", "", namespace);
  if (!place || place.metadata.deletionTimestamp !== undefined) return;
  const key = contentKey(input, namespace);
  const timestamp = server.context.timestamp();
  const known = events.byContent.get(key);
  const first = known === undefined ? undefined : (getObject(store, "Event", namespace, known) as KubeEvent);
  if (first) {
    commit(server, { ...first, count: (first.count ?? 1) + 1, lastTimestamp: timestamp }, first);
    return;
  }
  const event = newEvent(server, input, namespace, timestamp);
  commit(server, event, undefined);
  remember(server, namespace, event.metadata.name, key);
}

function contentKey(
  { involvedObject, fieldPath, type, reason, message, component, host }: EventInput,
  namespace: string,
): string {
  const { kind, metadata } = involvedObject;
  const parts = [
    namespace,
    kind,
    metadata.name,
    metadata.uid,
    fieldPath,
    type,
    reason,
    message,
    component,
    host,
  ];
  return parts.join("\u0000");
}

function newEvent(server: Server, input: EventInput, namespace: string, timestamp: string): KubeEvent {
  const { involvedObject, fieldPath, type, reason, message, component, host } = input;
  const { random } = server.context;
  const hex = (value: number): string => value.toString(16).padStart(8, "0");
  // Kubernetes: the hexadecimal nanoseconds of the moment; here by chance, so that names stay unique.
  const name = `${involvedObject.metadata.name}.${hex(nextUint32(random))}${hex(nextUint32(random))}`;
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name, namespace, uid: newUid(random), resourceVersion: "", creationTimestamp: timestamp },
    involvedObject: {
      apiVersion: involvedObject.apiVersion,
      kind: involvedObject.kind,
      name: involvedObject.metadata.name,
      ...(involvedObject.metadata.namespace !== undefined && {
        namespace: involvedObject.metadata.namespace,
      }),
      uid: involvedObject.metadata.uid,
      resourceVersion: involvedObject.metadata.resourceVersion,
      ...(fieldPath !== undefined && { fieldPath }),
    },
    reason,
    message,
    source: { component, ...(host !== undefined && { host }) },
    firstTimestamp: timestamp,
    lastTimestamp: timestamp,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host ?? "",
  };
}

function remember(server: Server, namespace: string, name: string, key: string): void {
  const { store, events } = server.state;
  let names = events.byNamespace.get(namespace);
  if (!names) events.byNamespace.set(namespace, (names = new Map()));
  names.set(name, key);
  events.byContent.set(key, name);
  if (names.size <= MOST_PER_NAMESPACE) return;
  const [oldest, oldestKey] = names.entries().next().value!;
  names.delete(oldest);
  if (events.byContent.get(oldestKey) === oldest) events.byContent.delete(oldestKey);
  const event = getObject(store, "Event", namespace, oldest);
  if (event) expunge(server, event);
}
