// --sort-by: orders objects by a field that a JSONPath finds.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/get/sorter.go (v1.35)
import { KubectlError, type KubectlIo } from "../command.ts";
import { plainError } from "../errors.ts";
import { klogLine } from "../writing/klog.ts";
import { relaxedPath } from "./custom-columns.ts";
import { JsonPathError, parseJsonPath } from "./jsonpath-parse.ts";
import { goType } from "./go-format.ts";
import { findResults } from "./jsonpath.ts";

/** Two values that have no order: kubectl ends with a line of its log. */
export class UnsortableError extends Error {
  constructor(path: string, value: unknown) {
    super(`Field ${path} in %s is an unsortable type: interface, err: unsortable type: ${goType(value)}`);
  }

  /** `inTable`: rows of a table were sorted, not objects. */
  fatal(io: Pick<KubectlIo, "nowMs">, inTable: boolean): KubectlError {
    const sorted = inTable ? "[][][]reflect.Value" : "*unstructured.Unstructured";
    const source = inTable ? "sorter.go:375" : "sorter.go:329";
    return new KubectlError(klogLine(io, "F", source, this.message.replace("%s", sorted)).trimEnd());
  }
}

/** Positions of the objects in sorted order; throws where no object has the field. */
export function sortedPositions(objects: readonly unknown[], sortBy: string): number[] {
  const path = relaxedPath(sortBy);
  try {
    parseJsonPath(path);
  } catch (error) {
    if (error instanceof JsonPathError) throw plainError(`error parsing jsonpath ${path}, ${error.message}`);
    throw error;
  }
  const values = objects.map((object) => firstValue(path, object));
  if (objects.length > 0 && values.every((value) => value === undefined))
    throw plainError(`couldn't find any field with path ${JSON.stringify(path)} in the list of objects`);
  const order = (a: unknown, b: unknown): number => {
    if (a && b && typeof a === "object") throw new UnsortableError(path, a);
    return compareValues(a, b);
  };
  return objects.map((_, index) => index).sort((a, b) => order(values[a], values[b]) || a - b);
}

function firstValue(path: string, object: unknown): unknown {
  try {
    return findResults(path, object, { allowMissing: true }).flat()[0];
  } catch (error) {
    if (error instanceof JsonPathError) return undefined;
    throw error;
  }
}

/** Missing values and null first; numbers by size, texts as quantities where they are some, else naturally. */
function compareValues(a: unknown, b: unknown): number {
  const [isA, isB] = [a ?? undefined, b ?? undefined].map((value) => (value === undefined ? 0 : 1));
  if (isA === 0 || isB === 0) return isA! - isB!;
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [x, y] = [String(a as string), String(b as string)];
  const quantities = [quantity(x), quantity(y)] as const;
  if (quantities[0] !== undefined && quantities[1] !== undefined) return quantities[0] - quantities[1];
  return natural(x, y);
}

const SUFFIX: Record<string, number> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

function quantity(text: string): number | undefined {
  const match = /^([-+]?\d+(?:\.\d*)?)(n|u|m|k|M|G|T|Ki|Mi|Gi|Ti|)$/.exec(text);
  return match ? Number(match[1]) * SUFFIX[match[2]!]! : undefined;
}

/** Runs of digits count as numbers. */
function natural(a: string, b: string): number {
  const parts = (text: string): string[] => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i]!, right[i]!];
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y) && Number(x) !== Number(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
