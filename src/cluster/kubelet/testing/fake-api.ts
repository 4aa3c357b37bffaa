// An API server of one map, for tests of the kubelet: stores what it is given, tells the watchers, counts writes.
import type { AnyObject, KindMap, KindName } from "#api/kinds";
import type { ObjectMeta } from "#api/meta";
import type { ApiClient, DeleteOptions, EventInput, Outcome } from "../../apiserver/client.ts";
import { defineService, type Change, type ServiceContext } from "../../machine/component.ts";

export interface NotedEvent {
  object: string;
  fieldPath?: string;
  type: string;
  reason: string;
  message: string;
  count: number;
  at: number;
}

export interface FakeApi {
  objects: Map<string, AnyObject>;
  events: NotedEvent[];
  /** The same by all that makes two Events one. */
  byText: Map<string, NotedEvent>;
  writes: number;
  version: number;
  /** Every state that a pod went through, oldest first. */
  history: Change[];
}

export function createFakeApi(): FakeApi {
  return { objects: new Map(), events: [], byText: new Map(), writes: 0, version: 1, history: [] };
}

export function fakeApiService(fake: FakeApi) {
  return defineService({
    name: "api",
    start: () => ({}),
    provide: (context) => provideApi(fake, context),
  });
}

const keyOf = (kind: string, namespace: string | undefined, name: string): string =>
  `${kind}/${namespace ?? ""}/${name}`;

export function put(fake: FakeApi, context: ServiceContext, object: AnyObject): AnyObject {
  const { kind, metadata } = object as AnyObject & { kind: KindName };
  const key = keyOf(kind, metadata.namespace, metadata.name);
  const old = fake.objects.get(key);
  fake.version += 1;
  const stored = { ...object, metadata: { ...metadata, resourceVersion: String(fake.version) } } as AnyObject;
  fake.objects.set(key, stored);
  const change: Change = { type: old ? "MODIFIED" : "ADDED", kind, object: stored, ...(old ? { old } : {}) };
  fake.history.push(change);
  context.publish(change);
  return stored;
}

function drop(fake: FakeApi, context: ServiceContext, key: string): AnyObject | undefined {
  const object = fake.objects.get(key);
  if (!object) return undefined;
  fake.objects.delete(key);
  const change: Change = { type: "DELETED", kind: object.kind as KindName, object, old: object };
  fake.history.push(change);
  context.publish(change);
  return object;
}

function provideApi(fake: FakeApi, context: ServiceContext): ApiClient {
  const found = <T>(object: T): Outcome<T> => ({ ok: true, object });
  const missing = <T>(): Outcome<T> => ({
    ok: false,
    status: {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      reason: "NotFound",
      code: 404,
    },
  });
  const write = <K extends KindName>(_kind: K, object: KindMap[K]): Outcome<KindMap[K]> => {
    fake.writes += 1;
    return found(put(fake, context, object) as KindMap[K]);
  };
  return {
    handle: () => ({ status: 404, body: null, warnings: [] }),
    get: <K extends KindName>(kind: K, namespace: string | undefined, name: string) =>
      fake.objects.get(keyOf(kind, namespace, name)) as KindMap[K] | undefined,
    list: <K extends KindName>(kind: K, options: { namespace?: string } = {}) =>
      [...fake.objects.values()].filter(
        (object) =>
          object.kind === kind &&
          (options.namespace === undefined || object.metadata.namespace === options.namespace),
      ) as KindMap[K][],
    create: <K extends KindName>(kind: K, _namespace: string | undefined, object: unknown) =>
      write(kind, object as KindMap[K]),
    update: write,
    updateStatus: write,
    bind: () => missing(),
    delete: <K extends KindName>(
      kind: K,
      namespace: string | undefined,
      name: string,
      options: DeleteOptions = {},
    ) => {
      const key = keyOf(kind, namespace, name);
      const object = fake.objects.get(key) as (AnyObject & { metadata: ObjectMeta }) | undefined;
      if (!object || (options.uid !== undefined && options.uid !== object.metadata.uid)) return missing();
      const grace = options.gracePeriodSeconds ?? 30;
      if (kind !== "Pod" || grace === 0) return found(drop(fake, context, key) as KindMap[K]);
      const metadata = {
        ...object.metadata,
        deletionTimestamp: object.metadata.deletionTimestamp ?? context.timestamp(),
        deletionGracePeriodSeconds: grace,
        generation: (object.metadata.generation ?? 1) + (object.metadata.deletionTimestamp ? 0 : 1),
      };
      return found(put(fake, context, { ...object, metadata } as AnyObject) as KindMap[K]);
    },
    recordEvent: (event) => noteEvent(fake, context, event),
    listOwned: () => [],
    listContents: () => [],
    finalizeNamespace: () => missing(),
  };
}

function noteEvent(fake: FakeApi, context: ServiceContext, event: EventInput): void {
  const { involvedObject, type, reason, message, fieldPath } = event;
  const object = involvedObject.metadata.name;
  const key = [object, fieldPath, type, reason, message].join("\n");
  const same = fake.byText.get(key);
  if (same) {
    same.count += 1;
    return;
  }
  const path = fieldPath === undefined ? {} : { fieldPath };
  const noted = { object, ...path, type, reason, message, count: 1, at: context.now };
  fake.events.push(noted);
  fake.byText.set(key, noted);
}
