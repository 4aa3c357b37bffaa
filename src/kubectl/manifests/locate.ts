// Finds the line of a field, so that what the API server says of `spec.ports[0].nodePort` can stand where it was typed.
import { isMap, isPair, isScalar, isSeq, type Document, type Node } from "yaml";
import { lineAt } from "./parse.ts";

export type PathPart = string | number;

/** Reads `spec.ports[0].name`, `data[a b]`, `metadata.labels` as the API server writes field paths. */
export function parseFieldPath(field: string): PathPart[] {
  const parts: PathPart[] = [];
  for (const match of field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    const [, index, name] = match;
    if (name !== undefined) parts.push(name);
    else if (index !== undefined) parts.push(/^\d+$/.test(index) ? Number(index) : index);
  }
  return parts;
}

export interface FieldPosition {
  /** 1-based, within the document. */
  line: number;
  /** How many parts of the path were found; the line is that of the nearest part that exists. */
  depth: number;
}

/** The line of the deepest part of the path that was typed. Lists are searched when the path gives no index. */
export function locateField(document: Document, text: string, path: readonly PathPart[]): FieldPosition {
  return descend(document.contents as Node | null, text, path, { line: firstLine(document, text), depth: 0 });
}

function firstLine(document: Document, text: string): number {
  const start = document.contents?.range?.[0];
  return start === undefined ? 1 : lineAt(text, start);
}

function descend(
  node: Node | null,
  text: string,
  path: readonly PathPart[],
  best: FieldPosition,
): FieldPosition {
  const [part, ...rest] = path;
  if (part === undefined) return best;
  if (isSeq(node)) {
    const items = node.items as Node[];
    if (typeof part === "number") {
      const item = items[part];
      if (!item) return best;
      return descend(item, text, rest, { line: lineOf(item, text) ?? best.line, depth: best.depth + 1 });
    }
    const found = items.map((item) => descend(item, text, path, best)).sort((a, b) => b.depth - a.depth)[0];
    return found ?? best;
  }
  if (!isMap(node)) return best;
  // Of keys that stand twice the later one counts.
  const pair = node.items.findLast(
    (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
  );
  if (!pair) return best;
  const line = lineOf(pair.key as Node, text) ?? best.line;
  return descend(pair.value as Node | null, text, rest, { line, depth: best.depth + 1 });
}

function lineOf(node: Node, text: string): number | undefined {
  return node.range ? lineAt(text, node.range[0]) : undefined;
}
