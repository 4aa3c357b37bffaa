// get as a table: one for each type, under one another, with what kubectl adds of namespaces, kinds and labels.
import { humanDuration } from "#api/duration";
import { parseRfc3339 } from "#base/time";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { KubectlError } from "../../command.ts";
import { StatusError } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { sortedPositions, UnsortableError } from "../../printers/sort.ts";
import { newGrid } from "../../printers/table.ts";
import type { ApiResource } from "../../mapper.ts";
import { fetchTarget, type Target, type Targets } from "../../resources.ts";
import { asTable, printTable, TABLE, type ServerTable, type TableOptions } from "./server-table.ts";
import { selectorTest } from "../../writing/local-selector.ts";

/** No -o, or -o wide. */
export function isTableOutput(flags: FlagValues): boolean {
  const output = text(flags, "output");
  return (output === "" && text(flags, "template") === "") || output === "wide";
}

interface Piece {
  resource: ApiResource;
  table: ServerTable;
}

/** Prints what was found and returns the errors of the rest. */
export function printTables(
  { targets, errors, selection }: Targets,
  flags: FlagValues,
  io: KubectlIo,
): Error[] {
  const failures = [...errors];
  const found = fetchPieces(targets, flags, io, failures);
  // A table has no labels itself, so that a selector finds none of what files name.
  const hidden = selection.files.length > 0 && !selectorTest(selection.labelSelector)({});
  const pieces = hidden ? [] : found.filter(({ table }) => table.rows.length > 0);
  const sorted = sortPieces(io, pieces, text(flags, "sort-by"));
  const showKind = flag(flags, "show-kind") || spansKinds(targets, pieces);
  const options = tableOptions(flags);
  for (const [index, { resource, table }] of sorted.entries()) {
    const rows = joined(sorted, index);
    if (rows.length === 0) continue;
    if (index > 0) io.stdout("\n");
    const withNamespace = selection.namespace === undefined && resource.namespaced;
    const kindPrefix = showKind ? { kindPrefix: prefixOf(resource) } : {};
    io.stdout(printTable({ ...table, rows }, { ...options, withNamespace, ...kindPrefix }, newGrid(), true));
  }
  if (sorted.length === 0 && failures.length === 0 && !flag(flags, "ignore-not-found"))
    io.stderr(nothingFound(targets, selection.namespace));
  return failures;
}

/** All rows of the run of pieces of one type that begins here. */
function joined(pieces: readonly Piece[], start: number): ServerTable["rows"] {
  const { resource } = pieces[start]!;
  if (start > 0 && pieces[start - 1]!.resource === resource) return [];
  let end = start;
  while (end < pieces.length && pieces[end]!.resource === resource) end++;
  return pieces.slice(start, end).flatMap(({ table }) => table.rows);
}

/** Kinds stand before names as soon as more than one type was asked for. */
function spansKinds(targets: readonly Target[], found: readonly Piece[]): boolean {
  const asked = new Set(targets.map(({ resource }) => resource));
  const bySelector = targets.some(({ kind }) => kind === "list");
  return bySelector ? asked.size > 1 : new Set(found.map(({ resource }) => resource)).size > 1;
}

export const prefixOf = ({ kind, group }: ApiResource): string =>
  group ? `${kind.toLowerCase()}.${group}` : kind.toLowerCase();

export function tableOptions(flags: FlagValues): TableOptions {
  return {
    wide: text(flags, "output") === "wide",
    noHeaders: flag(flags, "no-headers"),
    withNamespace: false,
    labelColumns: list(flags, "label-columns"),
    showLabels: flag(flags, "show-labels"),
  };
}

function nothingFound(targets: readonly Target[], namespace: string | undefined): string {
  const namespaced = namespace !== undefined && targets.every(({ resource }) => resource.namespaced);
  return namespaced ? `No resources found in ${namespace} namespace.\n` : "No resources found\n";
}

function fetchPieces(
  targets: readonly Target[],
  flags: FlagValues,
  io: KubectlIo,
  failures: Error[],
): Piece[] {
  const pieces: Piece[] = [];
  const query: Record<string, string> = text(flags, "sort-by") ? { includeObject: "Object" } : {};
  for (const target of targets) {
    try {
      const asked = flag(flags, "server-print") ? { accept: TABLE, query } : {};
      const { body } = fetchTarget(io, target, asked);
      const table = asTable(body) ?? plainTable(body, io.nowMs());
      pieces.push({ resource: target.resource, table });
    } catch (error) {
      if (!(error instanceof StatusError || error instanceof KubectlError)) throw error;
      const missing = error instanceof StatusError && error.status.reason === "NotFound";
      if (!(missing && flag(flags, "ignore-not-found"))) failures.push(error);
    }
  }
  return pieces;
}

/** What kubectl prints where the server makes no Table. */
function plainTable(body: unknown, nowMs: number): ServerTable {
  const object = body as { items?: unknown[] };
  const items = (object.items ?? [object]) as { metadata?: { name?: string; creationTimestamp?: string } }[];
  const column = (name: string, format: string) => ({ name, type: "string", format, priority: 0 });
  return {
    columnDefinitions: [column("Name", "name"), column("Age", "")],
    rows: items.map((item) => ({
      cells: [item.metadata?.name ?? "", age(item.metadata?.creationTimestamp, nowMs)],
      object: item as never,
    })),
  };
}

const age = (created: string | undefined, nowMs: number): string => {
  const at = created === undefined ? undefined : parseRfc3339(created);
  return at === undefined ? "<unknown>" : humanDuration(nowMs - at);
};

function sortPieces(io: KubectlIo, pieces: readonly Piece[], sortBy: string): readonly Piece[] {
  if (sortBy === "") return pieces;
  const rows = pieces.flatMap(({ resource, table }) =>
    table.rows.map((row): Piece & { object: unknown } => ({
      resource,
      table: { ...table, rows: [row] },
      object: row.object,
    })),
  );
  try {
    return sortedPositions(
      rows.map(({ object }) => object),
      sortBy,
    ).map((index) => rows[index]!);
  } catch (error) {
    if (error instanceof UnsortableError) throw error.fatal(io, true);
    // kubectl then prints nothing, as if there were nothing.
    if (error instanceof KubectlError) return [];
    throw error;
  }
}
