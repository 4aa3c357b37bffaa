// The end of a namespace (the `finalize` subresource): its controller takes the finalizers away once it is empty.
// Kubernetes: pkg/registry/core/namespace/storage/storage.go (v1.35)
import type { KindMap } from "#api/kinds";
import { finishDeletion } from "./delete.ts";
import { definitionOf } from "./scheme.ts";
import { commit, type Server, type Written } from "./server.ts";
import { notFound } from "./status.ts";
import { getObject } from "./store.ts";

export function finalizeNamespace(server: Server, name: string, finalizers: string[] = []): Written {
  const found = getObject(server.state.store, "Namespace", "", name) as KindMap["Namespace"] | undefined;
  if (!found) throw notFound(definitionOf(server.scheme, "Namespace"), name);
  const { finalizers: _taken, ...spec } = found.spec;
  const next = { ...found, spec: finalizers.length > 0 ? { ...spec, finalizers } : spec };
  if (finishDeletion(server, next)) return { object: next, warnings: [] };
  return { object: commit(server, next, found), warnings: [] };
}
