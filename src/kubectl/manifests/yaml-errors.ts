// What the Go parser says of a document that cannot be read, from where the YAML library stumbled. parse.ts calls it.
// Kubernetes: vendored gopkg.in/yaml.v2, scannerc.go, parserc.go and decode.go (v1.35)
import { isSeq, type Document, type YAMLError } from "yaml";

export interface YamlProblem {
  /** Such as "yaml: line 4: found character that cannot start any token". */
  text: string;
  /** 1-based, within the document. */
  line: number;
}

export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let index = 0; index < offset && index < text.length; index++) if (text[index] === "\n") line++;
  return line;
}

// The Go parser counts lines from 0; what its scanner finds is shown one higher, and the first line not at all.
interface GoError {
  text: string;
  stage: "scanner" | "parser";
  /** Offset of the character or token that is blamed. */
  at: number;
}

export function describe(error: YAMLError, text: string, document: Document): YamlProblem {
  const [offset] = error.pos;
  const line = lineAt(text, offset);
  const go = tabError(text, line) ?? goError(error, text, document);
  const blamed = lineAt(text, go.at);
  const shown = blamed === 1 ? "" : `line ${go.stage === "scanner" ? blamed : blamed - 1}: `;
  return { text: `yaml: ${shown}${go.text}`, line };
}

const NO_TOKEN = "found character that cannot start any token";
const NO_KEY = "did not find expected key";
const NO_CONTENT = "did not find expected node content";
const NO_DASH = "did not find expected '-' indicator";

/** A tab that indents goes on with a plain scalar of the line before, or else begins nothing. */
function tabError(text: string, line: number): GoError | undefined {
  const lines = text.split("\n");
  const tab = /^ *\t/.exec(lines[line - 1] ?? "");
  if (!tab) return undefined;
  const before = lines
    .slice(0, line - 1)
    .map((earlier) => earlier.replace(/(^|\s)#.*$/, "").trimEnd())
    .findLast((earlier) => earlier.trim() !== "");
  const isPlain = before !== undefined && !/[:\-|>"'\]},[{]$/.test(before);
  const at = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  return {
    text: isPlain ? "found a tab character that violates indentation" : NO_TOKEN,
    stage: "scanner",
    at,
  };
}

function goError({ code, message, pos: [offset] }: YAMLError, text: string, document: Document): GoError {
  const scanner = (said: string, at = offset): GoError => ({ text: said, stage: "scanner", at });
  const parser = (said: string, at = offset): GoError => ({ text: said, stage: "parser", at });
  switch (code) {
    case "TAB_AS_INDENT":
    case "BAD_SCALAR_START":
      return scanner(NO_TOKEN);
    case "BLOCK_AS_IMPLICIT_KEY":
      if (message.startsWith("A block sequence")) return parser(NO_KEY);
      return scanner("mapping values are not allowed in this context", nextColon(text, offset));
    case "MULTILINE_IMPLICIT_KEY":
      return scanner("could not find expected ':'");
    case "BAD_DQ_ESCAPE":
      return scanner("found unknown escape character");
    case "BLOCK_IN_FLOW":
      return parser(NO_CONTENT);
    case "BAD_INDENT": {
      const close = /^Flow .* end with a (.)$/.exec(message)?.[1];
      return parser(close ? `did not find expected ',' or '${close}'` : NO_KEY, nextToken(text, offset));
    }
    case "MISSING_CHAR":
      return missing(message, text, offset);
    case "BAD_ALIAS":
      return scanner("did not find expected alphabetic or numeric character");
    case "UNEXPECTED_TOKEN":
      if (/same line with key/.test(message))
        return scanner("block sequence entries are not allowed in this context");
      if (/^(Block scalar header|Not a YAML token)/.test(message))
        return scanner("did not find expected comment or line break");
      if (/in flow (sequence|map)/.test(message)) return parser(NO_CONTENT);
      return parser(isSeq(document.contents) && isAtMargin(text, offset) ? NO_DASH : NO_KEY);
    default:
      return parser(NO_KEY);
  }
}

function missing(message: string, text: string, at: number): GoError {
  if (/closing .*quote/.test(message))
    return { text: "found unexpected end of stream", stage: "scanner", at };
  // It is missed where the next line begins.
  if (/Implicit map keys|map value/i.test(message)) {
    const end = text.indexOf("\n", at);
    return { text: "could not find expected ':'", stage: "scanner", at: end < 0 ? at : nextToken(text, end) };
  }
  const parser = (said: string): GoError => ({ text: said, stage: "parser", at });
  if (message.includes("- indicator")) return parser(NO_DASH);
  if (/flow sequence|\]/.test(message)) return parser("did not find expected ',' or ']'");
  if (/flow map|\}/.test(message)) return parser("did not find expected ',' or '}'");
  return parser(NO_KEY);
}

const isAtMargin = (text: string, offset: number): boolean => offset === 0 || text[offset - 1] === "\n";

/** What follows blanks, line ends and comments. */
function nextToken(text: string, offset: number): number {
  return offset + /^(?:\s+|#.*)*/.exec(text.slice(offset))![0].length;
}

function nextColon(text: string, offset: number): number {
  const found = /:(?=\s|$)/.exec(text.slice(offset));
  return found ? offset + found.index : offset;
}
