// -o custom-columns and custom-columns-file: a table whose cells are found by JSONPath.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/get/customcolumn.go (v1.35)
import { plainError } from "../errors.ts";
import { JsonPathError } from "./jsonpath-parse.ts";
import { findResults, toText } from "./jsonpath.ts";

export interface CustomColumn {
  header: string;
  /** A JSONPath template with braces. */
  path: string;
}

/** `NAME:.metadata.name,IP:.spec.clusterIP` */
export function parseCustomColumns(spec: string): CustomColumn[] {
  if (spec === "") throw plainError("custom-columns format specified but no custom columns given");
  return spec.split(",").map((part) => {
    const colon = part.indexOf(":");
    if (colon < 0)
      throw plainError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), path: relaxedPath(part.slice(colon + 1)) };
  });
}

/** The first line holds the headers, the second a path for each. */
export function parseColumnsFile(text: string): CustomColumn[] {
  const lines = text.split("\n");
  const words = (line: string | undefined): string[] =>
    (line ?? "").split(/\s+/).filter((word) => word !== "");
  if (lines.length < 2 && words(lines[0]).length === 0)
    throw plainError(
      "invalid template, missing header line. Expected format is one line of space separated headers, one line of space separated column specs.",
    );
  const headers = words(lines[0]);
  const specs = words(lines[1]);
  if (specs.length === 0)
    throw plainError(
      "invalid template, missing spec line. Expected format is one line of space separated headers, one line of space separated column specs.",
    );
  if (headers.length !== specs.length)
    throw plainError(
      `number of headers (${headers.length}) and field specifications (${specs.length}) don't match`,
    );
  return headers.map((header, index) => ({ header, path: relaxedPath(specs[index]!) }));
}

const NAMES = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/;

/** Accepts `x.y`, `.x.y`, `{x.y}` and `{.x.y}`. */
export function relaxedPath(path: string): string {
  if (path === "") return "";
  const match = NAMES.exec(path);
  if (!match)
    throw plainError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  return `{.${match[1] ?? match[2]}}`;
}

export function columnCells(columns: readonly CustomColumn[], object: unknown): string[] {
  return columns.map(({ path }) => {
    const values = resultsOf(path, object);
    return values.length === 0 ? "<none>" : values.map(cellText).join(",");
  });
}

const cellText = (value: unknown): string =>
  value === null || value === undefined ? "<nil>" : goValue(value);

/** Lists and maps as Go's %v prints them. */
function goValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goValue).join(" ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([key, item]) => `${key}:${goValue(item)}`).join(" ")}]`;
  }
  return value === null ? "<nil>" : toText(value);
}

function resultsOf(path: string, object: unknown): unknown[] {
  try {
    return findResults(path, object, { allowMissing: true }).flat();
  } catch (error) {
    if (error instanceof JsonPathError) throw plainError(error.message);
    throw error;
  }
}
