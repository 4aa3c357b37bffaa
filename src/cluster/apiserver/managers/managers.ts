// Who manages which fields of an object: kept beside the store, told in metadata.managedFields, and asked by
// server-side apply. Requests of clients count; what components write themselves does not.
// Simplified: controllers and kubelets are no managers, so managedFields lists the clients alone.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/managedfields (v1.35)
import type { KindDefinition, TypeTable } from "#api/define";
import { deepEqual, isObject, type Json, type JsonObject } from "#base/json";
import { compare, fieldsOf, prune } from "./compare.ts";
import {
  difference,
  EMPTY,
  fromFieldsV1,
  intersection,
  isEmpty,
  pathsOf,
  toFieldsV1,
  union,
  without,
  withParents,
  type FieldTree,
} from "./field-tree.ts";

export interface Manager {
  manager: string;
  operation: "Apply" | "Update";
  apiVersion: string;
  subresource?: string;
  time: string;
  fields: FieldTree;
}

export interface ManagerOf {
  manager: string;
  apiVersion: string;
  subresource?: string;
  time: string;
}

export interface Conflict {
  manager: Manager;
  path: string[];
}

const SYSTEM = ["apiVersion", "kind"].map((name) => [`f:${name}`]);
const SYSTEM_METADATA = [
  "name",
  "namespace",
  "creationTimestamp",
  "selfLink",
  "uid",
  "generation",
  "resourceVersion",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "managedFields",
].map((name) => ["f:metadata", `f:${name}`]);
export const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Nobody owns what the server keeps itself, nor what this way of writing leaves alone. */
function ownable(tree: FieldTree, subresource: string | undefined): FieldTree {
  const rest = without(tree, ...SYSTEM, ...SYSTEM_METADATA);
  if (subresource === "status") return without(rest, ["f:spec"]);
  return without(rest, ["f:status"]);
}

const isOf = (entry: Manager, operation: Manager["operation"], own: ManagerOf): boolean =>
  entry.operation === operation &&
  entry.manager === own.manager &&
  entry.subresource === own.subresource &&
  entry.apiVersion === own.apiVersion;

/** After a client wrote the object; the same list if that changed nobody's fields. */
export function afterUpdate(
  types: TypeTable,
  definition: KindDefinition,
  managers: readonly Manager[],
  objects: { before: JsonObject; after: JsonObject },
  own: ManagerOf,
): readonly Manager[] {
  const found = compare(types, definition.type, objects.before, objects.after);
  const changed = ownable(found.changed, own.subresource);
  const removed = ownable(found.removed, own.subresource);
  if (isEmpty(changed) && isEmpty(removed)) return managers;
  const gone = union(changed, removed);
  const mine = managers.find((entry) => isOf(entry, "Update", own));
  const fields = union(difference(mine?.fields ?? EMPTY, removed), changed);
  const entries = managers.map((entry) =>
    withFields(entry, entry === mine ? fields : difference(entry.fields, gone), own.time),
  );
  if (!mine) entries.push({ ...own, operation: "Update", fields });
  return settled(managers, entries);
}

const withFields = (entry: Manager, fields: FieldTree, time: string): Manager =>
  deepEqual(entry.fields as unknown as Json, fields as unknown as Json) ? entry : { ...entry, fields, time };

export interface Applied {
  object: JsonObject;
  managers: readonly Manager[];
  conflicts: Conflict[];
}

/** What server-side apply makes of the merged object, and whose fields it takes. */
export function afterApply(
  types: TypeTable,
  definition: KindDefinition,
  managers: readonly Manager[],
  objects: { before: JsonObject; merged: JsonObject; config: JsonObject },
  own: ManagerOf,
): Applied {
  const fields = ownable(fieldsOf(types, definition.type, objects.config), own.subresource);
  const mine = managers.find((entry) => isOf(entry, "Apply", own));
  const others = managers.filter((entry) => entry !== mine);
  const owned = others.reduce((sum, entry) => union(sum, entry.fields), fields);
  // A list stays as long as somebody owns one of its items.
  const dropped = difference(mine?.fields ?? EMPTY, withParents(owned));
  const object = isEmpty(dropped) ? objects.merged : prune(types, definition.type, objects.merged, dropped);
  const found = compare(types, definition.type, objects.before, object);
  const changed = ownable(found.changed, own.subresource);
  const allowed = own.manager === "kubectl" ? lastApplied(types, definition, objects.before) : EMPTY;
  const conflicts = others.flatMap((manager) =>
    pathsOf(difference(intersection(manager.fields, changed), allowed)).map((path) => ({ manager, path })),
  );
  const gone = union(changed, ownable(found.removed, own.subresource));
  const entries = managers.map((entry) =>
    withFields(entry, entry === mine ? fields : difference(entry.fields, gone), own.time),
  );
  if (!mine) entries.push({ ...own, operation: "Apply", fields });
  return { object, managers: settled(managers, entries), conflicts };
}

/** Without managers of nothing; the list before if it says the same. */
function settled(before: readonly Manager[], entries: readonly Manager[]): readonly Manager[] {
  const next = entries.filter(({ fields }) => !isEmpty(fields));
  return deepEqual(next as unknown as Json, before as unknown as Json) ? before : next;
}

/** What kubectl's client-side apply had set, as it still stands there: its server-side apply may take that over. */
function lastApplied(types: TypeTable, definition: KindDefinition, live: JsonObject): FieldTree {
  const metadata = live["metadata"];
  const annotations = isObject(metadata) ? (metadata as JsonObject)["annotations"] : undefined;
  const text = isObject(annotations) ? (annotations as JsonObject)[LAST_APPLIED] : undefined;
  if (typeof text !== "string") return EMPTY;
  try {
    const config = JSON.parse(text) as JsonObject;
    const { changed, removed } = compare(types, definition.type, config, live);
    return difference(difference(fieldsOf(types, definition.type, config), changed), removed);
  } catch {
    return EMPTY;
  }
}

/** Of metadata.managedFields as somebody sent it; undefined if it names nobody. */
export function managersFrom(given: Json | undefined): Manager[] | undefined {
  if (!Array.isArray(given) || given.length === 0) return undefined;
  return (given as JsonObject[]).map((entry) => {
    const { apiVersion, manager, operation, subresource, time } = entry as unknown as Manager;
    const fields = fromFieldsV1((entry["fieldsV1"] ?? {}) as JsonObject);
    return { manager, operation, apiVersion, ...(subresource && { subresource }), time, fields };
  });
}

/** metadata.managedFields */
export function managedFields(managers: readonly Manager[]): JsonObject[] {
  const order = ({ operation, time, manager, subresource = "" }: Manager): string =>
    [operation, time, manager, subresource].join("\u0000");
  return [...managers]
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ apiVersion, fields, manager, operation, subresource, time }) => ({
      apiVersion,
      fieldsType: "FieldsV1",
      fieldsV1: toFieldsV1(fields),
      manager,
      operation,
      ...(subresource !== undefined && { subresource }),
      time,
    }));
}
