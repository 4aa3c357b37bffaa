// Options in a request's query: dry runs and how strictly bodies are read.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go CreateOptions (v1.35)
import type { FieldError } from "#api/define";
import { forbidden, invalid as invalidValue, tooLong } from "#api/field-error";
import { isObject, type Json } from "#base/json";
import { encodeUtf8 } from "#base/utf8";
import type { ApiRequest } from "./client.ts";
import { badRequest, invalid } from "./status.ts";

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

/** Who writes, and whether a conflict may be forced, which only server-side apply asks. */
export function checkManager({ query = {}, method, contentType = "" }: ApiRequest): void {
  const { fieldManager: name = "", force } = query;
  const errors: FieldError[] = [];
  if (method === "PATCH" && force !== undefined && !contentType.startsWith("application/apply-patch"))
    errors.push(forbidden("force", "may not be specified for non-apply patch"));
  if (encodeUtf8(name).length > MAX_MANAGER_BYTES) errors.push(tooLong("fieldManager", MAX_MANAGER_BYTES));
  const at = [...name].findIndex((sign) => /\p{C}/u.test(sign));
  if (at >= 0) {
    const code = name.codePointAt(at)!.toString(16).toUpperCase().padStart(4, "0");
    errors.push(invalidValue("fieldManager", name, `invalid character U+${code} (at position ${at})`));
  }
  if (errors.length > 0)
    throw invalid({ group: "meta.k8s.io", kind: `${verbOf(method)}Options` }, "", errors);
}

const MAX_MANAGER_BYTES = 128;

/** A number in a query, as Go reads it. */
export function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function verbOf(method: ApiRequest["method"]): string {
  return { GET: "Get", POST: "Create", PUT: "Update", PATCH: "Patch", DELETE: "Delete" }[method];
}
