// What `kubectl apply` once set from this side of the server is handed over to the manager that applies on the server,
// so that a field that the manifest drops goes. server-side.ts asks for it after each apply.
// Kubernetes: migrateToSSAIfNecessary and saveLastApplyAnnotationIfNecessary in kubectl/pkg/cmd/apply/apply.go,
// client-go/util/csaupgrade (v1.35)
import { isObject, type Json, type JsonObject } from "#base/json";
import { LAST_APPLIED } from "../../apply/last-applied.ts";
import type { KubectlIo } from "../../command.ts";

export const DEFAULT_MANAGER = "kubectl";
const KEEPER = "kubectl-last-applied";

interface Entry {
  manager: string;
  operation: "Apply" | "Update";
  subresource?: string;
  fieldsV1: JsonObject;
}

/** True if the list of managers was rewritten, so that the manifest is to be applied once more. */
export function takeOver(io: KubectlIo, path: string, manager: string, object: JsonObject): boolean {
  const current = manager === DEFAULT_MANAGER ? keepAnnotation(io, path, object) : object;
  const entries = entriesOf(current);
  const old = new Set(
    entries
      .filter((entry) => entry.operation === "Update" && ownsLastApplied(entry))
      .map((entry) => entry.manager),
  );
  const isOld = ({ manager: name, operation, subresource }: Entry): boolean =>
    operation === "Update" && !subresource && old.has(name);
  const inherited = entries.filter(isOld);
  if (inherited.length === 0) return false;
  const value = entries
    .filter((entry) => !isOld(entry))
    .map((entry) =>
      entry.manager === manager && entry.operation === "Apply" && !entry.subresource
        ? {
            ...entry,
            fieldsV1: inherited.reduce((sum, { fieldsV1 }) => joined(sum, fieldsV1), entry.fieldsV1),
          }
        : entry,
    );
  const { resourceVersion = "" } = current["metadata"] as JsonObject;
  const { status } = io.handle({
    method: "PATCH",
    path,
    contentType: "application/json-patch+json",
    query: { fieldManager: manager },
    body: [
      { op: "replace", path: "/metadata/managedFields", value: value as unknown as Json },
      { op: "replace", path: "/metadata/resourceVersion", value: resourceVersion },
    ],
  });
  return status < 300;
}

/** The annotation of client-side apply stays, under a manager of its own. */
function keepAnnotation(io: KubectlIo, path: string, object: JsonObject): JsonObject {
  const { name, namespace, annotations } = object["metadata"] as JsonObject;
  const value = isObject(annotations) ? (annotations as JsonObject)[LAST_APPLIED] : undefined;
  const isKept = entriesOf(object).some((entry) => entry.operation === "Apply" && ownsLastApplied(entry));
  if (value === undefined || isKept) return object;
  const response = io.handle({
    method: "PATCH",
    path,
    contentType: "application/apply-patch+yaml",
    query: { fieldManager: KEEPER, force: "true" },
    body: {
      apiVersion: object["apiVersion"] ?? "",
      kind: object["kind"] ?? "",
      metadata: {
        ...(name !== undefined && { name }),
        ...(namespace !== undefined && { namespace }),
        annotations: { [LAST_APPLIED]: value },
      },
    },
  });
  return response.status < 300 ? (response.body as JsonObject) : object;
}

function entriesOf(object: JsonObject): Entry[] {
  const { managedFields } = object["metadata"] as JsonObject;
  return (managedFields ?? []) as unknown as Entry[];
}

function ownsLastApplied({ fieldsV1 }: Entry): boolean {
  const path = ["f:metadata", "f:annotations", `f:${LAST_APPLIED}`];
  let at: Json | undefined = fieldsV1;
  for (const key of path) at = isObject(at) ? (at as JsonObject)[key] : undefined;
  return at !== undefined;
}

function joined(a: JsonObject, b: JsonObject): JsonObject {
  const sum: JsonObject = { ...a };
  for (const [key, value] of Object.entries(b))
    sum[key] = sum[key] === undefined ? value : joined(sum[key] as JsonObject, value as JsonObject);
  return sum;
}
