// Options in a request's query: dry runs and how strictly bodies are read.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go CreateOptions (v1.35)
import { isObject, type Json } from "#base/json";
import type { ApiRequest } from "./client.ts";
import { invalid } from "./status.ts";

export type FieldValidation = "Strict" | "Warn" | "Ignore";

export function isDryRun({ query = {}, body, method }: ApiRequest): boolean {
  const inBody = method === "DELETE" && isObject(body) ? (body as Record<string, Json>)["dryRun"] : undefined;
  const asked = query["dryRun"] ?? (Array.isArray(inBody) ? inBody[0] : undefined);
  if (asked === undefined || asked === "") return false;
  if (asked === "All") return true;
  const detail = 'supported values: "All"';
  throw invalid({ group: "meta.k8s.io", kind: `${verbOf(method)}Options` }, "", [
    { field: "dryRun", type: "notSupported", value: [asked], detail },
  ]);
}

export function fieldValidationOf({ query = {}, method }: ApiRequest): FieldValidation {
  const asked = query["fieldValidation"] ?? "";
  if (asked === "" || asked === "Warn") return "Warn";
  if (asked === "Strict" || asked === "Ignore") return asked;
  const detail = 'supported values: "", "Ignore", "Strict", "Warn"';
  throw invalid({ group: "meta.k8s.io", kind: `${verbOf(method)}Options` }, "", [
    { field: "fieldValidation", type: "notSupported", value: asked, detail },
  ]);
}

function verbOf(method: ApiRequest["method"]): string {
  return { GET: "Get", POST: "Create", PUT: "Update", PATCH: "Patch", DELETE: "Delete" }[method];
}
