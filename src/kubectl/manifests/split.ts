// Splits a manifest file into its YAML documents, as kubectl's stream reader does, and remembers where each began.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/yaml (v1.35)

import { jsonEnd } from "./json-syntax.ts";

export interface RawDocument {
  text: string;
  /** 1-based line of the file at which the text begins. */
  firstLine: number;
  /** Set when the line that should separate documents has something else behind its dashes. */
  separatorError?: string;
}

/** Documents that hold more than comments and blanks, in order. A bad separator ends the list with its error. */
export function splitDocuments(text: string): RawDocument[] {
  const documents: RawDocument[] = [];
  let lines: string[] = [];
  let firstLine = 1;
  const flush = (nextLine: number): void => {
    if (lines.some(hasContent)) documents.push(...jsonStream(lines.join("\n"), firstLine));
    lines = [];
    firstLine = nextLine;
  };
  const all = text
    .replace(/\r\n/g, "\n")
    .replace(/^\uFEFF/, "")
    .split("\n");
  for (const [index, line] of all.entries()) {
    if (!line.startsWith("---")) {
      lines.push(line);
      continue;
    }
    const rest = line.slice(3);
    if (/^\s*(#.*)?$/.test(rest)) {
      flush(index + 2);
      continue;
    }
    // A bad separator takes the document before it along.
    documents.push({
      text: line,
      firstLine: index + 1,
      separatorError: `invalid Yaml document separator: ${rest.trim()}`,
    });
    return documents;
  }
  flush(all.length + 1);
  return documents;
}

function hasContent(line: string): boolean {
  return !/^\s*(#.*)?$/.test(line) && !/^\.\.\.\s*$/.test(line);
}

/** JSON objects may follow one another without anything between them. */
function jsonStream(text: string, firstLine: number): RawDocument[] {
  const documents: RawDocument[] = [];
  let line = firstLine;
  for (let rest = text; rest.trim() !== "";) {
    const end = rest.trimStart().startsWith("{") ? jsonEnd(rest) : undefined;
    if (end === undefined) return [{ text, firstLine }];
    documents.push({ text: rest.slice(0, end), firstLine: line });
    line += rest.slice(0, end).split("\n").length - 1;
    rest = rest.slice(end);
  }
  return documents;
}
