// YAML as kubectl prints it: keys in natural order, block style, long lines folded after column 80.
// Kubernetes: sigs.k8s.io/yaml/goyaml.v2 (kubectl v1.35)
import { isObject } from "#base/json";
import { writeScalar } from "./yaml-scalar.ts";

export function toYaml(value: unknown): string {
  const lines = block(value, 0);
  return `${lines.join("\n")}\n`;
}

/** The lines of a node at an indentation; the first line carries no indentation of its own. */
function block(value: unknown, indent: number): string[] {
  if (Array.isArray(value)) return value.length === 0 ? ["[]"] : sequence(value, indent);
  if (isObject(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    return keys.length === 0 ? ["{}"] : mapping(value, keys, indent);
  }
  return writeScalar(value, { column: indent, indent: indent + 2 });
}

function mapping(value: Record<string, unknown>, keys: string[], indent: number): string[] {
  const lines: string[] = [];
  for (const key of keys.sort(naturalOrder)) {
    const margin = lines.length === 0 ? "" : " ".repeat(indent);
    const head = `${margin}${writeScalar(key, { column: 0, indent: 0, key: true })[0]}:`;
    const item = value[key];
    const start = indent + head.length - margin.length + 1;
    if (isFilled(item)) {
      lines.push(head);
      // A list below a key stands in the key's own column.
      const inner = Array.isArray(item) ? indent : indent + 2;
      const [first, ...rest] = block(item, inner);
      lines.push(" ".repeat(inner) + first, ...rest);
      continue;
    }
    const [first, ...rest] = isScalar(item)
      ? writeScalar(item, { column: start, indent: indent + 2 })
      : block(item, indent + 2);
    lines.push(`${head} ${first}`, ...rest);
  }
  return lines;
}

function sequence(items: readonly unknown[], indent: number): string[] {
  return items.flatMap((item, index) => {
    const margin = index === 0 ? "" : " ".repeat(indent);
    const [first, ...rest] = isScalar(item)
      ? writeScalar(item, { column: indent + 2, indent: indent + 2 })
      : block(item, indent + 2);
    return [`${margin}- ${first}`, ...rest];
  });
}

const isScalar = (value: unknown): boolean => !Array.isArray(value) && !isObject(value);

const isFilled = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : isObject(value) && Object.keys(value).some((key) => value[key] !== undefined);

const isLetter = (sign: string): boolean => /\p{L}/u.test(sign);
const isDigit = (sign: string | undefined): boolean => sign !== undefined && /\p{Nd}/u.test(sign);

/** Digits count as numbers, and letters come after everything else. */
function naturalOrder(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i]!;
    const y = right[i]!;
    if (x === y) continue;
    if (isLetter(x) && isLetter(y)) return x < y ? -1 : 1;
    if (isLetter(x) || isLetter(y)) return isLetter(y) ? -1 : 1;
    return byNumber(left, right, i) || (x < y ? -1 : 1);
  }
  return left.length - right.length;
}

function byNumber(left: readonly string[], right: readonly string[], at: number): number {
  let before = 0;
  if (left[at] === "0" || right[at] === "0") {
    for (let j = at - 1; j >= 0 && isDigit(left[j]); j--) if (left[j] !== "0") before = 1;
  }
  const read = (signs: readonly string[]): [value: number, end: number] => {
    let value = before;
    let end = at;
    while (isDigit(signs[end])) value = value * 10 + Number(signs[end++]);
    return [value, end];
  };
  const [a, aEnd] = read(left);
  const [b, bEnd] = read(right);
  return a - b || aEnd - bEnd;
}
