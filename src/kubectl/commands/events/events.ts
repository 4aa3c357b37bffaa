// `kubectl events`: a table of Events by time, of one object or of all in the namespace.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/events (v1.35)
import type { KubeEvent } from "#api/event/types";
import { humanDuration } from "#api/duration";
import type { ApiRequest } from "#cluster/apiserver/client";
import type { JsonObject } from "#base/json";
import { parseRfc3339 } from "#base/time";
import { defineCommand, KubectlError, type FlagValues, type KubectlIo } from "../../command.ts";
import { ALL_NAMESPACES_FLAG, bool, string } from "../../common-flags.ts";
import { plainError } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { discoverResources, findResource } from "../../mapper.ts";
import { PRINT_FLAGS, printerFor } from "../../printers/print.ts";
import { align, newGrid } from "../../printers/table.ts";
import { request } from "../../resources.ts";
import { namespaceOf } from "../../selection.ts";

export const events = defineCommand({
  name: "events",
  short: "List events",
  long: `Shows Events.

 They come from the current namespace, or from all with -A; --for narrows them to one object.`,
  examples: `# Recent Events of the namespace
kubectl events

# Those of all namespaces
kubectl events --all-namespaces

# Those of one pod, and those to come
kubectl events --for pod/web-pod-13je7 --watch

# As YAML
kubectl events -oyaml

# Warnings, and everything else that is normal
kubectl events --types=Warning,Normal`,
  usage:
    "events [(-o|--output=)json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]",
  flags: [
    ALL_NAMESPACES_FLAG,
    {
      name: "chunk-size",
      type: "int",
      default: "500",
      help: "Asks for long lists in parts of this size; 0: all at once",
    },
    string("for", "Only Events about this object (TYPE/NAME)"),
    bool("no-headers", "Leaves the column headers out"),
    ...PRINT_FLAGS,
    { name: "types", type: "stringList", default: "[]", help: "Only Events of these types" },
    bool("watch", "Goes on with Events to come", { short: "w" }),
  ],
  run: (_args, flags, io) => {
    const types = list(flags, "types").map((type) => type.toLowerCase());
    if (types.some((type) => type !== "normal" && type !== "warning"))
      return Promise.reject(plainError("valid --types are Normal or Warning"));
    return Promise.resolve(show(types, flags, io));
  },
});

const timeOf = ({ series, lastTimestamp, eventTime, firstTimestamp }: KubeEvent): number =>
  parseRfc3339(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp ?? "") ?? 0;

function show(types: readonly string[], flags: FlagValues, io: KubectlIo): number | Promise<number> {
  const everywhere = flag(flags, "all-namespaces");
  const namespace = namespaceOf(io, flags);
  const path = everywhere ? "/api/v1/events" : `/api/v1/namespaces/${namespace}/events`;
  const query = aboutQuery(text(flags, "for"), io);
  const body = request(io, { method: "GET", path, query }).body as unknown as {
    items: KubeEvent[];
    metadata: JsonObject;
  };
  const wanted = (event: KubeEvent): boolean =>
    types.length === 0 || types.includes((event.type ?? "").toLowerCase());
  const found = body.items.filter(wanted);
  const output = newOutput(flags, io, everywhere);
  if (flag(flags, "watch")) {
    for (const event of found) output.one(event);
    return watchOn(io, { method: "GET", path, query: { ...query, watch: "true" } }, (event) => {
      if (wanted(event)) output.one(event);
    });
  }
  if (found.length > 0) output.all(found.sort((a, b) => timeOf(a) - timeOf(b)));
  else io.stderr(everywhere ? "No events found.\n" : `No events found in ${namespace} namespace.\n`);
  return 0;
}

function watchOn(io: KubectlIo, watched: ApiRequest, show: (event: KubeEvent) => void): Promise<number> {
  return new Promise((resolve) => {
    const watch = io.watch(watched, ({ type, object }) => {
      if (type === "ADDED" || type === "MODIFIED") show(object as KubeEvent);
    });
    io.signal.addEventListener("abort", () => {
      watch.stop();
      resolve(130);
    });
  });
}

interface Output {
  one(event: KubeEvent): void;
  all(events: readonly KubeEvent[]): void;
}

function newOutput(flags: FlagValues, io: KubectlIo, everywhere: boolean): Output {
  const print = printerFor(flags, io);
  if (!print) {
    const write = newWriter(flags, io, everywhere);
    return { one: (event) => write([event]), all: write };
  }
  const typed = (event: KubeEvent): JsonObject =>
    ({ ...event, kind: "Event", apiVersion: "v1" }) as unknown as JsonObject;
  return {
    one: (event) => io.stdout(print(typed(event))),
    all: (found) => {
      // A list of typed objects gives the printer of names nothing.
      if (text(flags, "output") === "name") return;
      const items = found.map((item) => ({ ...item }));
      io.stdout(print({ apiVersion: "v1", kind: "EventList", metadata: {}, items: items as never }));
    },
  };
}

/** `--for pod/web`: the Events whose object it is. */
function aboutQuery(about: string, io: KubectlIo): Record<string, string> {
  if (about === "") return {};
  const [type = "", name, extra] = about.split("/");
  if (name === undefined) throw plainError("--for must be in resource/name form");
  if (extra !== undefined)
    throw plainError("arguments in resource/name form may not have more than one slash");
  if (type === "") throw plainError("a resource must be present, got: /, Resource=");
  const found = findResource(discoverResources(io), type.toLowerCase());
  if (!found) throw new KubectlError(`the server doesn't have a resource type "${type}"`);
  if (name === "") return {};
  const { kind, group, version } = found;
  const apiVersion = group ? `${group}/${version}` : version;
  const terms = [
    `involvedObject.kind=${kind}`,
    `involvedObject.apiVersion=${apiVersion}`,
    `involvedObject.name=${name}`,
  ];
  return { fieldSelector: terms.join(",") };
}

type Writer = (events: readonly KubeEvent[]) => void;

function newWriter(flags: FlagValues, io: KubectlIo, everywhere: boolean): Writer {
  const grid = newGrid();
  let headers = !flag(flags, "no-headers");
  return (found) => {
    const rows = found.map((event) => [
      ...(everywhere ? [event.metadata.namespace ?? ""] : []),
      interval(event, io.nowMs()),
      event.type ?? "",
      event.reason ?? "",
      `${event.involvedObject.kind}/${event.involvedObject.name}`,
      (event.message ?? "").trim(),
    ]);
    const head = [...(everywhere ? ["NAMESPACE"] : []), "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"];
    io.stdout(align(headers ? [head, ...rows] : rows, grid));
    headers = false;
  };
}

/** "13s", or "1s (x2 over 14s)" of one that came again. */
function interval(event: KubeEvent, nowMs: number): string {
  const since = (time: string | null | undefined): string => {
    const at = time ? parseRfc3339(time) : undefined;
    return at === undefined ? "<unknown>" : humanDuration(nowMs - at);
  };
  const first = since(event.eventTime ?? event.firstTimestamp);
  const { series } = event;
  if (series) return `${since(series.lastObservedTime)} (x${series.count} over ${first})`;
  return (event.count ?? 1) > 1 ? `${since(event.lastTimestamp)} (x${event.count} over ${first})` : first;
}
