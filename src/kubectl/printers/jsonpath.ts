// Evaluates kubectl's JSONPath templates over plain data and prints what they find.
// Kubernetes: staging/src/k8s.io/client-go/util/jsonpath/jsonpath.go (v1.35)
import { isObject } from "#base/json";
import { goJson } from "../apply/last-applied.ts";
import { goType } from "./go-format.ts";
import { JsonPathError, parseJsonPath, type PathNode } from "./jsonpath-parse.ts";

export interface JsonPathOptions {
  /** A missing field or index gives nothing, not an error. */
  allowMissing: boolean;
}

/** Results of each action and text, in order; throws JsonPathError. */
export function findResults(template: string, data: unknown, options: JsonPathOptions): unknown[][] {
  return run(parseJsonPath(template), data, options);
}

/** The template's output. */
export function printJsonPath(template: string, data: unknown, options: JsonPathOptions): string {
  return findResults(template, data, options)
    .map((values) => values.map(toText).join(" "))
    .join("");
}

/** A value as Go prints it: text as it is, lists and objects as JSON. */
export function toText(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "";
  return typeof value === "object" ? goJson(value) : String(value);
}

function run(parts: readonly PathNode[], data: unknown, options: JsonPathOptions): unknown[][] {
  const results: unknown[][] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part.type === "text") {
      results.push([part.text]);
      continue;
    }
    const nodes = part.type === "list" ? part.nodes : [part];
    if (nodes[0]?.type === "end") throw new JsonPathError("not in range, nothing to end");
    if (nodes[0]?.type !== "range") {
      results.push(evaluate(nodes, [data], options));
      continue;
    }
    const end = matchingEnd(parts, i);
    const body = parts.slice(i + 1, end);
    for (const item of evaluate(nodes.slice(1), [data], options)) results.push(...run(body, item, options));
    i = end;
  }
  return results;
}

function matchingEnd(parts: readonly PathNode[], start: number): number {
  let depth = 0;
  for (let i = start; i < parts.length; i++) {
    const part = parts[i]!;
    const first = part.type === "list" ? part.nodes[0]?.type : undefined;
    if (first === "range") depth++;
    if (first === "end" && --depth === 0) return i;
  }
  return parts.length;
}

function evaluate(
  nodes: readonly PathNode[],
  values: readonly unknown[],
  options: JsonPathOptions,
): unknown[] {
  let current = [...values];
  for (const node of nodes) current = step(node, current, options);
  return current;
}

function step(node: PathNode, values: readonly unknown[], options: JsonPathOptions): unknown[] {
  switch (node.type) {
    case "text":
      return [node.text];
    case "value":
      return [node.value];
    case "field":
      return fields(node.name, values, options);
    case "wildcard":
      return values.flatMap(childrenOf);
    case "recursive":
      return values.flatMap(descendants);
    case "array":
      return values.flatMap((value) => elements(node, value));
    case "identifier":
      throw new JsonPathError(`unrecognized identifier ${node.name}`);
    case "union":
      return node.parts.flatMap((part) => evaluate(part, values, options));
    case "filter":
      return values.flatMap((value) => filtered(node, value, options));
    default:
      return [...values];
  }
}

function fields(name: string, values: readonly unknown[], { allowMissing }: JsonPathOptions): unknown[] {
  const found = values.flatMap((value) =>
    isObject(value) && Object.hasOwn(value, name) && value[name] !== undefined ? [value[name]] : [],
  );
  if (found.length === 0 && values.length > 0 && !allowMissing)
    throw new JsonPathError(`${name} is not found`);
  return found;
}

const childrenOf = (value: unknown): unknown[] =>
  Array.isArray(value)
    ? value
    : isObject(value)
      ? Object.keys(value)
          .sort()
          .map((key) => value[key])
      : [];

/** The value and everything below it that can have fields. */
function descendants(value: unknown): unknown[] {
  return [
    value,
    ...childrenOf(value).flatMap((child) => (typeof child === "object" ? descendants(child) : [child])),
  ];
}

function elements({ start, end, step: by, single }: PathNode & { type: "array" }, value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) {
    throw new JsonPathError(`${goType(value)} is not array or slice`);
  }
  const { length } = value;
  const from = (start ?? 0) + ((start ?? 0) < 0 ? length : 0);
  const to = endOf(start, end, single, length);
  if (from === to) return [];
  if (from >= length || from < 0) throw outOfBounds(from, length);
  if (to > length || to < 0) throw outOfBounds(to - 1, length);
  if (from > to) throw new JsonPathError(`starting index ${from} is greater than ending index ${to}`);
  if (by !== undefined && by <= 0) throw new JsonPathError("step must be > 0");
  return value.slice(from, to).filter((_, index) => index % (by ?? 1) === 0);
}

function endOf(start: number | undefined, end: number | undefined, single: boolean, length: number): number {
  if (!single) return end === undefined ? length : end < 0 ? end + length : end;
  const next = (start ?? 0) + 1;
  return (start ?? 0) < 0 ? next + length : next;
}

const outOfBounds = (index: number, length: number): JsonPathError =>
  new JsonPathError(`array index out of bounds: index ${index}, length ${length}`);

function filtered(node: PathNode & { type: "filter" }, value: unknown, options: JsonPathOptions): unknown[] {
  if (!Array.isArray(value) && !isObject(value)) {
    if (value === null || value === undefined) return [];
    throw new JsonPathError(`${toText(value)} is not array or slice and cannot be filtered`);
  }
  return childrenOf(value).filter((item) => {
    const lenient = { ...options, allowMissing: true };
    const left = evaluate(node.left, [item], lenient);
    if (node.operator === "exists") return left.length > 0;
    if (left.length === 0) return false;
    if (left.length > 1) throw new JsonPathError("can only compare one element at a time");
    const right = evaluate(node.right, [item], lenient);
    if (right.length === 0) return false;
    if (right.length > 1) throw new JsonPathError("can only compare one element at a time");
    return compare(left[0], node.operator, right[0]);
  });
}

type Kind = "bool" | "int" | "float" | "string";

function kindOf(value: unknown): Kind {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "string";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  throw new JsonPathError("invalid type for comparison");
}

function compare(left: unknown, operator: string, right: unknown): boolean {
  if (!["==", "!=", "<", ">", "<=", ">="].includes(operator))
    throw new JsonPathError(`unrecognized filter operator ${operator}`);
  const kind = kindOf(left);
  if (kind !== kindOf(right)) throw new JsonPathError("incompatible types for comparison");
  const [a, b] = [left, right] as [string, string];
  if (operator === "==") return a === b;
  if (operator === "!=") return a !== b;
  if (kind === "bool") throw new JsonPathError("invalid type for comparison");
  if (operator === "<") return a < b;
  if (operator === ">") return !(a < b || a === b);
  return operator === "<=" ? a <= b : !(a < b);
}

/** Data as Go's %#v prints it, in the explanation of a template that failed. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return "interface {}(nil)";
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(", ")}}`;
  if (!isObject(value)) return typeof value === "number" ? String(value) : `${String(value as boolean)}`;
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `map[string]interface {}{${keys.map((key) => `${JSON.stringify(key)}:${goSyntax(value[key])}`).join(", ")}}`;
}
