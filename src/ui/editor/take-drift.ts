// Takes into a file what the cluster has: edits the document where it changed, so that comments, order and everything
// else stay as they were typed. Pure.
import type { FieldType } from "#api/define";
import { TYPES } from "#api/type-table";
import { deepEqual, isObject, type Json, type JsonObject } from "#base/json";
import { strategicMergePatch } from "#cluster/apiserver/patch/strategic";
import type { PathPart } from "#kubectl/manifests/locate";
import { parseYaml } from "#kubectl/manifests/parse";
import {
  isMap,
  isScalar,
  isSeq,
  stringify,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Drift, FileDocument } from "./drift.ts";
import { objectsOfDocument } from "./file-objects.ts";

/** The file's text with the drift taken in; undefined where that cannot be done without losing something. */
export function textWithDrift(text: string, { document, patch, gone, kept }: Drift): string | undefined {
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  const { raw } = document;
  const from = raw.firstLine - 1;
  const count = raw.text.split("\n").length;
  if (lines.slice(from, from + count).join("\n") !== raw.text) return undefined;
  if (gone && kept > 0) return undefined;
  if (gone && isAlone(document)) return without(lines, from, count);
  const edited = gone ? withoutItem(document) : editedDocument(document, patch);
  if (edited === undefined) return undefined;
  return [...lines.slice(0, from), ...edited.split("\n"), ...lines.slice(from + count)].join("\n");
}

/** With the dashes before or behind it. */
function without(lines: readonly string[], from: number, count: number): string {
  const dashes = (line: string | undefined): boolean => line !== undefined && /^---\s*(#.*)?$/.test(line);
  const start = dashes(lines[from - 1]) ? from - 1 : from;
  const end = start === from && dashes(lines[from + count]) ? from + count + 1 : from + count;
  return [...lines.slice(0, start), ...lines.slice(end)].join("\n");
}

interface TextEdit {
  from: number;
  to: number;
  text: string;
}

function editedDocument({ raw, path, kind }: FileDocument, patch: JsonObject): string | undefined {
  const parsed = parseYaml(raw.text);
  const node = parsed.ok ? parsed.parsed.document.getIn(path, true) : undefined;
  if (!parsed.ok || !isMap(node)) return undefined;
  const { document, value } = parsed.parsed;
  const edits: TextEdit[] = [];
  const small = editMap(node as YAMLMap, patch, { kind: "ref", type: kind }, { document, edits });
  const result = small ? withEdits(raw.text, edits) : written(document, raw.text);
  const change = (item: JsonObject): JsonObject => strategicMergePatch(TYPES, kind, item, patch);
  return says(result, changedAt(value, path, change));
}

/** The document has nothing else. */
function isAlone({ raw, path }: FileDocument): boolean {
  if (path.length === 0) return true;
  return path.length === 2 && objectsOfDocument(raw)?.length === 1;
}

function withoutItem({ raw, path }: FileDocument): string | undefined {
  const parsed = parseYaml(raw.text);
  if (!parsed.ok) return undefined;
  const { document, value } = parsed.parsed;
  document.deleteIn(path);
  return says(
    written(document, raw.text),
    changedAt(value, path, () => undefined),
  );
}

/** Written as the rest of the text is. */
function written(document: Document, text: string): string {
  return `${document.toString(styleOf(text)).trimEnd()}${/\s*$/.exec(text)![0]}`;
}

/** The text, if it says what was meant. */
function says(text: string, meant: Json): string | undefined {
  const again = parseYaml(text);
  return again.ok && deepEqual(again.parsed.value, meant) ? text : undefined;
}

/** The value with another one at the path; without it where there is no other. */
function changedAt(
  value: Json,
  [part, ...rest]: readonly PathPart[],
  change: (item: JsonObject) => JsonObject | undefined,
): Json {
  if (part === undefined) return change(value as JsonObject) as Json;
  const inner = (value as Record<PathPart, Json>)[part]!;
  const changed = changedAt(inner, rest, change) as Json | undefined;
  if (Array.isArray(value)) return value.flatMap((item, at) => (at !== part ? [item] : (changed ?? [])));
  return { ...(value as JsonObject), [part]: changed! };
}

function withEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((now, edit) => now.slice(0, edit.from) + edit.text + now.slice(edit.to), text);
}

function styleOf(text: string): { lineWidth: 0; indentSeq: boolean; flowCollectionPadding: boolean } {
  return {
    lineWidth: 0,
    indentSeq: !/^( *)[^\s#-][^\n]*:[ ]*\n\1- /m.test(text),
    flowCollectionPadding: /\{ \S/.test(text),
  };
}

interface Editing {
  document: Document;
  /** For scalars that only change their value; the document changes along. */
  edits: TextEdit[];
}

/** Changes the map; true where changes of single values in the text do. */
function editMap(map: YAMLMap, patch: JsonObject, type: FieldType | undefined, editing: Editing): boolean {
  let small = true;
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith("$")) continue;
    const field =
      type?.kind === "map" ? type.of : type?.kind === "ref" ? TYPES[type.type]?.fields[key] : undefined;
    const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key) as
      | Pair<Node, Node | null>
      | undefined;
    if (value === null) {
      map.delete(key);
      small = false;
    } else if (pair && isMap(pair.value) && isObject(value))
      small = editMap(pair.value, value as JsonObject, field, editing) && small;
    else if (pair && isSeq(pair.value) && field?.kind === "list" && field.mergeKey && Array.isArray(value))
      small = editList(pair.value, value as JsonObject[], field, editing) && small;
    else small = setValue(map, key, pair, value, editing) && small;
  }
  return small;
}

function setValue(
  map: YAMLMap,
  key: string,
  pair: Pair<Node, Node | null> | undefined,
  value: Json,
  { document, edits }: Editing,
): boolean {
  const node = pair?.value;
  const plain = isScalar(node) && node.range && !node.anchor && !node.tag && !node.type?.startsWith("BLOCK");
  if (pair && plain && !isObject(value) && !Array.isArray(value)) {
    const [from, to] = node.range!;
    const text = stringify(value, { version: "1.1", lineWidth: 0 }).trimEnd();
    if (to > from && !text.includes("\n")) {
      edits.push({ from, to, text });
      node.value = value;
      return true;
    }
  }
  const made = document.createNode(withoutDirectives(value));
  if (pair) {
    // A comment beside or below the old value stays.
    if (node) Object.assign(made as Node, { comment: node.comment, commentBefore: node.commentBefore });
    pair.value = made as Node;
  } else map.set(document.createNode(key), made);
  return false;
}

function editList(
  list: YAMLSeq,
  items: readonly JsonObject[],
  type: Extract<FieldType, { kind: "list" }>,
  editing: Editing,
): boolean {
  let small = true;
  const mergeKey = type.mergeKey!;
  for (const item of items) {
    const at = list.items.findIndex((node) => isMap(node) && node.get(mergeKey) === item[mergeKey]);
    if (item["$patch"] === "delete") {
      if (at >= 0) list.items.splice(at, 1);
      small = false;
    } else if (at < 0) {
      list.add(editing.document.createNode(withoutDirectives(item)));
      small = false;
    } else small = editMap(list.items[at] as YAMLMap, item, type.of, editing) && small;
  }
  return small;
}

/** What a patch says to the server about order has no place in a file. */
function withoutDirectives(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutDirectives);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith("$"))
      .map(([key, item]) => [key, withoutDirectives(item as Json)]),
  );
}
