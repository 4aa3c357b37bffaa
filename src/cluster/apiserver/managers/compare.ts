// Which fields two versions of an object differ in, and which fields a manifest names, by the lists' keys that the API
// declares.
// Kubernetes: sigs.k8s.io/structured-merge-diff/v6/typed/compare.go (v1.35)
import type { FieldType, TypeTable } from "#api/define";
import { deepEqual, define, isObject, type Json, type JsonObject } from "#base/json";
import { build, EMPTY, type FieldTree } from "./field-tree.ts";

interface Comparison {
  /** Added or changed. */
  changed: FieldTree;
  removed: FieldTree;
}

/** Structs that have one owner as a whole. */
const ATOMIC_TYPES = new Set(
  "LabelSelector LocalObjectReference ObjectReference SecretKeySelector ConfigMapKeySelector ObjectFieldSelector ResourceFieldSelector NodeSelector NodeSelectorTerm TypedLocalObjectReference SecretReference".split(
    " ",
  ),
);
/** Maps that have one owner as a whole, and lists that strategic merge patch merges but apply replaces. */
const ATOMIC_FIELDS = new Set(
  "ServiceSpec.selector ReplicationControllerSpec.selector PodSpec.nodeSelector PodSpec.tolerations NodeSpec.taints".split(
    " ",
  ),
);
/** Keys of items where there are more than one. */
const KEYS: Record<string, string[]> = {
  "ServiceSpec.ports": ["port", "protocol"],
  "Container.ports": ["containerPort", "protocol"],
  "PodSpec.topologySpreadConstraints": ["topologyKey", "whenUnsatisfiable"],
};

/** A list that Go writes even when it is empty, so that nobody adds it. */
const ALWAYS_A_LIST = "PodSpec.containers";

/** A field or item: what it holds, and how it is owned. */
export interface Place {
  type: FieldType | undefined;
  atomic: boolean;
  keys: readonly string[] | undefined;
  /** What is there when nothing was said of it. */
  zero?: Json;
}

export function placeOf(types: TypeTable, outer: FieldType | undefined, name: string): Place {
  if (outer?.kind === "map") return { type: outer.of, atomic: false, keys: undefined };
  if (outer?.kind !== "ref") return { type: undefined, atomic: true, keys: undefined };
  const fields = types[outer.type]?.fields;
  const type = fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
  const field = `${outer.type}.${name}`;
  if (!type || ATOMIC_FIELDS.has(field)) return { type, atomic: true, keys: undefined };
  if (type.kind === "ref") {
    const atomic = ATOMIC_TYPES.has(type.type);
    // Structs that are no pointers are always there.
    return { type, atomic, keys: undefined, ...(type.always && { zero: {} }) };
  }
  if (type.kind === "map") return { type, atomic: false, keys: undefined };
  if (type.kind !== "list") return { type, atomic: true, keys: undefined };
  const keys = KEYS[field] ?? (type.mergeKey === undefined ? undefined : [type.mergeKey]);
  return { type, atomic: !keys && !type.mergeSet, keys, ...(field === ALWAYS_A_LIST && { zero: [] }) };
}

/** Items by the keys under which a set of fields has them. */
export function itemsOf(list: readonly Json[], keys: readonly string[] | undefined): Map<string, Json> {
  return new Map(
    list.map((item) => {
      if (!keys || !isObject(item)) return [`v:${JSON.stringify(item)}`, item];
      const pairs = [...keys].sort().flatMap((key): [string, Json][] => {
        const value = (item as JsonObject)[key] ?? (key === "protocol" ? "TCP" : undefined);
        return value === undefined ? [] : [[key, value]];
      });
      return [`k:${JSON.stringify(Object.fromEntries(pairs))}`, item];
    }),
  );
}

/** What is in a value, one level down; undefined for what is owned as a whole. */
function partsOf(
  types: TypeTable,
  { type, atomic, keys }: Place,
  value: Json | undefined,
): Map<string, { place: Place; value: Json }> | undefined {
  if (atomic) return undefined;
  if (Array.isArray(value) && type?.kind === "list") {
    const inner: Place = { type: type.of, atomic: !keys || isAtomic(type.of), keys: undefined };
    const items = [...itemsOf(value, keys)];
    return new Map(items.map(([key, item]) => [key, { place: inner, value: item }]));
  }
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value as JsonObject).filter(([, part]) => part !== null);
  return new Map(
    entries.map(([name, part]) => [`f:${name}`, { place: placeOf(types, type, name), value: part }]),
  );
}

