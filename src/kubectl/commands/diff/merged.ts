// What the server has of a manifest, and what it would have after apply, by a dry run.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/diff/diff.go InfoObject.Merged (v1.35)
import { TYPES } from "#api/type-table";
import type { JsonObject } from "#base/json";
import { lastApplied, LAST_APPLIED } from "../../apply/last-applied.ts";
import { findPatch, guesses, noPatch } from "../../apply/no-patch.ts";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError, StatusError } from "../../errors.ts";
import type { LocalObject } from "../../files.ts";
import { flag, text } from "../../flags.ts";
import { request } from "../../resources.ts";
import { inNamespace } from "../../writing/in-namespace.ts";
import { applyOnServer } from "../apply/server-side.ts";

export function mergedObject(
  io: KubectlIo,
  flags: FlagValues,
  local: LocalObject,
): { live: JsonObject | undefined; merged: JsonObject } {
  const { resource, namespace, name } = local;
  const { generateName } = (local.object["metadata"] ?? {}) as { generateName?: string };
  if (name === "" && generateName)
    throw plainError(`from ${generateName}: cannot use generate name with diff`);
  const path = resourcePath(resource, namespace, name);
  const response = io.handle({ method: "GET", path });
  if (response.status >= 300 && response.status !== 404) throw new StatusError(response.body as never);
  const live = response.status === 200 ? (response.body as JsonObject) : undefined;
  if (flag(flags, "server-side")) return { live, merged: applyOnServer(io, flags, local, "server") };
  const query = { dryRun: "All", fieldManager: text(flags, "field-manager") };
  const modified = withoutLastApplied(inNamespace(local));
  if (!live) {
    const made = request(io, {
      method: "POST",
      path: resourcePath(resource, namespace),
      query,
      body: modified,
    });
    return { live, merged: made.body as JsonObject };
  }
  const schema = { types: TYPES, root: resource.kind };
  const body = findPatch(lastApplied(live), modified, live, schema);
  if (typeof body === "string") {
    for (const guess of guesses(body)) io.stderr(`${guess}\n`);
    const why = noPatch(lastApplied(live), modified, live, body);
    throw plainError(`error when patching ${JSON.stringify(local.source)}: ${why}`);
  }
  const contentType = "application/strategic-merge-patch+json";
  const patched = request(io, { method: "PATCH", path, contentType, query, body });
  return { live, merged: patched.body as JsonObject };
}

/** Annotations stand there even when empty, so that none of the server's are taken for removed. */
function withoutLastApplied(object: JsonObject): JsonObject {
  const metadata = object["metadata"] as JsonObject;
  const { [LAST_APPLIED]: _, ...annotations } = (metadata["annotations"] ?? {}) as JsonObject;
  return { ...object, metadata: { ...metadata, annotations } };
}
