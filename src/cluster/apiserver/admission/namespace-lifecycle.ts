// A namespace must exist before anything is created in it, and takes nothing new while it is being deleted.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go (v1.35)
import type { KindDefinition } from "#api/define";
import { definitionOf } from "../scheme.ts";
import type { Server } from "../server.ts";
import { forbidden, notFound } from "../status.ts";
import { getObject } from "../store.ts";

export function admitToNamespace(
  server: Server,
  definition: KindDefinition,
  namespace: string,
  name: string,
): void {
  const found = getObject(server.state.store, "Namespace", "", namespace);
  if (!found) throw notFound(definitionOf(server.scheme, "Namespace"), namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const message = `namespace ${namespace} is being terminated`;
  throw forbidden(definition, name, why, [
    { reason: "NamespaceTerminating", message, field: "metadata.namespace" },
  ]);
}