const isAtomic = (type: FieldType): boolean => type.kind !== "ref" || ATOMIC_TYPES.has(type.type);

export function compare(types: TypeTable, type: string, before: JsonObject, after: JsonObject): Comparison {
  return differ(types, { type: { kind: "ref", type }, atomic: false, keys: undefined }, before, after);
}

function differ(
  types: TypeTable,
  place: Place,
  before: Json | undefined,
  after: Json | undefined,
): Comparison {
  if (before === after) return { changed: EMPTY, removed: EMPTY };
  const [old, next] = [partsOf(types, place, before), partsOf(types, place, after)];
  const isNew = before === undefined;
  const isGone = after === undefined;
  if ((!old && !isNew) || (!next && !isGone)) {
    const same = !isNew && !isGone && deepEqual(before, after);
    return { changed: build(!same && !isGone, []), removed: build(isGone, []) };
  }
  const names = [...new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])])];
  const inner = names.map((name) => {
    const [was, is] = [old?.get(name), next?.get(name)];
    const at = (is ?? was)!.place;
    const zero = isNew || isGone ? undefined : at.zero;
    return [name, differ(types, at, was?.value ?? zero, is?.value ?? zero)] as const;
  });
  return {
    changed: build(
      isNew,
      inner.map(([name, { changed }]) => [name, changed]),
    ),
    removed: build(
      isGone,
      inner.map(([name, { removed }]) => [name, removed]),
    ),
  };
}

/** The fields that a manifest names: what it applies. */
export function fieldsOf(types: TypeTable, type: string, object: JsonObject): FieldTree {
  return named(types, { type: { kind: "ref", type }, atomic: false, keys: undefined }, object, false);
}

function named(types: TypeTable, place: Place, value: Json, isItem: boolean): FieldTree {
  const parts = partsOf(types, place, value);
  if (!parts || parts.size === 0) return build(true, []);
  return build(
    isItem,
    [...parts].map(([key, part]) => [key, named(types, part.place, part.value, !key.startsWith("f:"))]),
  );
}

/** The object without these fields. */
export function prune(types: TypeTable, type: string, object: JsonObject, fields: FieldTree): JsonObject {
  const place: Place = { type: { kind: "ref", type }, atomic: false, keys: undefined };
  return pruned(types, place, object, fields) as JsonObject;
}

function pruned(types: TypeTable, place: Place, value: Json, fields: FieldTree): Json {
  const parts = partsOf(types, place, value);
  if (!parts || !fields.kids) return value;
  const kept = [...parts].flatMap(([key, part]): [string, Json][] => {
    const own = fields.kids && Object.hasOwn(fields.kids, key) ? fields.kids[key] : undefined;
    if (!own) return [[key, part.value]];
    return own.self ? [] : [[key, pruned(types, part.place, part.value, own)]];
  });
  if (Array.isArray(value)) return kept.map(([, item]) => item);
  return Object.fromEntries(kept.map(([key, item]) => [key.slice(2), item]));
}

/** The merged object with what has one owner as a whole taken from the manifest: `spec.selector` of a Service. */
export function withWholes(
  types: TypeTable,
  type: string,
  merged: JsonObject,
  config: JsonObject,
): JsonObject {
  const place: Place = { type: { kind: "ref", type }, atomic: false, keys: undefined };
  return wholes(types, place, merged, config) as JsonObject;
}

function wholes(types: TypeTable, place: Place, merged: Json | undefined, config: Json): Json {
  const [now, wanted] = [partsOf(types, place, merged), partsOf(types, place, config)];
  if (!now || !wanted || merged === undefined) return config;
  const next = (name: string, value: Json): Json => {
    const part = wanted.get(name);
    return part ? wholes(types, part.place, value, part.value) : value;
  };
  if (Array.isArray(merged)) return [...now].map(([key, { value }]) => next(key, value));
  const copy: JsonObject = { ...(merged as JsonObject) };
  for (const [key, { value }] of now) define(copy, key.slice(2), next(key, value));
  return copy;
}
