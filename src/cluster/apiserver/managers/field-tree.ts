// Sets of fields as a tree: which fields of an object a manager owns. Pure.
// Kubernetes: sigs.k8s.io/structured-merge-diff/v6/fieldpath (v1.35)
import { define, type JsonObject } from "#base/json";

/**
 * A field, a list's item or a map's entry. Keys of `kids` are written as FieldsV1 has them: `f:name`, `k:{"name":"a"}`,
 * `v:"item"`.
 */
export interface FieldTree {
  /** Is the node itself in the set, not only what is in it? */
  self?: true;
  kids?: Record<string, FieldTree>;
}

export const EMPTY: FieldTree = {};

export const isEmpty = ({ self, kids }: FieldTree): boolean => !self && !kids;

function node(self: boolean, entries: readonly (readonly [string, FieldTree])[]): FieldTree {
  const full = entries.filter(([, kid]) => !isEmpty(kid));
  const kids: Record<string, FieldTree> = {};
  for (const [key, kid] of full) define(kids, key, kid);
  return { ...(self && { self: true as const }), ...(full.length > 0 && { kids }) };
}

const kidOf = ({ kids }: FieldTree, key: string): FieldTree =>
  kids && Object.hasOwn(kids, key) ? kids[key]! : EMPTY;

function combine(a: FieldTree, b: FieldTree, keep: (inA: boolean, inB: boolean) => boolean): FieldTree {
  const keys = [...new Set([...Object.keys(a.kids ?? {}), ...Object.keys(b.kids ?? {})])];
  return node(
    keep(a.self === true, b.self === true),
    keys.map((key) => [key, combine(kidOf(a, key), kidOf(b, key), keep)]),
  );
}

export const union = (a: FieldTree, b: FieldTree): FieldTree => combine(a, b, (x, y) => x || y);
export const difference = (a: FieldTree, b: FieldTree): FieldTree => combine(a, b, (x, y) => x && !y);
export const intersection = (a: FieldTree, b: FieldTree): FieldTree => combine(a, b, (x, y) => x && y);

/** With everything that something of the set stands in. */
export function withParents({ self, kids }: FieldTree): FieldTree {
  const entries = Object.entries(kids ?? {}).map(([key, kid]) => [key, withParents(kid)] as const);
  return node(self === true || entries.length > 0, entries);
}

/** Without these fields and all that is in them: each a path of keys. */
export function without(tree: FieldTree, ...paths: readonly (readonly string[])[]): FieldTree {
  return paths.reduce((rest, path) => cut(rest, path), tree);
}

function cut(tree: FieldTree, [key, ...deeper]: readonly string[]): FieldTree {
  if (key === undefined) return EMPTY;
  const entries = Object.entries(tree.kids ?? {});
  return node(
    tree.self === true,
    entries.map(([name, kid]) => [name, name === key ? cut(kid, deeper) : kid]),
  );
}

export const build = node;

/** Paths of all that is in the set, each a list of keys. */
export function pathsOf(tree: FieldTree, above: readonly string[] = []): string[][] {
  const own = tree.self ? [[...above]] : [];
  const keys = Object.keys(tree.kids ?? {}).sort();
  return [...own, ...keys.flatMap((key) => pathsOf(kidOf(tree, key), [...above, key]))];
}

/** `.spec.ports[port=80,protocol="TCP"].name` */
export function pathText(path: readonly string[]): string {
  return path
    .map((key) => {
      const rest = key.slice(2);
      if (key.startsWith("f:")) return `.${rest}`;
      if (key.startsWith("v:")) return `[=${rest}]`;
      if (key.startsWith("i:")) return `[${rest}]`;
      const fields = Object.entries(JSON.parse(rest) as Record<string, unknown>);
      return `[${fields.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(",")}]`;
    })
    .join("");
}

export function fromFieldsV1(fields: JsonObject): FieldTree {
  const keys = Object.keys(fields).filter((key) => key !== ".");
  return node(
    keys.length === 0 || Object.hasOwn(fields, "."),
    keys.map((key) => [key, fromFieldsV1(fields[key] as JsonObject)]),
  );
}

export function toFieldsV1({ self, kids }: FieldTree): JsonObject {
  const result: JsonObject = {};
  if (!kids) return result;
  if (self) result["."] = {};
  for (const key of Object.keys(kids).sort()) define(result, key, toFieldsV1(kids[key]!));
  return result;
}
