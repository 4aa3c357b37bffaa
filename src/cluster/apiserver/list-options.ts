// Options of lists: which revision is wanted, and lists in pages.
// Kubernetes: ValidateListOptions in staging/src/k8s.io/apimachinery/pkg/apis/meta/internalversion/validation,
// staging/src/k8s.io/apiserver/pkg/storage/continue.go (v1.35)
import type { FieldError } from "#api/define";
import { forbidden, notSupported } from "#api/field-error";
import type { AnyObject } from "#api/kinds";
import { decodeBase64Url, encodeBase64Url } from "#base/base64";
import { isObject } from "#base/json";
import { decodeUtf8, encodeUtf8 } from "#base/utf8";
import type { ResourceRequest } from "./handle.ts";
import { wholeNumber } from "./request-options.ts";
import { badRequest, failure, invalid } from "./status.ts";

/** A part of a list, and what its metadata says of it. */
export interface Page {
  objects: readonly AnyObject[];
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
}

/** Simplified: every page shows the present; a real server goes on with the revision of the first one, and lets it expire. */
export function pageOf(about: ResourceRequest, objects: readonly AnyObject[], revision: number): Page {
  const { query = {} } = about.request;
  const limit = wholeNumber(query["limit"]) ?? 0;
  checkMatch(query);
  const from = query["continue"] ? decodeToken(query["continue"]) : undefined;
  checkRevision(query["resourceVersion"] ?? "", revision);
  const rest = from ? objects.filter((object) => isAfter(object, from.start, about)) : objects;
  const resourceVersion = String(from?.rv ?? revision);
  if (limit <= 0 || rest.length <= limit) return { objects: rest, metadata: { resourceVersion } };
  const page = rest.slice(0, limit);
  const token = { v: TOKEN_VERSION, rv: Number(resourceVersion), start: keyOf(page.at(-1)!, about) };
  const isWhole = !query["labelSelector"] && !query["fieldSelector"];
  return {
    objects: page,
    metadata: {
      resourceVersion,
      continue: encodeBase64Url(encodeUtf8(JSON.stringify(token))),
      ...(isWhole && { remainingItemCount: rest.length - limit }),
    },
  };
}

function checkMatch(query: Record<string, string>): void {
  const {
    resourceVersion = "",
    resourceVersionMatch: match = "",
    continue: token,
    sendInitialEvents,
  } = query;
  const field = "resourceVersionMatch";
  const errors: FieldError[] = [];
  if (sendInitialEvents !== undefined)
    errors.push(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
  if (match !== "") {
    if (resourceVersion === "")
      errors.push(forbidden(field, `${field} is forbidden unless resourceVersion is provided`));
    if (token) errors.push(forbidden(field, `${field} is forbidden when continue is provided`));
    if (match !== "Exact" && match !== "NotOlderThan")
      errors.push(notSupported(field, match, ["Exact", "NotOlderThan", ""], false));
    if (match === "Exact" && resourceVersion === "0")
      errors.push(forbidden(field, `${field} "exact" is forbidden for resourceVersion "0"`));
  }
  if (errors.length > 0) throw invalid({ group: "meta.k8s.io", kind: "ListOptions" }, "", errors);
}

function checkRevision(asked: string, revision: number): void {
  if (asked === "") return;
  if (!/^\d+$/.test(asked)) {
    const why = `resourceVersion: Invalid value: ${JSON.stringify(asked)}: strconv.ParseUint: parsing ${JSON.stringify(asked)}: invalid syntax`;
    throw badRequest(`invalid resource version: ${why}`);
  }
  if (Number(asked) <= revision) return;
  const message = "Too large resource version";
  throw failure(504, "Timeout", `Timeout: ${message}: ${asked}, current: ${revision}`, {
    causes: [{ reason: "ResourceVersionTooLarge", message }],
    retryAfterSeconds: 1,
  });
}

const TOKEN_VERSION = "meta.k8s.io/v1";

interface Token {
  rv: number;
  /** The key of the last object, and the lowest sign, so that the next one is the first. */
  start: string;
}

function decodeToken(text: string): Token {
  const refuse = (why: string): never => {
    throw badRequest(`invalid continue token: continue key is not valid: ${why}`);
  };
  const bytes = decodeBase64Url(text) ?? refuse("illegal base64 data at input byte 0");
  let token: unknown;
  try {
    token = JSON.parse(decodeUtf8(bytes));
  } catch {
    return refuse("invalid character");
  }
  const { v, rv, start } = (isObject(token) ? token : {}) as Record<string, unknown>;
  if (v !== TOKEN_VERSION)
    refuse(`server does not recognize this encoded version ${JSON.stringify(v ?? "")}`);
  if (typeof rv !== "number" || rv <= 0)
    refuse("incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
  if (typeof start !== "string" || start === "") refuse("encoded start key empty (version meta.k8s.io/v1)");
  return token as Token;
}

/** Relative to what is listed: one namespace, or all of them. */
function keyOf({ metadata: { namespace, name } }: AnyObject, { path }: ResourceRequest): string {
  return `${path.namespace === undefined ? (namespace ?? "") : ""}/${name}\u0000`;
}

function isAfter({ metadata }: AnyObject, start: string, { path }: ResourceRequest): boolean {
  const [space = "", name = ""] = start.replace("\u0000", "").split("/");
  const own = path.namespace === undefined ? (metadata.namespace ?? "") : "";
  return own === space ? metadata.name > name : own > space;
}
