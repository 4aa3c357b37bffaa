// `kubectl get -w`: the list, then a line for every change, until Ctrl-C or until everything watched is gone.
import type { Status } from "#api/meta";
import type { JsonObject } from "#base/json";
import type { FlagValues, KubectlIo, WatchEvent } from "../../command.ts";
import { requestTimeoutMs } from "../../connection.ts";
import { plainError, StatusError } from "../../errors.ts";
import { flag } from "../../flags.ts";
import { newGrid } from "../../printers/table.ts";
import { fetchTarget, type Targets } from "../../resources.ts";
import { objectPrinter } from "./objects.ts";
import { asTable, printTable, TABLE, type Row, type ServerTable } from "./server-table.ts";
import { isTableOutput, prefixOf, printTables, tableOptions } from "./tables.ts";

// get catches Ctrl-C and ends with an error of its own.
const INTERRUPTED = 1;

export async function watchTargets(
  { targets, errors, selection }: Targets,
  flags: FlagValues,
  io: KubectlIo,
): Promise<number> {
  if (errors.length > 0) throw errors[0]!;
  const target = targets[0]!;
  if (new Set(targets.map(({ resource }) => resource)).size > 1)
    throw plainError("you may only specify a single resource type");
  if (targets.length !== 1) {
    for (const error of printTables({ targets, errors, selection }, flags, io)) throw error;
    throw plainError("you may only watch a single resource or type of resource at a time");
  }
  const asRows = isTableOutput(flags);
  const accept = asRows ? TABLE : undefined;
  const { body } = fetchTarget(io, target, { ...(accept && { accept }) });
  const version = ((body as JsonObject)["metadata"] as { resourceVersion?: string }).resourceVersion ?? "";
  const show = asRows
    ? rowWriter(
        flags,
        io,
        selection.namespace === undefined && target.resource.namespaced,
        prefixOf(target.resource),
      )
    : objectWriter(flags, io);
  if (!flag(flags, "watch-only")) show("ADDED", itemsOf(body as JsonObject));
  const name: Record<string, string> =
    target.kind === "one" ? { fieldSelector: `metadata.name=${target.name}` } : {};
  const path = target.kind === "one" ? target.path.slice(0, target.path.lastIndexOf("/")) : target.path;
  const query = {
    ...(target.kind === "list" ? target.query : {}),
    ...name,
    watch: "true",
    resourceVersion: version,
  };
  return new Promise((resolve, reject) => {
    const opened: { watch?: { stop(): void } } = {};
    const stop = (): void => {
      opened.watch?.stop();
      resolve(INTERRUPTED);
    };
    // What cannot be watched is refused before there is anything to stop.
    opened.watch = io.watch({ method: "GET", path, query, ...(accept && { accept }) }, (event) => {
      if (event.type === "BOOKMARK") return;
      if (event.type === "ERROR") {
        opened.watch?.stop();
        reject(new StatusError(event.object as Status));
        return;
      }
      show(event.type, itemsOf(event.object as JsonObject));
    });
    if (io.signal.aborted) stop();
    else io.signal.addEventListener("abort", stop);
    const longest = requestTimeoutMs(flags);
    if (longest > 0)
      void io.sleep(longest).then(() => {
        opened.watch?.stop();
        resolve(0);
      });
  });
}

/** A Table stands for itself; lists item by item. */
function itemsOf(body: JsonObject): JsonObject[] {
  return Array.isArray(body["items"]) ? (body["items"] as JsonObject[]) : [body];
}

type Show = (type: WatchEvent["type"], items: readonly JsonObject[]) => void;

function rowWriter(flags: FlagValues, io: KubectlIo, withNamespace: boolean, prefix: string): Show {
  const grid = newGrid();
  const options = { ...tableOptions(flags), withNamespace };
  const kindPrefix = flag(flags, "show-kind") ? { kindPrefix: prefix } : {};
  let headers = true;
  let definitions: ServerTable["columnDefinitions"] = [];
  return (type, [item]) => {
    const table = asTable(item);
    // Headers wait for the first row.
    if (!table || (headers && table.rows.length === 0)) return;
    // Later Tables of a watch may leave their columns out.
    if (table.columnDefinitions?.length > 0) definitions = table.columnDefinitions;
    const events = flag(flags, "output-watch-events") ? { events: table.rows.map(() => type) } : {};
    const rows: Row[] = table.rows;
    io.stdout(
      printTable(
        { columnDefinitions: definitions, rows },
        { ...options, ...kindPrefix, ...events },
        grid,
        headers,
      ),
    );
    headers = false;
  };
}

function objectWriter(flags: FlagValues, io: KubectlIo): Show {
  const print = objectPrinter(flags, io);
  const events = flag(flags, "output-watch-events");
  return (type, items) => {
    for (const item of items) io.stdout(print(events ? { type, object: item } : item));
  };
}
