// `kubectl logs`: finds the pods and containers, and shows what the server has of their logs.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/logs/logs.go (v1.35)
import type { Pod } from "#api/pod/types";
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError, StatusError, usageError } from "../../errors.ts";
import { changed, flag, number, text } from "../../flags.ts";
import { goTimeProblem } from "../../go-values.ts";
import { fetchInfos, request, targetsOf, type Info } from "../../resources.ts";
import { namespaceOf } from "../../selection.ts";
import { best, containerFor, selectorText } from "../../writing/pod-for.ts";
import { waitUntil } from "../../writing/wait-until.ts";
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
    if (number(flags, "pod-running-timeout") <= 0)
      throw plainError("--pod-running-timeout must be higher than zero");
    const sinceTime = text(flags, "since-time");
    const timeProblem = sinceTime ? goTimeProblem(sinceTime) : undefined;
    if (timeProblem) throw plainError(timeProblem);
    const found = await findObject(args, flags, io);
    checkValues(args, flags, container);
    const pods = found.info ? await podsOf(found.info, flags, io) : found.pods;
    const sources = pods.flatMap((pod) => sourcesOf(pod, container, flags, io));
    const most = number(flags, "max-log-requests");
    if (flag(flags, "follow") && sources.length > 1 && sources.length > most)
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
  return args[1] ?? text(flags, "container");
}

/** What is looked at only once the pods are found. */
function checkValues(args: readonly string[], flags: FlagValues, container: string): void {
  if (text(flags, "since-time") && number(flags, "since") !== 0)
    throw plainError("at most one of `sinceTime` or `sinceSeconds` may be specified");
  if (flag(flags, "all-containers") && container !== "")
    throw plainError(`--all-containers=true should not be specified with container name ${container}`);
  if (args.length === 2 && changed(flags, "container"))
    throw plainError("only one of -c or an inline [CONTAINER] arg is allowed");
  if (number(flags, "limit-bytes") < 0) throw plainError("--limit-bytes must be greater than 0");
  if (number(flags, "since") < 0) throw plainError("--since must be greater than 0");
  if (number(flags, "tail") < -1) throw plainError("--tail must be greater than or equal to -1");
}

/** What the line means: the pods that a selector finds (none is no error), or the object that was named. */
async function findObject(
  args: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
): Promise<{ pods: Pod[]; info?: undefined } | { info: Info }> {
  const namespace = namespaceOf(io, flags);
  const bySelector = args.length === 0;
  const { targets } = await targetsOf(
    bySelector ? ["pods"] : args.slice(0, 1).filter((word) => word !== ""),
    { ...flags, selector: bySelector ? text(flags, "selector") : "" },
    io,
    bySelector ? {} : { defaultType: "pods" },
  );
  const { infos, errors } = fetchInfos(io, targets);
  if (errors[0]) throw worded(errors[0], namespace);
  if (!bySelector) return { info: infos[0]! };
  if (infos.length === 0) io.stderr(`No resources found in ${namespace} namespace.\n`);
  return { pods: infos.map(({ object }) => object as unknown as Pod) };
}

/** A pod itself, or pods of an object, which are waited for. */
async function podsOf(info: Info, flags: FlagValues, io: KubectlIo): Promise<Pod[]> {
  if (info.resource.kind === "Pod") return [info.object as unknown as Pod];
  const selector = selectorText(info, "get the logs from");
  const pods = await waitUntil(io, number(flags, "pod-running-timeout"), () => {
    const found = selectPods(io, info.namespace ?? "default", selector);
    return found.length > 0 ? found : undefined;
  });
  if (!pods) throw plainError("timed out waiting for the condition");
  if (flag(flags, "all-pods") && pods.length > 1) return pods;
  const chosen = best(pods)!;
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
  if (container === "") return [source(containerFor(io, pod, "", flag(flags, "all-pods")))];
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
      ...(since > 0 && { sinceSeconds: String(Math.round(since / 1000)) }),
      ...(text(flags, "since-time") && { sinceTime: text(flags, "since-time") }),
      ...(number(flags, "limit-bytes") > 0 && { limitBytes: String(number(flags, "limit-bytes")) }),
    },
  };
}
