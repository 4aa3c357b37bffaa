// Reads one YAML document as kubectl does: YAML 1.1 scalars, later keys win, and errors in the words of the Go parser.
import { parseDocument, type Document, type ScalarTag, type Tags, type YAMLError } from "yaml";
import { define, isObject, type Json } from "#base/json";
import { goNumber } from "./numbers.ts";

export interface ParsedDocument {
  value: Json;
  /** Its nodes, for finding the line of a field. */
  document: Document;
  /** Keys that stand twice in one mapping; kubectl takes the later one without a word. */
  duplicates: { key: string; line: number }[];
}

export interface YamlProblem {
  /** Such as "yaml: line 4: found character that cannot start any token". */
  text: string;
  /** 1-based, within the document. */
  line: number;
}

export type ParseResult = { ok: true; parsed: ParsedDocument } | { ok: false; problem: YamlProblem };

// The Go parser has numbers of its own and knows none of base 60, and dates stay text on their way to JSON.
const isOwn = (tag: Tags[number]): boolean =>
  typeof tag === "string" || !/:(?:int|float|timestamp|binary|omap|pairs|set)$/.test((tag as ScalarTag).tag);

/** Parses one document. Never throws; nesting and aliases are bounded by the parser. */
export function parseYaml(text: string): ParseResult {
  let document: Document;
  const duplicates: { key: string; line: number }[] = [];
  try {
    document = parseDocument(text, {
      version: "1.1",
      schema: "yaml-1.1",
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      keepSourceTokens: false,
      customTags: (tags) => [...tags.filter(isOwn), goNumber],
    });
    const error = document.errors[0];
    if (error) return { ok: false, problem: describe(error, text) };
    const value = toJson(document.toJS({ maxAliasCount: 100 }));
    collectDuplicates(document.contents, text, duplicates);
    return { ok: true, parsed: { value, document, duplicates } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const anchor = /anchor[^:]*: (\S+)/i.exec(message)?.[1];
    const said = anchor
      ? `yaml: unknown anchor '${anchor}' referenced`
      : "yaml: document contains excessive aliasing";
    return { ok: false, problem: { text: said, line: 1 } };
  }
}

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

export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let index = 0; index < offset && index < text.length; index++) if (text[index] === "\n") line++;
  return line;
}

// Scanner errors count lines from 1 in the Go parser, parser errors name the line before.
interface GoError {
  text: string;
  stage: "scanner" | "parser";
}

function describe(error: YAMLError, text: string): YamlProblem {
  const line = lineAt(text, error.pos[0]);
  const tab = /^\s*\t/.exec(text.split("\n")[line - 1] ?? "");
  const go: GoError = tab
    ? { text: "found character that cannot start any token", stage: "scanner" }
    : goError(error);
  const shown = go.stage === "scanner" ? line : Math.max(line - 1, 1);
  return { text: `yaml: line ${shown}: ${go.text}`, line };
}

function goError(error: YAMLError): GoError {
  const { code, message } = error;
  switch (code) {
    case "TAB_AS_INDENT":
    case "BAD_SCALAR_START":
      return { text: "found character that cannot start any token", stage: "scanner" };
    case "BLOCK_AS_IMPLICIT_KEY":
      return { text: "mapping values are not allowed in this context", stage: "scanner" };
    case "MULTILINE_IMPLICIT_KEY":
      return { text: "could not find expected ':'", stage: "scanner" };
    case "BAD_DQ_ESCAPE":
      return { text: "found unknown escape character", stage: "scanner" };
    case "BAD_INDENT": {
      const flow = /^Flow .* end with a (.)$/.exec(message)?.[1];
      return {
        text: flow ? `did not find expected ',' or '${flow}'` : "did not find expected key",
        stage: "parser",
      };
    }
    case "MISSING_CHAR":
      if (/closing .*quote/.test(message))
        return { text: "found unexpected end of stream", stage: "scanner" };
      if (/Implicit map keys|map value/i.test(message))
        return { text: "could not find expected ':'", stage: "scanner" };
      if (/\]/.test(message)) return { text: "did not find expected ',' or ']'", stage: "parser" };
      if (/\}/.test(message)) return { text: "did not find expected ',' or '}'", stage: "parser" };
      return { text: "did not find expected key", stage: "parser" };
    case "BAD_ALIAS":
      return { text: "did not find expected alphabetic or numeric character", stage: "scanner" };
    default:
      return { text: "did not find expected key", stage: "parser" };
  }
}
