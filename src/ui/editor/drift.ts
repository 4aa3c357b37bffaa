// What the cluster has otherwise than a file says, because a command or a button changed it: the difference between the
// object as it was applied and as it is, less what the person has typed meanwhile. Pure.
import type { FieldType } from "#api/define";
import type { AnyObject, KindName } from "#api/kinds";
import { KINDS } from "#api/registry";
import { TYPES } from "#api/type-table";
import { deepEqual, define, isObject, type Json, type JsonObject } from "#base/json";
import { strategicMergePatch } from "#cluster/apiserver/patch/strategic";
import { LAST_APPLIED, lastApplied } from "#kubectl/apply/last-applied";
import { threeWayPatch } from "#kubectl/apply/three-way";
import type { PathPart } from "#kubectl/manifests/locate";
import { splitDocuments, type RawDocument } from "#kubectl/manifests/split";
import type { AppliedObjects } from "#session/applied";
import { isServers } from "./drift-servers.ts";
import { objectsOfDocument, type FileObject } from "./file-objects.ts";

export interface Change {
  /** "replicas", "template.spec.containers[kubia].image" */
  field: string;
  before: Json | undefined;
  after: Json | undefined;
}

export interface FileDocument {
  raw: RawDocument;
  /** Where in the document it stands, if that is a List. */
  path: readonly PathPart[];
  kind: KindName;
  key: string;
  name: string;
  value: JsonObject;
}

export interface Drift {
  document: FileDocument;
  changes: Change[];
  /** A strategic merge patch of what the file can take. */
  patch: JsonObject;
  /** It is no longer in the cluster. */
  gone: boolean;
  /** The person has typed something else there, which stays. */
  kept: number;
}

/** The documents of a text that name one object each; none behind what cannot be read. */
export function documentsOf(text: string): FileDocument[] {
  const documents: FileDocument[] = [];
  for (const raw of splitDocuments(text)) {
    const objects = objectsOfDocument(raw);
    if (!objects) return documents;
    documents.push(...objects.flatMap(named));
  }
  return documents;
}

function named({ raw, path, value }: FileObject): FileDocument[] {
  const { name, namespace } = (isObject(value["metadata"]) ? value["metadata"] : {}) as JsonObject;
  const kind = KINDS.find((item) => item.kind === value["kind"]);
  if (!kind || typeof name !== "string") return [];
  const key = kind.namespaced ? `${typeof namespace === "string" ? namespace : "default"}/${name}` : name;
  return [{ raw, path, kind: kind.kind, key, name, value }];
}

export function driftsOf(
  documents: readonly FileDocument[],
  applied: AppliedObjects,
  live: (kind: KindName, key: string) => AnyObject | undefined,
): Drift[] {
  return documents.flatMap((document): Drift[] => {
    const base = applied.get(`${document.kind}/${document.key}`);
    const now = live(document.kind, document.key);
    if (!base) return [];
    const last = lastApplied(base.object as unknown as JsonObject);
    if (!now)
      return base.gone
        ? [
            {
              document,
              changes: [],
              patch: {},
              gone: true,
              kept: last && !covers(last, document.value) ? 1 : 0,
            },
          ]
        : [];
    if (now === base.object && base.sure) return [];
    if (now.metadata.deletionTimestamp !== undefined) return [];
    const before = beforeOf(wantedOf(base.object), base.sure ? undefined : last, document.kind);
    const after = wantedOf(now);
    const patch = threeWayPatch(before, after, before, { types: TYPES, root: document.kind });
    const walked = walkMap(patch, {
      typed: document.value,
      before,
      after,
      last,
      type: { kind: "ref", type: document.kind },
      path: [],
      root: document.kind,
    });
    return walked.changes.length === 0 ? [] : [{ document, gone: false, ...walked }];
  });
}

/** Whatever a person writes of an object. */
function wantedOf(object: AnyObject): JsonObject {
  const { metadata, status: _, ...rest } = object as unknown as JsonObject & { metadata: JsonObject };
  const { labels, annotations } = metadata as { labels?: JsonObject; annotations?: JsonObject };
  const own = Object.entries(annotations ?? {}).filter(
    ([key]) => key !== LAST_APPLIED && !key.startsWith("deployment.kubernetes.io/"),
  );
  return { ...rest, metadata: { labels: labels ?? {}, annotations: Object.fromEntries(own) } } as JsonObject;
}

/** An object that was first seen after commands may have changed it, with what the file had said put back. */
function beforeOf(seen: JsonObject, last: JsonObject | undefined, root: string): JsonObject {
  if (!last || covers(last, seen)) return seen;
  const merged = strategicMergePatch(TYPES, root, seen, wantedOf(last as unknown as AnyObject));
  const [spec, mergedSpec, lastSpec] = [seen["spec"], merged["spec"], last["spec"]];
  if (!isObject(spec) || !isObject(mergedSpec) || !isObject(lastSpec)) return merged;
  // Fields that say the same stay with their defaults, which lists without a key would lose.
  const kept = Object.entries(mergedSpec).map(([key, value]) =>
    key in lastSpec && covers(lastSpec[key] as Json, spec[key] as Json) ? [key, spec[key]] : [key, value],
  );
  return { ...merged, spec: Object.fromEntries(kept) as JsonObject };
}

