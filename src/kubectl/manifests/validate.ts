// What kubectl checks of a document before it asks the server anything.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/validation and cli-runtime's resource builder (v1.35)
import { isObject, type Json, type JsonObject } from "#base/json";

export interface ManifestObject {
  apiVersion: string;
  kind: string;
  metadata: { name?: string; namespace?: string; generateName?: string };
  object: JsonObject;
}

export interface ManifestProblem {
  text: string;
  /** Field path whose line is to be marked. */
  field: string;
}

export type ManifestResult = { ok: true; manifest: ManifestObject } | { ok: false; problem: ManifestProblem };

const problem = (text: string, field = ""): ManifestResult => ({ ok: false, problem: { text, field } });

export function readManifest(value: Json, file: string): ManifestResult {
  const invalid = (reason: string): ManifestResult =>
    problem(
      `error: error validating "${file}": error validating data: ${reason}; if you choose to ignore these errors, turn validation off with --validate=false`,
    );
  if (!isObject(value)) return invalid("invalid object to validate");
  const missing = [...typeFieldProblem(value, "apiVersion"), ...typeFieldProblem(value, "kind")];
  if (missing.length > 0) return invalid(missing.length > 1 ? `[${missing.join(", ")}]` : missing[0]!);
  const version = (value as JsonObject)["apiVersion"] as string;
  if (version.split("/").length > 2) return invalid(`unexpected GroupVersion string: ${version}`);
  const decode = decodeProblem(value as JsonObject);
  if (decode) return problem(`error: unable to decode "${file}": ${decode.text}`, decode.field);
  const object = value as JsonObject;
  const given = (object["metadata"] ?? {}) as ManifestObject["metadata"];
  // A null name or namespace is an empty string to Go.
  const { name, namespace, generateName } = given;
  const metadata = {
    ...given,
    ...(name === null && { name: "" }),
    ...(namespace === null && { namespace: "" }),
    ...(generateName === null && { generateName: "" }),
  };
  return {
    ok: true,
    manifest: {
      apiVersion: object["apiVersion"] as string,
      kind: object["kind"] as string,
      metadata,
      object,
    },
  };
}

function typeFieldProblem(value: Json, field: "apiVersion" | "kind"): string[] {
  const given = (value as JsonObject)[field];
  if (given === undefined || given === null || given === "") return [`${field} not set`];
  return typeof given === "string" ? [] : [`${field} isn't string type`];
}

const goKind = (value: Json): string =>
  Array.isArray(value)
    ? "array"
    : isObject(value)
      ? "object"
      : typeof value === "boolean"
        ? "bool"
        : typeof value;

/** kubectl decodes the metadata into Go types of its own, so these errors come from it and not from the server. */
export function decodeProblem(object: JsonObject): ManifestProblem | undefined {
  const complain = (value: Json, path: string, struct: string, type: string): ManifestProblem => ({
    text: `json: cannot unmarshal ${goKind(value)} into Go struct field ${struct}.${path} of type ${type}`,
    field: path,
  });
  for (const field of ["apiVersion", "kind"]) {
    const value = object[field]!;
    if (typeof value !== "string") return complain(value, field, "TypeMeta", "string");
  }
  const metadata = object["metadata"];
  if (metadata === undefined || metadata === null) return undefined;
  if (!isObject(metadata)) return complain(metadata, "metadata", "metadataOnlyObject", "v1.ObjectMeta");
  for (const field of ["name", "namespace", "generateName", "uid", "resourceVersion"]) {
    const value = metadata[field];
    if (value !== undefined && value !== null && typeof value !== "string") {
      return complain(value, `metadata.${field}`, "ObjectMeta", "string");
    }
  }
  return mapProblem(metadata, complain) ?? timeProblem(metadata) ?? listProblem(metadata, complain);
}

type Complain = (value: Json, path: string, struct: string, type: string) => ManifestProblem;

function mapProblem(metadata: JsonObject, complain: Complain): ManifestProblem | undefined {
  for (const field of ["labels", "annotations"]) {
    const map = metadata[field];
    if (map === undefined || map === null) continue;
    if (!isObject(map)) return complain(map, `metadata.${field}`, "ObjectMeta", "map[string]string");
    for (const value of Object.values(map)) {
      if (value !== null && typeof value !== "string")
        return complain(value, `metadata.${field}`, "ObjectMeta", "string");
    }
  }
  return undefined;
}

function listProblem(metadata: JsonObject, complain: Complain): ManifestProblem | undefined {
  const value = metadata["finalizers"];
  if (value === undefined || value === null || Array.isArray(value)) return undefined;
  return complain(value, "metadata.finalizers", "ObjectMeta", "[]string");
}

function timeProblem(metadata: JsonObject): ManifestProblem | undefined {
  for (const field of ["creationTimestamp", "deletionTimestamp"]) {
    const value = metadata[field];
    if (typeof value !== "string" || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value))
      continue;
    return {
      text: `parsing time "${value}" as "2006-01-02T15:04:05Z07:00": cannot parse "${value}" as "2006"`,
      field: `metadata.${field}`,
    };
  }
  return undefined;
}
