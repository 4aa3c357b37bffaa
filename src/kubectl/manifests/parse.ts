// Reads one YAML document as kubectl does: YAML 1.1 scalars, later keys win, and errors in the words of the Go parser.
import { parseDocument, type Document } from "yaml";
import type { ScalarTag, Tags } from "yaml";
import { define, isObject, type Json } from "#base/json";
import { jsonProblem } from "./json-syntax.ts";
import { goNumber } from "./numbers.ts";
import { keyProblem } from "./yaml-keys.ts";
import { yamlProblem, type YamlProblem } from "./yaml-grammar.ts";

export type { YamlProblem } from "./yaml-grammar.ts";

export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let index = 0; index < offset && index < text.length; index++) if (text[index] === "\n") line++;
  return line;
}

export interface ParsedDocument {
  value: Json;
  /** Its nodes, for finding the line of a field. */
  document: Document;
  /** Keys that stand twice in one mapping; kubectl takes the later one without a word. */
  duplicates: { key: string; line: number }[];
}

export type ParseResult = { ok: true; parsed: ParsedDocument } | { ok: false; problem: YamlProblem };

// The Go parser has numbers of its own and knows none of base 60, and dates stay text on their way to JSON.
const isOwn = (tag: Tags[number]): boolean =>
  typeof tag === "string" || !/:(?:int|float|timestamp|binary|omap|pairs|set)$/.test((tag as ScalarTag).tag);

/** Parses one document. Never throws; nesting and aliases are bounded by the parser. */
export function parseYaml(text: string): ParseResult {
  const control = controlAt(text);
  if (control >= 0) return failed("yaml: control characters are not allowed", lineAt(text, control));
  const problem = yamlProblem(text);
  if (problem) return { ok: false, problem };
  const document = readDocument(text);
  const error = document.errors[0];
  // What only the library stumbles over is told in its own words.
  if (error) return failed(`yaml: ${error.message}`, lineAt(text, error.pos[0]));
  const key = keyProblem(document.contents);
  if (key) return failed(key.text, lineAt(text, key.at));
  const duplicates: { key: string; line: number }[] = [];
  try {
    const value = toJson(document.toJS({ maxAliasCount: 100 }));
    collectDuplicates(document.contents, text, duplicates);
    return { ok: true, parsed: { value, document, duplicates } };
  } catch (thrown) {
    if (thrown instanceof NotJson) return failed(thrown.message, 1);
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const anchor = /anchor[^:]*: (\S+)/i.exec(message)?.[1];
    return failed(
      anchor ? `yaml: unknown anchor '${anchor}' referenced` : "yaml: document contains excessive aliasing",
      1,
    );
  }
}

/** Where a character stands that no document may have; -1 if there is none. */
function controlAt(text: string): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 127) return index;
  }
  return -1;
}

/** Of a manifest: what begins with a brace is tried as JSON first, and is blamed as JSON if it is neither. */
export function parseManifest(text: string): ParseResult & { isJson?: true } {
  const result = parseYaml(text);
  if (result.ok || !text.trimStart().startsWith("{")) return result;
  const problem = jsonProblem(text);
  if (problem === undefined) return result;
  return { ok: false, isJson: true, problem: { text: problem, line: result.problem.line } };
}

export function parseErrorText({ problem, isJson }: { problem: YamlProblem; isJson?: true }): string {
  return isJson ? problem.text : `error converting YAML to JSON: ${problem.text}`;
}

const failed = (text: string, line: number): ParseResult => ({ ok: false, problem: { text, line } });

function readDocument(text: string): Document {
  const document = parseDocument(text, {
    version: "1.1",
    schema: "yaml-1.1",
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    keepSourceTokens: false,
    customTags: (tags) => [...tags.filter(isOwn), goNumber],
  });
  // The Go parser lets \' pass in double quotes.
  const at = document.errors.find(({ code }) => code === "BAD_DQ_ESCAPE")?.pos[0];
  if (at === undefined || !text.startsWith("\\'", at)) return document;
  return readDocument(`${text.slice(0, at)}${text.slice(at + 1)}`);
}

/** A value that YAML knows and JSON does not. */
class NotJson extends Error {}

/** Plain JSON with string keys and no prototype surprises; what YAML has beyond JSON becomes text. */
function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) return toJson(Object.fromEntries(value));
  if (isObject(value)) {
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) define(copy, key, toJson(value[key]));
    return copy as Json;
  }
  if (typeof value === "bigint") return Number(value);
  if (value === undefined) return null;
  if (typeof value === "number" && !Number.isFinite(value)) {
    const shown = Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    throw new NotJson(`json: unsupported value: ${shown}`);
  }
  if (value === null || ["string", "boolean", "number"].includes(typeof value)) return value as Json;
  return String(value);
}

interface Pairs {
  items: { key?: { value?: unknown; range?: [number, number, number] | null }; value?: unknown }[];
}

function collectDuplicates(node: unknown, text: string, found: { key: string; line: number }[]): void {
  const items = (node as Pairs | null)?.items;
  if (!Array.isArray(items)) return;
  const seen = new Set<unknown>();
  for (const item of items) {
    const key = item?.key?.value;
    if (key === undefined) {
      collectDuplicates(item, text, found);
      continue;
    }
    if (seen.has(key) && item.key?.range)
      found.push({ key: String(key), line: lineAt(text, item.key.range[0]) });
    seen.add(key);
    collectDuplicates(item.value, text, found);
  }
}
