// `kubectl get -w`: the list, then a line for every change, until Ctrl-C or until everything watched is gone.
import type { Status } from "#api/meta";
import type { ApiRequest } from "#cluster/apiserver/client";
import type { JsonObject } from "#base/json";
import type { FlagValues, KubectlIo, WatchEvent } from "../../command.ts";
import { requestTimeoutMs } from "../../connection.ts";
import { plainError, StatusError } from "../../errors.ts";
import { flag } from "../../flags.ts";
import { newGrid } from "../../printers/table.ts";
import { fetchTarget, type Target, type Targets } from "../../resources.ts";
import type { Selection } from "../../selection.ts";
import { objectPrinter } from "./objects.ts";
import {
  asTable,
  printTable,
  printTables,
  TABLE,
  type Row,
  type ServerTable,
  type TableOptions,
} from "./server-table.ts";
import { isTableOutput, prefixOf, tableOptions } from "./tables.ts";

// get catches Ctrl-C and ends with an error of its own.
const INTERRUPTED = 1;

export function watchTargets(
  { targets, errors, selection }: Targets,
  flags: FlagValues,
  io: KubectlIo,
): Promise<number> {
  const isOfFiles = selection.files.length > 0;
  if (!isOfFiles && new Set(targets.map(({ resource }) => resource)).size > 1)
    throw plainError("you may only specify a single resource type");
  if (errors.length > 0) throw errors[0]!;
  if (targets.length !== 1) refuseSeveral(targets, selection, flags, io);
  const target = targets[0]!;
  const asRows = isTableOutput(flags);
  const body = fetchTarget(io, target, acceptFor(flags)).body as JsonObject;
  const withNamespace = selection.namespace === undefined && target.resource.namespaced;
  const show = asRows
    ? rowWriter(flags, io, withNamespace, prefixOf(target.resource))
    : objectWriter(flags, io);
  if (!flag(flags, "watch-only")) show("ADDED", itemsOf(body));
  return follow({ ...watchOf(target, body), ...acceptFor(flags) }, flags, io, show);
}

const acceptFor = (flags: FlagValues): { accept?: string } => (isTableOutput(flags) ? { accept: TABLE } : {});

/** Everything is shown, and then it is said that so much cannot be watched. */
function refuseSeveral(
  targets: readonly Target[],
  { files }: Selection,
  flags: FlagValues,
  io: KubectlIo,
): never {
  const bodies = targets.map((target) => fetchTarget(io, target, acceptFor(flags)).body as JsonObject);
  if (!flag(flags, "watch-only")) {
    if (isTableOutput(flags))
      io.stdout(
        printTables(
          bodies.flatMap((body) => asTable(body) ?? []),
          optionsFor(targets, flags),
        ),
      );
    else objectWriter(flags, io)("ADDED", bodies);
  }
  const sources = new Set(
    targets.map((target) => (target.kind === "one" ? target.local?.source : undefined)),
  );
  throw plainError(
    files.length === 1 && sources.size === 1
      ? `watch is only supported on individual resources and resource collections - ${targets.length} resources were found`
      : "you may only watch a single resource or type of resource at a time",
  );
}

/** kubectl puts the kind of the first before the names of all. */
function optionsFor([first]: readonly Target[], flags: FlagValues): TableOptions {
  return {
    ...tableOptions(flags),
    ...(first && flag(flags, "show-kind") && { kindPrefix: prefixOf(first.resource) }),
    ...(flag(flags, "output-watch-events") && { events: ["ADDED"] }),
  };
}

function watchOf(target: Target, body: JsonObject): ApiRequest {
  const { resourceVersion = "" } = body["metadata"] as { resourceVersion?: string };
  const isOne = target.kind === "one";
  return {
    method: "GET",
    path: isOne ? target.path.slice(0, target.path.lastIndexOf("/")) : target.path,
    query: {
      ...(isOne ? { fieldSelector: `metadata.name=${target.name}` } : target.query),
      watch: "true",
      resourceVersion,
    },
  };
}

function follow(request: ApiRequest, flags: FlagValues, io: KubectlIo, show: Show): Promise<number> {
  return new Promise((resolve, reject) => {
    const opened: { watch?: { stop(): void } } = {};
    const end = (exit: number): void => {
      opened.watch?.stop();
      resolve(exit);
    };
    // What cannot be watched is refused before there is anything to stop.
    opened.watch = io.watch(request, ({ type, object }) => {
      if (type === "BOOKMARK") return;
      if (type === "ERROR") {
        opened.watch?.stop();
        reject(new StatusError(object as Status));
      } else show(type, itemsOf(object as JsonObject));
    });
    if (io.signal.aborted) end(INTERRUPTED);
    else io.signal.addEventListener("abort", () => end(INTERRUPTED));
    const longest = requestTimeoutMs(flags);
    if (longest > 0) void io.sleep(longest).then(() => end(0));
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
