// An API server for tests of the data path: it stores what it is given, without defaults, validation or admission,
// and tells watchers.
import type { AnyObject, KindName } from "#api/kinds";
import type { ApiClient, EventInput } from "../../apiserver/client.ts";
import { defineService, type Context, type Service, type ServiceContext } from "../../machine/component.ts";

export interface FakeApi {
  service: Service;
  put(object: AnyObject): void;
  remove(kind: KindName, namespace: string | undefined, name: string): void;
  get(kind: KindName, namespace: string | undefined, name: string): AnyObject | undefined;
  events: EventInput[];
}

const keyOf = (kind: string, namespace: string | undefined, name: string): string =>
  `${kind}/${namespace ?? ""}/${name}`;

export function createFakeApi(): FakeApi {
  const objects = new Map<string, AnyObject>();
  const events: EventInput[] = [];
  let context: ServiceContext;
  const write = (object: AnyObject): AnyObject => {
    const kind = object.kind as KindName;
    const { namespace, name } = object.metadata;
    const key = keyOf(kind, namespace, name);
    const old = objects.get(key);
    objects.set(key, object);
    context.publish(old ? { type: "MODIFIED", kind, object, old } : { type: "ADDED", kind, object });
    return object;
  };
  const client: Partial<ApiClient> = {
    get: (kind, namespace, name) => objects.get(keyOf(kind, namespace, name)) as never,
    list: (kind, options = {}) =>
      [...objects.keys()]
        .sort()
        .map((key) => objects.get(key)!)
        .filter(({ kind: own, metadata }) => {
          const labels = Object.entries(options.labels ?? {});
          return (
            own === kind &&
            (options.namespace === undefined || metadata.namespace === options.namespace) &&
            labels.every(([name, value]) => metadata.labels?.[name] === value)
          );
        }) as never,
    updateStatus: (_kind, object) => ({ ok: true, object: write(object) as never, warnings: [] }),
    recordEvent: (event) => void events.push(event),
  };
  return {
    service: defineService({
      name: "api",
      start: (own: Context) => {
        context = own as ServiceContext;
        return {};
      },
      provide: () => client,
    }),
    put: (object) => void write(object),
    remove: (kind, namespace, name) => {
      const key = keyOf(kind, namespace, name);
      const object = objects.get(key);
      if (!object) return;
      objects.delete(key);
      context.publish({ type: "DELETED", kind, object });
    },
    get: (kind, namespace, name) => objects.get(keyOf(kind, namespace, name)),
    events,
  };
}
