// What `kubectl wait --for=...` can wait for, parsed, and how an object is judged by it.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/wait (v1.35)
import type { JsonObject } from "#base/json";
import { plainError } from "../../errors.ts";
import { goQuote } from "../../go-values.ts";
import { relaxedPath } from "../../printers/custom-columns.ts";
import { JsonPathError, parseJsonPath } from "../../printers/jsonpath-parse.ts";
import { findResults } from "../../printers/jsonpath.ts";

export type Goal =
  | { kind: "delete" }
  | { kind: "create" }
  | { kind: "condition"; type: string; status: string }
  | { kind: "jsonpath"; path: string; value: string | undefined };

export function parseGoal(text: string): Goal {
  const low = text.toLowerCase();
  if (low === "delete") return { kind: "delete" };
  if (low === "create") return { kind: "create" };
  if (text.startsWith("condition=")) {
    const rest = text.slice("condition=".length);
    const equals = rest.indexOf("=");
    return equals < 0
      ? { kind: "condition", type: rest, status: "true" }
      : { kind: "condition", type: rest.slice(0, equals), status: rest.slice(equals + 1) };
  }
  if (text.startsWith("jsonpath=")) return parsePath(text.slice("jsonpath=".length));
  throw plainError(`unrecognized condition: ${goQuote(text)}`);
}

const FORM =
  "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'";

function parsePath(text: string): Goal {
  const [given = "", wanted, ...more] = splitAtEquals(text);
  if (more.length > 0) throw plainError(FORM);
  const path = relaxedPath(given.replace(/^'(.*)'$/, "$1"));
  const value = wanted?.replace(/^['"]+|['"]+$/g, "");
  if (value === "")
    throw plainError(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  if (path === "") throw plainError("jsonpath expression cannot be empty");
  try {
    parseJsonPath(path);
  } catch (error) {
    if (error instanceof JsonPathError) throw plainError(`error parsing jsonpath ${path}, ${error.message}`);
    throw error;
  }
  return { kind: "jsonpath", path, value };
}

/** Two equals signs compare, and divide nothing. */
function splitAtEquals(text: string): string[] {
  return text.split(/(?<!=)=(?!=)/);
}

/** Does the object meet the goal? Throws where the path leads to what cannot be compared. */
export function meets(goal: Goal, object: JsonObject): boolean {
  if (goal.kind === "create") return true;
  if (goal.kind === "condition") return hasCondition(object, goal.type, goal.status);
  return goal.kind === "jsonpath" && matchesPath(object, goal.path, goal.value);
}

function hasCondition(object: JsonObject, type: string, status: string): boolean {
  const own = (object["status"] ?? {}) as {
    conditions?: Record<string, unknown>[];
    observedGeneration?: number;
  };
  const { generation } = object["metadata"] as { generation?: number };
  const found = own.conditions?.find((item) => String(item["type"]).toLowerCase() === type.toLowerCase());
  if (!found) return false;
  const observed = (found["observedGeneration"] as number | undefined) ?? own.observedGeneration;
  if (generation !== undefined && observed !== undefined && observed < generation) return false;
  return String(found["status"]).toLowerCase() === status.toLowerCase();
}

function matchesPath(object: JsonObject, path: string, wanted: string | undefined): boolean {
  const found = resultsOf(object, path);
  if (found.length === 0) return false;
  if (wanted === undefined) return found[0] !== undefined;
  if (found.length > 1) throw plainError("given jsonpath expression matches more than one value");
  const value = found[0];
  if (typeof value === "object" && value !== null)
    throw plainError("jsonpath leads to a nested object or list which is not supported");
  return String(value as string | number) === wanted;
}

function resultsOf(object: JsonObject, path: string): unknown[] {
  try {
    return findResults(path, object, { allowMissing: true }).flat();
  } catch (error) {
    if (error instanceof JsonPathError) return [];
    throw error;
  }
}
