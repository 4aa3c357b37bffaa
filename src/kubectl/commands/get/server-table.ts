// The Tables that the API server prints for get, and what kubectl makes of them: hidden columns, added columns, headers.
// Kubernetes: staging/src/k8s.io/cli-runtime/pkg/printers/tableprinter.go (v1.35)
import { isObject, ownValue, type JsonObject } from "#base/json";
import { align, oneLine, type Grid } from "../../printers/table.ts";

export const TABLE =
  "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

export interface Row {
  cells: unknown[];
  object: JsonObject;
}

export interface ServerTable {
  columnDefinitions: { name: string; type: string; format: string; priority: number }[];
  rows: Row[];
}

export interface TableOptions {
  wide: boolean;
  noHeaders: boolean;
  withNamespace: boolean;
  /** "service" or "deployment.apps", put before names. */
  kindPrefix?: string;
  labelColumns: readonly string[];
  showLabels: boolean;
  /** Printed before each row: what a watch saw. */
  events?: readonly string[];
}

export function asTable(body: unknown): ServerTable | undefined {
  return isObject(body) && body["kind"] === "Table" ? (body as unknown as ServerTable) : undefined;
}

export function printTable(table: ServerTable, options: TableOptions, grid: Grid, headers: boolean): string {
  return align(linesOf(table, options, headers), grid);
}

/** Tables one below the other in one grid, each type with headers of its own. */
export function printTables(tables: readonly ServerTable[], options: TableOptions): string {
  const headersOf = (table: ServerTable | undefined): string =>
    (table?.columnDefinitions ?? []).map(({ name }) => name).join(",");
  return align(
    tables.flatMap((table, index) =>
      linesOf(table, options, headersOf(table) !== headersOf(tables[index - 1])),
    ),
  );
}

function linesOf(table: ServerTable, options: TableOptions, headers: boolean): string[][] {
  const shown = table.columnDefinitions.map(({ priority }) => options.wide || priority === 0);
  const pick = <T>(items: readonly T[]): T[] => items.filter((_, index) => shown[index]);
  const nameAt = pick(table.columnDefinitions).findIndex(
    ({ format, name }) => format === "name" || name === "Name",
  );
  const lines: string[][] = [];
  if (headers && !options.noHeaders) {
    lines.push([
      ...(options.events ? ["EVENT"] : []),
      ...(options.withNamespace ? ["NAMESPACE"] : []),
      ...pick(table.columnDefinitions).map(({ name }) => name.toUpperCase()),
      ...options.labelColumns.map(labelHeader),
      ...(options.showLabels ? ["LABELS"] : []),
    ]);
  }
  for (const [index, row] of table.rows.entries()) {
    const metadata = (row.object?.["metadata"] ?? {}) as {
      namespace?: string;
      labels?: Record<string, string>;
    };
    const cells = pick(row.cells).map(cellText);
    if (options.kindPrefix !== undefined && nameAt >= 0)
      cells[nameAt] = `${options.kindPrefix}/${cells[nameAt]}`;
    lines.push([
      ...(options.events ? [options.events[index]!.padEnd(8)] : []),
      ...(options.withNamespace ? [metadata.namespace ?? ""] : []),
      ...cells,
      ...options.labelColumns.map((label) => ownValue(metadata.labels, label) ?? ""),
      ...(options.showLabels ? [labelsText(metadata.labels)] : []),
    ]);
  }
  return lines;
}

const labelHeader = (label: string): string => label.slice(label.lastIndexOf("/") + 1).toUpperCase();

function cellText(cell: unknown): string {
  return cell === null || cell === undefined ? "<none>" : oneLine(String(cell as string | number));
}

function labelsText(labels: Record<string, string> | undefined): string {
  const entries = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? "<none>" : entries.map(([key, value]) => `${key}=${value}`).join(",");
}
