// DeleteOptions: from the body of a DELETE or, where it has none, from the query.
// Kubernetes: ValidateDeleteOptions in staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation (v1.35)
import type { FieldError } from "#api/define";
import type { KindName } from "#api/kinds";
import { isObject, type Json } from "#base/json";
import type { DeleteOptions } from "./client.ts";
import type { DeletePreconditions } from "./delete.ts";
import type { ResourceRequest } from "./handle.ts";
import { wholeNumber } from "./request-options.ts";
import { badRequest, invalid } from "./status.ts";

/** Kubernetes: pkg/registry/core/replicationcontroller/strategy.go DefaultGarbageCollectionPolicy (v1.35) */
const DEFAULT_POLICY: Partial<Record<KindName, "Orphan">> = { ReplicationController: "Orphan" };

const POLICIES = ["Foreground", "Background", "Orphan"] as const;

export function deleteOptions({ request, definition }: ResourceRequest): DeletePreconditions {
  const { query = {}, body } = request;
  const given = isObject(body) ? (body as Record<string, Json>) : undefined;
  const grace = given ? graceOf(given["gracePeriodSeconds"]) : wholeNumber(query["gracePeriodSeconds"]);
  const { propagationPolicy, orphanDependents } = given ?? query;
  const policy =
    policyOf(propagationPolicy, orphanDependents === undefined ? undefined : String(orphanDependents)) ??
    DEFAULT_POLICY[definition.kind];
  const preconditions = given?.["preconditions"];
  const { uid, resourceVersion } = (isObject(preconditions) ? preconditions : {}) as Record<string, Json>;
  return {
    ...(grace !== undefined && { gracePeriodSeconds: grace }),
    ...(policy !== undefined && { propagationPolicy: policy }),
    ...(typeof uid === "string" && { uid }),
    ...(typeof resourceVersion === "string" && { resourceVersion }),
  };
}

function graceOf(value: Json | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && Number.isInteger(value)) return value;
  const found = typeof value === "number" ? `number ${value}` : goTypeOf(value);
  throw badRequest(
    `json: cannot unmarshal ${found} into Go struct field DeleteOptions.gracePeriodSeconds of type int64`,
  );
}

function goTypeOf(value: Json): string {
  if (typeof value === "boolean") return "bool";
  return Array.isArray(value) ? "array" : typeof value;
}

function policyOf(
  policy: Json | undefined,
  orphanDependents: string | undefined,
): DeleteOptions["propagationPolicy"] {
  if (policy === undefined || policy === null) {
    if (orphanDependents === "true") return "Orphan";
    return orphanDependents === "false" ? "Background" : undefined;
  }
  const errors: FieldError[] = [];
  const about = { field: "propagationPolicy", value: policy };
  if (orphanDependents !== undefined) {
    const detail = "orphanDependents and deletionPropagation cannot be both set";
    errors.push({ ...about, type: "invalid", detail });
  }
  const known = POLICIES.find((name) => name === policy);
  if (!known) {
    const detail = 'supported values: "Foreground", "Background", "Orphan", "nil"';
    errors.push({ ...about, type: "notSupported", detail });
  }
  if (errors.length > 0) throw invalid({ group: "meta.k8s.io", kind: "DeleteOptions" }, "", errors);
  return known;
}
