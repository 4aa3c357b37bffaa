// `kubectl logs`: finds the pods and containers, and shows what the server has of their logs.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/logs/logs.go (v1.35)
import type { Pod } from "#api/pod/types";
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError, StatusError, usageError } from "../../errors.ts";
import { changed, flag, number, text } from "../../flags.ts";
import { fetchInfos, request, targetsOf, type Info } from "../../resources.ts";
import { namespaceOf } from "../../selection.ts";
import { best, containerFor, selectorText } from "../../writing/pod-for.ts";
import { LOGS_FLAGS } from "./flags.ts";
import { streamLogs, type LogSource } from "./stream.ts";

const USAGE =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";
const SELECTOR_TAIL = 10;

export const logs = defineCommand({
  name: "logs",
  short: "Print the logs for a container in a pod",
  long: "Shows the log of a container. A pod with one container needs no container's name.",
  examples: `# The log of a pod with one container
kubectl logs nginx

# All pods with a label, all their containers
kubectl logs -l app=nginx --all-containers=true

# A container's run before this one
kubectl logs -p -c ruby web-1

# Follow a container's log
kubectl logs -f -c ruby web-1

# The last 20 lines
kubectl logs --tail=20 nginx

# The last hour
kubectl logs --since=1h nginx

# A pod of a Deployment
kubectl logs deployment/nginx -c nginx-1`,
  usage: "logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]",
  flags: LOGS_FLAGS,
  run: async (args, flags, io) => {
    const container = checkArguments(args, flags);
    checkSinceTime(flags);
    const pods = await podsFor(args, flags, io);
    checkValues(flags, container);
    if (!pods) return 0;
    const sources = pods.flatMap((pod) => sourcesOf(pod, container, flags, io));
    const most = number(flags, "max-log-requests");
    if (flag(flags, "follow") && sources.length > most)
      throw plainError(
        `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
      );
    return streamLogs(sources, optionsOf(flags), io);
  },
});

function checkArguments(args: readonly string[], flags: FlagValues): string {
  const selector = text(flags, "selector");
  if (args.length > 2 || (args.length === 0 && selector === "")) throw usageError("logs", USAGE);
  if (args.length > 0 && selector !== "")
    throw usageError("logs", "only a selector (-l) or a POD name is allowed");
  if (args.length === 2 && changed(flags, "container"))
    throw usageError("logs", "only one of -c or an inline [CONTAINER] arg is allowed");
  return args[1] ?? text(flags, "container");
}

function checkSinceTime(flags: FlagValues): void {
  const sinceTime = text(flags, "since-time");
  if (sinceTime && Number.isNaN(timeNumber(sinceTime)))
    throw plainError(
      `parsing time "${sinceTime}" as "2006-01-02T15:04:05Z07:00": cannot parse "${sinceTime}" as "2006"`,
    );
}

/** What is looked at only once the pods are found. */
function checkValues(flags: FlagValues, container: string): void {
  if (text(flags, "since-time") && number(flags, "since") !== 0)
    throw plainError("at most one of `sinceTime` or `sinceSeconds` may be specified");
  if (flag(flags, "all-containers") && container !== "")
    throw plainError(`--all-containers=true should not be specified with container name ${container}`);
  if (number(flags, "limit-bytes") < 0) throw plainError("--limit-bytes must be greater than 0");
  if (number(flags, "tail") < -1) throw plainError("--tail must be greater than or equal to -1");
  if (number(flags, "since") < 0) throw plainError("--since must be greater than 0");
}

const timeNumber = (time: string): number =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(time) ? 0 : Number.NaN;

/** The pods that are meant; undefined where a selector finds none, which is no error. */
async function podsFor(
  args: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
): Promise<Pod[] | undefined> {
  const selector = text(flags, "selector");
  const namespace = namespaceOf(io, flags);
  if (selector) {
    const pods = selectPods(io, namespace, selector);
    if (pods.length > 0) return pods;
    io.stderr(`No resources found in ${namespace} namespace.\n`);
    return undefined;
  }
  const { targets } = await targetsOf([args[0]!], { ...flags, selector: "" }, io, { defaultType: "pods" });
  const { infos, errors } = fetchInfos(io, targets);
  if (errors[0]) throw worded(errors[0], namespace);
  const info = infos[0]!;
  if (info.resource.kind === "Pod") return [info.object as unknown as Pod];
  return podsOf(info, flags, io);
}

function podsOf(info: Info, flags: FlagValues, io: KubectlIo): Pod[] {
  const pods = selectPods(io, info.namespace ?? "default", selectorText(info, "get the logs from"));
  if (flag(flags, "all-pods")) return pods;
  const chosen = best(pods);
  if (!chosen) throw plainError("timed out waiting for the condition");
  if (pods.length > 1) io.stderr(`Found ${pods.length} pods, using pod/${chosen.metadata.name}\n`);
  return [chosen];
}

function selectPods(io: KubectlIo, namespace: string, labelSelector: string): Pod[] {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
  const body = request(io, { method: "GET", path, query: { labelSelector } }).body as JsonObject;
  return (body["items"] ?? []) as unknown as Pod[];
}

function worded(error: Error, namespace: string): Error {
  if (!(error instanceof StatusError) || error.status.reason !== "NotFound") return error;
  return plainError(`error from server (NotFound): ${error.message} in namespace "${namespace}"`);
}

function sourcesOf(pod: Pod, container: string, flags: FlagValues, io: KubectlIo): LogSource[] {
  const { namespace = "default", name } = pod.metadata;
  const source = (own: string): LogSource => ({ namespace, pod: name, container: own });
  const inits = (pod.spec.initContainers ?? []).map((item) => item.name);
  const ephemeral = (pod.spec.ephemeralContainers ?? []).map((item) => item.name);
  const names = [...inits, ...pod.spec.containers.map((item) => item.name), ...ephemeral];
  if (flag(flags, "all-containers")) return names.map(source);
  if (container === "") return [source(containerFor(io, pod, "", false))];
  if (!names.includes(container)) throw plainError(`container ${container} is not valid for pod ${name}`);
  return [source(container)];
}

function optionsOf(flags: FlagValues): Parameters<typeof streamLogs>[1] {
  const tail = changed(flags, "tail")
    ? number(flags, "tail")
    : text(flags, "selector")
      ? SELECTOR_TAIL
      : number(flags, "tail");
  const since = number(flags, "since");
  return {
    follow: flag(flags, "follow"),
    prefix: flag(flags, "prefix") || flag(flags, "all-pods"),
    ignoreErrors: flag(flags, "ignore-errors"),
    query: {
      ...(flag(flags, "previous") && { previous: "true" }),
      ...(flag(flags, "timestamps") && { timestamps: "true" }),
      ...(tail >= 0 && { tailLines: String(tail) }),
      ...(since > 0 && { sinceSeconds: String(Math.ceil(since / 1000)) }),
      ...(text(flags, "since-time") && { sinceTime: text(flags, "since-time") }),
      ...(number(flags, "limit-bytes") > 0 && { limitBytes: String(number(flags, "limit-bytes")) }),
    },
  };
}
