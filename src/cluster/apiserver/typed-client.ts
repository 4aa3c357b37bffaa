// The API server as components see it: typed and synchronous, by the same defaults, admission and storage as requests.
import type { AnyObject, KindMap, KindName } from "#api/kinds";
import type { JsonObject } from "#base/json";
import { bindPod } from "./binding.ts";
import type { ApiClient, Outcome } from "./client.ts";
import { createObject } from "./create.ts";
import { deleteObject } from "./delete.ts";
import { finalizeNamespace } from "./finalize-namespace.ts";
import { handle } from "./handle.ts";
import { recordEvent } from "./record-event.ts";
import { definitionOf } from "./scheme.ts";
import { asJson, namespaceFor, type Server, type Written } from "./server.ts";
import { notFound, Refusal } from "./status.ts";
import { contentsOf, getObject, listObjects, ownedBy } from "./store.ts";
import { replaceObject, replaceStatus } from "./update.ts";

const TRUSTED = { trusted: true };

/** A refusal becomes an outcome; anything else is a programming error and goes on. */
function attempt<K extends KindName>(write: () => Written): Outcome<KindMap[K]> {
  try {
    return { ok: true, object: write().object as KindMap[K] };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, status: error.status };
    throw error;
  }
}

export function createApiClient(server: Server): ApiClient {
  const { scheme, state } = server;
  const existing = (kind: KindName, namespace: string | undefined, name: string): AnyObject => {
    const definition = definitionOf(scheme, kind);
    const found = getObject(state.store, kind, namespaceFor(definition, namespace), name);
    if (!found) throw notFound(definition, name);
    return found;
  };
  const namespaced = new Set(
    scheme.kinds.filter((definition) => definition.namespaced).map(({ kind }) => kind),
  );
  return {
    handle: (request) => handle(server, request),
    get: <K extends KindName>(kind: K, namespace = "default", name: string) =>
      getObject(state.store, kind, namespaced.has(kind) ? namespace : "", name) as KindMap[K] | undefined,
    list: <K extends KindName>(
      kind: K,
      options: { namespace?: string; labels?: Record<string, string> } = {},
    ) => listObjects(state.store, kind, options.namespace, options.labels) as readonly KindMap[K][],
    create: <K extends KindName>(kind: K, namespace: string | undefined, object: JsonObject) =>
      attempt<K>(() => createObject(server, definitionOf(scheme, kind), namespace, object, TRUSTED)),
    update: <K extends KindName>(kind: K, object: KindMap[K]) =>
      attempt<K>(() => {
        const { namespace, name } = object.metadata;
        return replaceObject(
          server,
          definitionOf(scheme, kind),
          existing(kind, namespace, name),
          asJson(object),
          TRUSTED,
        );
      }),
    updateStatus: <K extends KindName>(kind: K, object: KindMap[K]) =>
      attempt<K>(() => {
        const { namespace, name } = object.metadata;
        return replaceStatus(
          server,
          definitionOf(scheme, kind),
          existing(kind, namespace, name),
          asJson(object),
          TRUSTED,
        );
      }),
    bind: (namespace, pod, node) => attempt<"Pod">(() => bindPod(server, namespace, pod, node)),
    delete: <K extends KindName>(kind: K, namespace: string | undefined, name: string, options = {}) =>
      attempt<K>(() => {
        const { object } = deleteObject(
          server,
          definitionOf(scheme, kind),
          existing(kind, namespace, name),
          options,
        );
        return { object, warnings: [] };
      }),
    recordEvent: (event) => recordEvent(server, event),
    listOwned: (uid) => ownedBy(state.store, uid),
    listContents: (namespace) => contentsOf(state.store, namespace),
    finalizeNamespace: (name, kept) => attempt<"Namespace">(() => finalizeNamespace(server, name, kept)),
  };
}
