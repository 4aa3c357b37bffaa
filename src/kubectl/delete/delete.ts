// `kubectl delete -f`: deletes what the manifests name, in their order, without waiting.
import type { Status } from "#api/meta";
import { mapKind, resourcePath } from "../discovery.ts";
import { noMatches, type ApplyContext, type ApplyOutcome } from "../apply/apply.ts";
import type { ManifestObject } from "../manifests/validate.ts";

export function deleteManifest(manifest: ManifestObject, context: ApplyContext): ApplyOutcome {
  const mapping = mapKind(context.handle, manifest.apiVersion, manifest.kind);
  if (!mapping) return { ok: false, error: { text: noMatches(manifest, context.file) }, warnings: [] };
  const name = manifest.metadata.name ?? "";
  const namespace = mapping.namespaced ? manifest.metadata.namespace || context.namespace : undefined;
  const response = context.handle({
    method: "DELETE",
    path: resourcePath(mapping, namespace, name),
    body: { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: "Background" },
  });
  if (response.status >= 300) {
    const status = response.body as unknown as Status;
    return {
      ok: false,
      error: { status, context: `error when deleting "${context.file}"` },
      warnings: response.warnings,
    };
  }
  const kind = mapping.group ? `${mapping.kind.toLowerCase()}.${mapping.group}` : mapping.kind.toLowerCase();
  const from = namespace ? ` from ${namespace} namespace` : "";
  return { ok: true, message: `${kind} "${name}" deleted${from}`, warnings: response.warnings };
}