/** Whether all of `some` stands in `all`. */
function covers(some: Json | undefined, all: Json | undefined): boolean {
  if (isObject(some))
    return (
      isObject(all) &&
      Object.keys(some).every((key) => key === "metadata" || covers(some[key] as Json, all[key] as Json))
    );
  if (Array.isArray(some))
    return (
      Array.isArray(all) &&
      some.length === all.length &&
      some.every((item, index) => covers(item, all[index]))
    );
  return deepEqual(some, all);
}

interface Place {
  typed: JsonObject | undefined;
  before: JsonObject | undefined;
  after: JsonObject | undefined;
  last: JsonObject | undefined;
  type: FieldType | undefined;
  path: readonly string[];
  root: string;
}

type Walked = Pick<Drift, "changes" | "patch" | "kept">;

const nothing = (): Walked => ({ changes: [], patch: {}, kept: 0 });
const mapAt = (value: JsonObject | undefined, key: string): JsonObject | undefined =>
  isObject(value?.[key]) ? (value[key] as JsonObject) : undefined;
const listAt = (value: JsonObject | undefined, key: string): JsonObject[] =>
  Array.isArray(value?.[key])
    ? (value[key] as Json[]).filter((item): item is JsonObject => isObject(item))
    : [];

function fieldOf(type: FieldType | undefined, key: string): FieldType | undefined {
  if (type?.kind === "map") return type.of;
  return type?.kind === "ref" ? TYPES[type.type]?.fields[key] : undefined;
}

function walkMap(patch: JsonObject, place: Place): Walked {
  const result = nothing();
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith("$")) continue;
    const type = fieldOf(place.type, key);
    const path = [...place.path, key];
    const inner = { ...place, type, path };
    const [before, typed] = [place.before?.[key], place.typed?.[key]];
    if (isObject(value) && isObject(before) && (typed === undefined || isObject(typed)))
      add(result, key, walkMap(value as JsonObject, maps(inner, place, key)));
    else if (Array.isArray(value) && Array.isArray(before) && type?.kind === "list" && type.mergeKey)
      addList(result, key, value as JsonObject[], {
        place: inner,
        outer: place,
        mergeKey: type.mergeKey,
        of: type.of,
      });
    else leaf(result, key, value, inner, place);
  }
  return result;
}

const maps = (inner: Place, { typed, before, after, last }: Place, key: string): Place => ({
  ...inner,
  typed: mapAt(typed, key),
  before: mapAt(before, key),
  after: mapAt(after, key),
  last: last && (mapAt(last, key) ?? {}),
});

function add(result: Walked, key: string, { changes, patch, kept }: Walked): void {
  result.changes.push(...changes);
  result.kept += kept;
  if (changes.length > 0) define(result.patch, key, patch);
}

/** One field: taken if the file says there what it said when it was applied. */
function leaf(result: Walked, key: string, value: Json, { path, root }: Place, outer: Place): void {
  const typed = outer.typed?.[key];
  const [before, after] = [outer.before?.[key], outer.after?.[key]];
  if (value === null ? typed === undefined : deepEqual(typed, after)) return;
  if (isServers(root, path, before, after)) return;
  const said = outer.last ? outer.last[key] : typed === undefined ? undefined : before;
  if (!deepEqual(typed, said)) {
    result.kept++;
    return;
  }
  define(result.patch, key, value);
  result.changes.push({ field: fieldName(path), before: typed ?? before, after });
}

interface ListPlace {
  place: Place;
  outer: Place;
  mergeKey: string;
  of: FieldType | undefined;
}

function addList(result: Walked, key: string, items: readonly JsonObject[], list: ListPlace): void {
  const { place, outer, mergeKey } = list;
  const taken: JsonObject[] = [];
  for (const item of items) {
    const name = item[mergeKey] as Json;
    const find = (value: JsonObject | undefined): JsonObject | undefined =>
      listAt(value, key).find((other) => other[mergeKey] === name);
    const [typed, before, after, last] = [outer.typed, outer.before, outer.after, outer.last].map(find);
    const path = [...place.path, `[${String(name)}]`];
    if (item["$patch"] === "delete") {
      if (!typed) continue;
      const mine = outer.last ? !deepEqual(typed, last) : !covers(typed, before);
      if (mine) result.kept++;
      else {
        taken.push(item);
        result.changes.push({ field: fieldName(path), before: typed, after: undefined });
      }
    } else if (!before) {
      if (typed) continue;
      taken.push(item);
      result.changes.push({ field: fieldName(path), before: undefined, after: item });
    } else if (typed) {
      const { [mergeKey]: _, ...fields } = item;
      const inner = { ...place, type: list.of, path, typed, before, after, last: outer.last && (last ?? {}) };
      const walked = walkMap(fields, inner);
      result.changes.push(...walked.changes);
      result.kept += walked.kept;
      if (walked.changes.length > 0) taken.push({ ...walked.patch, [mergeKey]: name });
    } else result.kept++;
  }
  if (taken.length > 0) define(result.patch, key, taken);
}

/** "spec.template.spec.containers[kubia].image" without what every object begins with. */
function fieldName(path: readonly string[]): string {
  return path
    .join(".")
    .replaceAll(".[", "[")
    .replace(/^(spec|metadata)\./, "");
}
