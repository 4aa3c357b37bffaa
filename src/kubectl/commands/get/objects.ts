// get with -o json, yaml, name, templates and custom columns: the objects themselves, as one List where there are several.
import type { JsonObject } from "#base/json";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { flag, text } from "../../flags.ts";
import {
  columnCells,
  parseColumnsFile,
  parseCustomColumns,
  type CustomColumn,
} from "../../printers/custom-columns.ts";
import { printerFor, type Printer } from "../../printers/print.ts";
import { sortedPositions, UnsortableError } from "../../printers/sort.ts";
import { align, newGrid } from "../../printers/table.ts";
import { plainError } from "../../errors.ts";
import { fetchInfos, type Targets } from "../../resources.ts";
import { GET_FORMATS } from "./flags.ts";

/** Prints what was found and returns the errors of the rest. */
export function printObjects(
  { targets, errors, selection }: Targets,
  flags: FlagValues,
  io: KubectlIo,
): Error[] {
  const print = objectPrinter(flags, io);
  const { infos, errors: failures } = fetchInfos(io, targets, flag(flags, "ignore-not-found"));
  const all = [...errors, ...failures];
  let objects = infos.map(({ object }) => object);
  const single = selection.files.length === 1 || (targets.length === 1 && targets[0]!.kind === "one");
  if (text(flags, "sort-by") && !(single && objects.length === 1))
    objects = sorted(io, objects, text(flags, "sort-by"));
  if (single && (all.length > 0 || objects.length === 1)) {
    if (all.length === 0) io.stdout(print(objects[0]!));
    return all;
  }
  if (objects.length === 0 && (all.length > 0 || flag(flags, "ignore-not-found"))) return all;
  io.stdout(print({ apiVersion: "v1", kind: "List", metadata: { resourceVersion: "" }, items: objects }));
  return all;
}

function sorted(io: KubectlIo, objects: JsonObject[], sortBy: string): JsonObject[] {
  try {
    return sortedPositions(objects, sortBy).map((index) => objects[index]!);
  } catch (error) {
    throw error instanceof UnsortableError ? error.fatal(io, false) : error;
  }
}

/** -o of get, which has custom columns besides the usual formats. */
export function objectPrinter(flags: FlagValues, io: KubectlIo): Printer {
  const output = text(flags, "output");
  const columns = customColumns(output, io);
  if (columns) return columnPrinter(columns, flag(flags, "no-headers"), io);
  return printerFor(flags, io, GET_FORMATS)!;
}

function customColumns(output: string, io: KubectlIo): CustomColumn[] | undefined {
  const [, format, spec = ""] = /^(custom-columns-file|custom-columns)(?:=([\s\S]*))?$/.exec(output) ?? [];
  if (format === undefined) return undefined;
  if (spec === "") throw plainError("custom-columns format specified but no custom columns given");
  if (format === "custom-columns") return parseCustomColumns(spec);
  const content = io.readFile(spec);
  if (content === undefined)
    throw plainError(`error reading template ${spec}, open ${spec}: no such file or directory`);
  return parseColumnsFile(content);
}

function columnPrinter(columns: readonly CustomColumn[], noHeaders: boolean, io: KubectlIo): Printer {
  const grid = newGrid();
  let headers = !noHeaders;
  return (object) => {
    const items = Array.isArray(object["items"]) ? (object["items"] as JsonObject[]) : [object];
    const lines = headers ? [columns.map(({ header }) => header)] : [];
    headers = false;
    try {
      for (const item of items) lines.push(columnCells(columns, item));
    } catch (error) {
      // What was written before stands there.
      io.stdout(align(lines, grid, 3, 6));
      throw error;
    }
    return align(lines, grid, 3, 6);
  };
}
