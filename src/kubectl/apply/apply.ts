// `kubectl apply -f`, client-side: get, then create or send the three-way patch.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go (v1.35)
import type { TypeTable } from "#api/define";
import type { Status } from "#api/meta";
import type { ApiResponse } from "#cluster/apiserver/client";
import { isObject, type JsonObject } from "#base/json";
import type { Handle } from "../cluster-access.ts";
import { mapKind, printedName, resourcePath, type ResourceMapping } from "../discovery.ts";
import type { ManifestObject } from "../manifests/validate.ts";
import { lastApplied, withLastApplied } from "./last-applied.ts";
import { threeWayPatch } from "./three-way.ts";

export interface ApplyContext {
  handle: Handle;
  /** Where objects without a namespace go. */
  namespace: string;
  /** The file's name as it is quoted in errors. */
  file: string;
  types: TypeTable;
}

export type ApplyOutcome =
  | { ok: true; message: string; warnings: string[] }
  | { ok: false; error: { text: string } | { status: Status; context: string }; warnings: string[] };

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

/** Names that cannot stand in a path never reach the server. */
function nameProblem(name: string): string | undefined {
  if (name === "") return "resource name may not be empty";
  const bad = ["/", "%"].filter((sign) => name.includes(sign)).map((sign) => `may not contain '${sign}'`);
  if (name === "." || name === "..") return `invalid resource name "${name}": [may not be '${name}']`;
  return bad.length > 0 ? `invalid resource name "${name}": [${bad.join(" ")}]` : undefined;
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

function create(
  manifest: ManifestObject,
  mapping: ResourceMapping,
  namespace: string | undefined,
  context: ApplyContext,
): ApplyOutcome {
  const response = context.handle({
    method: "POST",
    path: resourcePath(mapping, namespace),
    query: { fieldManager: "kubectl-client-side-apply", fieldValidation: "Strict" },
    body: withLastApplied(manifest.object, namespace),
  });
  return finish(
    response,
    `${printedName(mapping, manifest.metadata.name!)} created`,
    `error when creating "${context.file}"`,
  );
}

function patch(
  manifest: ManifestObject,
  mapping: ResourceMapping,
  namespace: string | undefined,
  live: JsonObject,
  context: ApplyContext,
): ApplyOutcome {
  const name = manifest.metadata.name!;
  const original = lastApplied(live);
  const modified = withLastApplied(manifest.object, namespace);
  const body = threeWayPatch(original ?? {}, modified, live, { types: context.types, root: mapping.kind });
  const warnings = original ? [] : [MISSING_ANNOTATION(`${mapping.resource}/${name}`)];
  const printed = printedName(mapping, name);
  if (Object.keys(body).length === 0) return { ok: true, message: `${printed} unchanged`, warnings };
  const response = context.handle({
    method: "PATCH",
    path: resourcePath(mapping, namespace, name),
    contentType: "application/strategic-merge-patch+json",
    query: { fieldManager: "kubectl-client-side-apply", fieldValidation: "Strict" },
    body,
  });
  const failure = `error when applying patch:\n${JSON.stringify(body)}\nto:\nResource: "${mapping.group}/${mapping.version}, Resource=${mapping.resource}", GroupVersionKind: "${mapping.group}/${mapping.version}, Kind=${mapping.kind}"\nName: "${name}", Namespace: "${namespace ?? ""}"\nfor: "${context.file}": error when patching "${context.file}"`;
  const unchanged = response.status === 200 && sameVersion(response, live);
  return finish(response, `${printed} ${unchanged ? "unchanged" : "configured"}`, failure, warnings);
}

function sameVersion(response: ApiResponse, live: JsonObject): boolean {
  const version = (object: unknown): unknown =>
    isObject(object) && isObject(object["metadata"]) ? object["metadata"]["resourceVersion"] : undefined;
  return version(response.body) === version(live);
}

function finish(
  response: ApiResponse,
  message: string,
  context: string,
  before: string[] = [],
): ApplyOutcome {
  const warnings = [...before, ...response.warnings];
  if (response.status < 300) return { ok: true, message, warnings };
  return { ok: false, error: { status: response.body as unknown as Status, context }, warnings };
}
