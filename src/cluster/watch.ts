// Watches as the API server streams them: changes of one resource, narrowed by selectors, as objects or one-row Tables.
// Called by everything that speaks to the cluster from outside and waits: kubectl, replays, servers.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/watch.go (v1.35)
import type { AnyObject } from "#api/kinds";
import type { KindDefinition } from "#api/define";
import { KINDS } from "#api/registry";
import type { Json, JsonObject } from "#base/json";
import type { ApiRequest } from "./apiserver/client.ts";
import { fieldMatcher } from "./apiserver/field-selector.ts";
import { labelMatcher } from "./apiserver/label-selector.ts";
import { parseRequestPath } from "./apiserver/request-path.ts";
import type { Change } from "./machine/component.ts";

export interface WatchEvent {
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  object: unknown;
}

export type WatchListener = (event: WatchEvent) => void;

export interface Watched {
  handle(request: ApiRequest): { status: number; body: Json };
  nowMs(): number;
}

interface Watch {
  definition: KindDefinition;
  namespace: string | undefined;
  matches: (object: AnyObject) => boolean;
  table: boolean;
  listener: WatchListener;
}

/** Hands a change to the watches that it concerns. */
export function createWatches(server: Watched): {
  onChange(change: Change): void;
  watch(request: ApiRequest, listener: WatchListener): { stop(): void };
} {
  const watches = new Set<Watch>();
  return {
    onChange: (change) => {
      for (const watch of watches) if (watch.definition.kind === change.kind) deliver(watch, change, server);
    },
    watch: (request, listener) => {
      const watch = open(request, listener);
      if (!watch) {
        const { body } = server.handle({ ...request, query: { watch: "true" } });
        listener({ type: "ERROR", object: body });
        return { stop: () => {} };
      }
      if (request.query?.["sendInitialEvents"] === "true") sendInitial(watch, request, server);
      watches.add(watch);
      return { stop: () => void watches.delete(watch) };
    },
  };
}

function open(request: ApiRequest, listener: WatchListener): Watch | undefined {
  const path = parseRequestPath(request.path);
  const definition = KINDS.find(
    ({ group, version, plural }) =>
      group === path?.group && version === path.version && plural === path.resource,
  );
  if (!path || !definition || path.subresource) return undefined;
  const { labelSelector = "", fieldSelector = "" } = request.query ?? {};
  const byLabels = labelMatcher(labelSelector);
  const byFields = fieldMatcher(definition.kind, fieldSelector);
  return {
    definition,
    namespace: path.namespace,
    matches: (object) =>
      byLabels(object.metadata.labels) &&
      byFields(object) &&
      (path.name === undefined || object.metadata.name === path.name),
    table: (request.accept ?? "").includes("as=Table"),
    listener,
  };
}

function sendInitial(watch: Watch, request: ApiRequest, server: Watched): void {
  const { labelSelector, fieldSelector } = request.query ?? {};
  const { body } = server.handle({
    method: "GET",
    path: request.path,
    query: { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) },
  });
  const list = body as unknown as { items?: AnyObject[]; metadata: JsonObject };
  for (const object of list.items ?? [])
    watch.listener({ type: "ADDED", object: present(watch, object, server) });
  const { apiVersion, kind } = identify(watch.definition);
  const metadata = { ...list.metadata, annotations: { "k8s.io/initial-events-end": "true" } };
  watch.listener({ type: "BOOKMARK", object: { apiVersion, kind, metadata } });
}

const identify = ({ group, version, kind }: KindDefinition): { apiVersion: string; kind: string } => ({
  apiVersion: group ? `${group}/${version}` : version,
  kind,
});

/** An object that leaves the selection is deleted for this watch, one that enters it is added. */
function deliver(watch: Watch, { type, object, old }: Change, server: Watched): void {
  if (watch.namespace !== undefined && object.metadata.namespace !== watch.namespace) return;
  const was = type !== "ADDED" && old !== undefined && watch.matches(old);
  const is = type !== "DELETED" && watch.matches(object);
  if (!was && !is) return;
  const seen = was && is ? "MODIFIED" : is ? "ADDED" : "DELETED";
  watch.listener({ type: seen, object: present(watch, object, server) });
}

function present({ definition, table }: Watch, object: AnyObject, server: Watched): unknown {
  if (!table) return { ...identify(definition), ...object };
  const { columns } = definition;
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata: { resourceVersion: object.metadata.resourceVersion },
    columnDefinitions: columns.map(({ value: _, ...column }) => column),
    rows: [
      {
        cells: columns.map((column) =>
          column.value(object as unknown as JsonObject, { nowMs: server.nowMs() }),
        ),
        object: {
          kind: "PartialObjectMetadata",
          apiVersion: "meta.k8s.io/v1",
          metadata: object.metadata,
        },
      },
    ],
  };
}
