// The strategic merge patch that turns the live object into what was typed: additions and changes against the live
// object, deletions of what was applied last and is gone from the manifest.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/strategicpatch (v1.35)
import type { FieldType, TypeTable } from "#api/define";
import { elementProblem, keyProblem } from "#api/merge-lists";
import { deepEqual, define, isObject, type Json, type JsonObject } from "#base/json";
import { KubectlError } from "../command.ts";

/** There is no patch from the one to the other. */
export class PatchProblem extends KubectlError {
  readonly problem: string;
  constructor(problem: string) {
    super(`error: ${problem}`);
    this.problem = problem;
  }
}

export interface MergeSchema {
  types: TypeTable;
  /** Name of the object's type in the table. */
  root: string;
}

/** An empty object means that nothing changes. */
export function threeWayPatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  schema: MergeSchema,
): JsonObject {
  return mapPatch(original, modified, current, { kind: "ref", type: schema.root }, schema.types);
}

/** Whose fields exclude each other: a patch names those that stay, so that what the server filled in goes too. */
const RETAINING: Record<string, string> = { DeploymentSpec: "strategy", PodSpec: "volumes" };

const retains = (type: FieldType | undefined, key: string): boolean =>
  type?.kind === "ref" && RETAINING[type.type] === key;

export function fieldType(type: FieldType | undefined, key: string, types: TypeTable): FieldType | undefined {
  if (type?.kind === "map") return type.of;
  return type?.kind === "ref" ? types[type.type]?.fields[key] : undefined;
}

function mapPatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  type: FieldType | undefined,
  types: TypeTable,
  isRetaining = false,
): JsonObject {
  const patch: JsonObject = {};
  for (const key of Object.keys(modified)) {
    const wanted = modified[key]!;
    const live = current[key];
    const before = original[key];
    if (wanted === null) {
      if (live !== undefined && live !== null) define(patch, key, null);
      continue;
    }
    const inner = fieldType(type, key, types);
    if (isObject(wanted) && isObject(live)) {
      const nested = mapPatch(isObject(before) ? before : {}, wanted, live, inner, types, retains(type, key));
      if (Object.keys(nested).length > 0) define(patch, key, nested);
    } else if (Array.isArray(wanted) && Array.isArray(live) && inner?.kind === "list" && inner.mergeKey) {
      listPatch(patch, key, {
        original: Array.isArray(before) ? before : [],
        wanted,
        live,
        type: inner,
        types,
        isRetaining: retains(type, key),
      });
    } else if (!deepEqual(wanted, live)) define(patch, key, wanted);
  }
  for (const key of Object.keys(original)) {
    if (!(key in modified) && current[key] !== undefined) define(patch, key, null);
  }
  const hasMore = Object.keys(current).some((key) => current[key] !== null && !(key in modified));
  if (isRetaining && (hasMore || Object.keys(patch).length > 0))
    define(patch, "$retainKeys", Object.keys(modified).sort());
  return patch;
}

interface ListCase {
  original: Json[];
  wanted: Json[];
  live: Json[];
  type: FieldType & { kind: "list" };
  types: TypeTable;
  isRetaining: boolean;
}

const keyed = (items: Json[], mergeKey: string): Map<Json, JsonObject> =>
  new Map(items.filter(isObject).map((item) => [(item as JsonObject)[mergeKey] ?? null, item as JsonObject]));

/** Lists whose items have a merge key are patched item by item. */
function listPatch(
  patch: JsonObject,
  field: string,
  { original, wanted, live, type, types, isRetaining }: ListCase,
): void {
  const mergeKey = type.mergeKey!;
  const problem = elementProblem(live, wanted) ?? elementProblem(original, wanted);
  if (problem !== undefined) throw new PatchProblem(problem);
  const nameless = wanted.find((item) => isObject(item) && (item as JsonObject)[mergeKey] === undefined);
  if (nameless !== undefined) throw new PatchProblem(keyProblem(nameless, mergeKey));
  const liveItems = keyed(live, mergeKey);
  const wantedItems = keyed(wanted, mergeKey);
  const originalItems = keyed(original, mergeKey);
  const items: JsonObject[] = [];
  for (const [key, item] of wantedItems) {
    const liveItem = liveItems.get(key);
    if (!liveItem) {
      items.push(item);
      continue;
    }
    const nested = mapPatch(originalItems.get(key) ?? {}, item, liveItem, type.of, types, isRetaining);
    if (Object.keys(nested).length > 0) items.push({ ...nested, [mergeKey]: key });
  }
  for (const key of originalItems.keys()) {
    if (!wantedItems.has(key) && liveItems.has(key)) items.push({ $patch: "delete", [mergeKey]: key });
  }
  if (items.length === 0) return;
  define(patch, field, items);
  define(
    patch,
    `$setElementOrder/${field}`,
    [...wantedItems.keys()].map((key) => ({ [mergeKey]: key })),
  );
}
