// `kubectl apply -f`, client-side: get, then create or send the three-way patch.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go (v1.35)
import type { TypeTable } from "#api/define";
import type { Status } from "#api/meta";
import type { ApiResponse } from "#cluster/apiserver/client";
import type { JsonObject } from "#base/json";
import type { Handle } from "../cluster-access.ts";
import { mapKind, printedName, resourcePath, type ResourceMapping } from "../discovery.ts";
import type { ManifestObject } from "../manifests/validate.ts";
import { goJson, lastApplied, withLastApplied } from "./last-applied.ts";
import { nameProblem } from "../resources.ts";
import { dryRunQuery, dryRunSuffix, type DryRun } from "../writing/dry-run.ts";
import { findPatch, guesses, noPatch } from "./no-patch.ts";
import { withoutVersion } from "../writing/without-version.ts";

export interface ApplyContext {
  handle: Handle;
  /** Where objects without a namespace go. */
  namespace: string;
  /** The file's name as it is quoted in errors. */
  file: string;
  types: TypeTable;
  dryRun?: DryRun;
  /** "Strict" if absent. */
  fieldValidation?: string;
  fieldManager?: string;
  /** True if absent: what someone else has changed may be changed back. */
  overwrites?: boolean;
}

export interface Applied {
  what: "created" | "configured" | "unchanged";
  mapping: ResourceMapping;
  /** As the server has it now; in a client-side dry run what it had, or what it would be sent. */
  object: JsonObject;
}

export type ApplyOutcome =
  | { ok: true; message: string; warnings: string[]; applied?: Applied }
  | {
      ok: false;
      error: { text: string } | { status: Status; context: string };
      warnings: string[];
      notes?: string[];
    };

const MISSING_ANNOTATION = (resource: string): string =>
  `resource ${resource} is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`;

export function applyManifest(manifest: ManifestObject, context: ApplyContext): ApplyOutcome {
  const { name = "", generateName } = manifest.metadata;
  const mapping = mapKind(context.handle, manifest.apiVersion, manifest.kind);
  if (!mapping) return failed(noMatches(manifest, context.file));
  if (generateName && !name)
    return failed(`error: from ${generateName}: cannot use generate name with apply`);
  const namespace = mapping.namespaced ? manifest.metadata.namespace || context.namespace : undefined;
  const badName = nameProblem(name);
  if (badName) return failed(retrieving(mapping, name, namespace, context.file, badName));
  const path = resourcePath(mapping, namespace, name);
  const live = context.handle({ method: "GET", path });
  if (live.status === 404) return create(manifest, mapping, namespace, context);
  if (live.status !== 200) {
    const said = (live.body as unknown as Status).message ?? "";
    return failed(retrieving(mapping, name, namespace, context.file, said));
  }
  return patch(manifest, mapping, namespace, live.body as JsonObject, context);
}

const failed = (text: string): ApplyOutcome => ({ ok: false, error: { text }, warnings: [] });

export function noMatches(manifest: ManifestObject, file: string): string {
  const { name = "", namespace = "" } = manifest.metadata;
  return `error: resource mapping not found for name: "${name}" namespace: "${namespace}" from "${file}": no matches for kind "${manifest.kind}" in version "${manifest.apiVersion}"\nensure CRDs are installed first`;
}

function retrieving(
  mapping: ResourceMapping,
  name: string,
  namespace: string | undefined,
  file: string,
  said: string,
): string {
  const versioned = `${mapping.group}/${mapping.version}`;
  return `error: error when retrieving current configuration of:\nResource: "${versioned}, Resource=${mapping.resource}", GroupVersionKind: "${versioned}, Kind=${mapping.kind}"\nName: "${name}", Namespace: "${namespace ?? ""}"\nfrom server for: "${file}": ${said}`;
}

function queryOf({ dryRun = "none", fieldValidation, fieldManager }: ApplyContext): Record<string, string> {
  return {
    fieldManager: fieldManager ?? "kubectl-client-side-apply",
    fieldValidation: fieldValidation ?? "Strict",
    ...dryRunQuery(dryRun),
  };
}

function done(
  what: Applied["what"],
  mapping: ResourceMapping,
  object: JsonObject,
  { dryRun = "none" }: ApplyContext,
  warnings: string[],
): ApplyOutcome {
  const { name = "" } = object["metadata"] as { name?: string };
  const message = `${printedName(mapping, name)} ${what}${dryRunSuffix(dryRun)}`;
  return { ok: true, message, warnings, applied: { what, mapping, object } };
}

function create(
  manifest: ManifestObject,
  mapping: ResourceMapping,
  namespace: string | undefined,
  context: ApplyContext,
): ApplyOutcome {
  const body = withLastApplied(manifest.object, namespace);
  if (context.dryRun === "client") return done("created", mapping, body, context, []);
  const response = context.handle({
    method: "POST",
    path: resourcePath(mapping, namespace),
    query: queryOf(context),
    body: withoutVersion(body),
  });
  if (response.status >= 300) return refused(response, `error when creating "${context.file}"`);
  return done("created", mapping, response.body as JsonObject, context, response.warnings);
}

function patch(
  manifest: ManifestObject,
  mapping: ResourceMapping,
  namespace: string | undefined,
  live: JsonObject,
  context: ApplyContext,
): ApplyOutcome {
  if (context.dryRun === "client") return done("configured", mapping, live, context, []);
  const name = manifest.metadata.name!;
  const original = lastApplied(live);
  const modified = withLastApplied(manifest.object, namespace);
  const warnings = original ? [] : [MISSING_ANNOTATION(`${mapping.resource}/${name}`)];
  const schema = { types: context.types, root: mapping.kind };
  const found = findPatch(original, modified, live, schema, context.overwrites);
  if (typeof found === "string") {
    const why = `${applying(undefined, mapping, name, namespace, context.file)}: ${noPatch(original, modified, live, found)}`;
    return { ok: false, error: { text: `error: ${why}` }, warnings, notes: guesses(found) };
  }
  const body = found;
  if (Object.keys(body).length === 0) return done("unchanged", mapping, live, context, warnings);
  const response = context.handle({
    method: "PATCH",
    path: resourcePath(mapping, namespace, name),
    contentType: "application/strategic-merge-patch+json",
    query: queryOf(context),
    body,
  });
  if (response.status >= 300) {
    return refused(response, applying(body, mapping, name, namespace, context.file), warnings);
  }
  const all = [...warnings, ...response.warnings];
  return done("configured", mapping, response.body as JsonObject, context, all);
}

function applying(
  body: JsonObject | undefined,
  mapping: ResourceMapping,
  name: string,
  namespace: string | undefined,
  file: string,
): string {
  const versioned = `${mapping.group}/${mapping.version}`;
  return `error when applying patch:\n${body ? goJson(body) : ""}\nto:\nResource: "${versioned}, Resource=${mapping.resource}", GroupVersionKind: "${versioned}, Kind=${mapping.kind}"\nName: "${name}", Namespace: "${namespace ?? ""}"\nfor: "${file}": error when patching "${file}"`;
}

function refused(response: ApiResponse, context: string, before: string[] = []): ApplyOutcome {
  const warnings = [...before, ...response.warnings];
  return { ok: false, error: { status: response.body as unknown as Status, context }, warnings };
}
