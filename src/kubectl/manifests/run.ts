// Runs a verb over a file's documents, one after another: what was done before a failing document stays done.
import type { TypeTable } from "#api/define";
import type { Status } from "#api/meta";
import { isObject, type Json } from "#base/json";
import { applyManifest, type ApplyContext, type ApplyOutcome } from "../apply/apply.ts";
import type { Handle } from "../cluster-access.ts";
import { deleteManifest } from "../delete/delete.ts";
import { fieldOf, statusText } from "../errors.ts";
import { locateField, parseFieldPath } from "./locate.ts";
import { parseErrorText, parseManifest, type ParsedDocument } from "./parse.ts";
import { splitDocuments, type RawDocument } from "./split.ts";
import { readManifest } from "./validate.ts";

export interface DocumentReport {
  file: string;
  /** 0-based index in the file, and the document's first line (1-based). */
  document: number;
  line: number;
  /** "service/kubia created"; empty when it failed. */
  message: string;
  warnings: string[];
  error?: { text: string; line: number; field?: string };
  /** Keys typed twice in one mapping, of which kubectl takes the later. */
  duplicates: { key: string; line: number }[];
}

export interface RunOptions {
  handle: Handle;
  namespace: string;
  types: TypeTable;
}

type Verb = (manifest: Parameters<typeof applyManifest>[0], context: ApplyContext) => ApplyOutcome;

export function applyFile(file: string, text: string, options: RunOptions): DocumentReport[] {
  return runFile(file, text, options, applyManifest);
}

export function deleteFile(file: string, text: string, options: RunOptions): DocumentReport[] {
  return runFile(file, text, options, deleteManifest);
}

function runFile(file: string, text: string, options: RunOptions, verb: Verb): DocumentReport[] {
  const reports: DocumentReport[] = [];
  const failures: Failure[] = [];
  for (const [index, raw] of splitDocuments(text).entries()) {
    const report: DocumentReport = {
      file,
      document: index,
      line: raw.firstLine,
      message: "",
      warnings: [],
      duplicates: [],
    };
    reports.push(report);
    const parsed = parse(raw, file, report);
    if (!parsed) break;
    for (const [item, value] of itemsOf(parsed.value).entries()) {
      const own = item === 0 ? report : { ...report, warnings: [], duplicates: [] };
      if (item > 0) reports.push(own);
      const failure = runDocument(own, value, raw, parsed, options, verb);
      if (failure) failures.push(failure);
    }
  }
  // A single Invalid error of a command is printed by its causes; several are printed as lists.
  const only = reports.filter((report) => report.error).length === 1;
  for (const { report, status, context } of failures) report.error!.text = statusText(status, context, only);
  return reports;
}

interface Failure {
  report: DocumentReport;
  status: Status;
  context: string;
}

/** Runs the verb on one object; what the server refused is worded later, when it is known how much was refused. */
function runDocument(
  report: DocumentReport,
  value: Json,
  raw: RawDocument,
  parsed: ParsedDocument,
  options: RunOptions,
  verb: Verb,
): Failure | undefined {
  const { file } = report;
  const read = readManifest(value, file);
  if (!read.ok) {
    report.error = located(read.problem.text, read.problem.field, raw, parsed);
    return undefined;
  }
  const outcome = verb(read.manifest, { ...options, file });
  report.warnings = outcome.warnings;
  if (outcome.ok) {
    report.message = outcome.message;
    return undefined;
  }
  if ("text" in outcome.error) {
    const { text } = outcome.error;
    const field = text.includes("no matches for kind") ? kindField(text, options) : "metadata.name";
    report.error = located(text, field, raw, parsed);
    return undefined;
  }
  const { status, context } = outcome.error;
  report.error = located("", fieldOf(status), raw, parsed);
  return { report, status, context };
}

/** A `kind: List` stands for its items. */
function itemsOf(value: Json): Json[] {
  const isList =
    isObject(value) &&
    value["kind"] === "List" &&
    value["apiVersion"] === "v1" &&
    Array.isArray(value["items"]);
  return isList ? (value["items"] as Json[]) : [value];
}

function parse(raw: RawDocument, file: string, report: DocumentReport): ParsedDocument | undefined {
  if (raw.separatorError) {
    report.error = { text: `error: error parsing ${file}: ${raw.separatorError}`, line: raw.firstLine };
    return undefined;
  }
  const result = parseManifest(raw.text);
  if (!result.ok) {
    const text = `error: error parsing ${file}: ${parseErrorText(result)}`;
    report.error = { text, line: raw.firstLine + result.problem.line - 1 };
    return undefined;
  }
  report.duplicates = result.parsed.duplicates.map(({ key, line }) => ({
    key,
    line: raw.firstLine + line - 1,
  }));
  return result.parsed;
}

/** An apiVersion that the server knows puts the blame on the kind, else on the apiVersion itself. */
function kindField(text: string, options: RunOptions): string {
  const version = /in version "([^"]*)"/.exec(text)?.[1] ?? "";
  const path = version.includes("/") ? `/apis/${version}` : `/api/${version}`;
  return options.handle({ method: "GET", path }).status === 200 ? "kind" : "apiVersion";
}

function located(
  text: string,
  field: string | undefined,
  raw: RawDocument,
  parsed: ParsedDocument,
): NonNullable<DocumentReport["error"]> {
  const { line } = locateField(parsed.document, raw.text, field ? parseFieldPath(field) : []);
  return { text, line: raw.firstLine + line - 1, ...(field ? { field } : {}) };
}
