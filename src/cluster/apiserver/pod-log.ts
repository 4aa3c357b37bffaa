// GET pods/NAME/log: what a container has written, as its kubelet hands it over.
// Kubernetes: pkg/registry/core/pod/strategy.go LogLocation, pkg/kubelet/kubelet_pods.go validateContainerLogStatus (v1.35)
import type { Pod } from "#api/pod/types";
import { formatRfc3339, parseRfc3339 } from "#base/time";
import type { LogLine } from "../process/types.ts";
import type { Answer, ResourceRequest } from "./handle.ts";
import { existing } from "./read-requests.ts";
import type { Server } from "./server.ts";
import { badRequest, failure, methodNotAllowed } from "./status.ts";

// Simplified: a followed log ends with what is there; whoever follows asks again.
export function handlePodLog(server: Server, about: ResourceRequest): Answer {
  const { request } = about;
  if (request.method !== "GET") throw methodNotAllowed();
  const pod = existing(server, about) as Pod;
  const query = request.query ?? {};
  const container = containerName(pod, query["container"] ?? "");
  if (!pod.spec.nodeName) return { status: 200, body: "" };
  checkKubelet(server, pod, container);
  const id = containerId(pod, container, query["previous"] === "true");
  const inRuntime = id.replace("containerd://", "");
  const { runtime } = server.context;
  const isKept = runtime.exists(inRuntime);
  const body = isKept
    ? shown(server, runtime.logs(inRuntime), query)
    : `unable to retrieve container logs for ${id}`;
  return { status: 200, body };
}

function containerName({ spec, metadata }: Pod, asked: string): string {
  const own = spec.containers.map(({ name }) => name);
  const initial = (spec.initContainers ?? []).map(({ name }) => name);
  const others = (spec.ephemeralContainers ?? []).map(({ name }) => name);
  if (asked === "") {
    if (own.length === 1) return own[0]!;
    const more = initial.length > 0 ? ` or one of the init containers: [${initial.join(" ")}]` : "";
    throw badRequest(
      `a container name must be specified for pod ${metadata.name}, choose one of: [${own.join(" ")}]${more}`,
    );
  }
  if (![...own, ...initial, ...others].includes(asked))
    throw badRequest(`container ${asked} is not valid for pod ${metadata.name}`);
  return asked;
}

/** Which of the container's runs is meant, as the status names it; or why there is none. */
function containerId({ status, metadata }: Pod, container: string, previous: boolean): string {
  const where = `container ${JSON.stringify(container)} in pod ${JSON.stringify(metadata.name)}`;
  const all = [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ];
  const own = all.find(({ name }) => name === container);
  if (!own) throw badRequest(`${where} is not available`);
  const { running, terminated, waiting } = own.state;
  const last = own.lastState.terminated?.containerID;
  const found = previous ? last : running ? own.containerID : terminated?.containerID || last;
  if (found) return found;
  if (previous) throw badRequest(`previous terminated ${where} not found`);
  if (running) throw badRequest(`${where} is not available`);
  if (terminated) throw badRequest(`${where} is terminated`);
  if (!waiting) throw badRequest(`${where} is waiting to start - no logs yet`);
  throw badRequest(`${where} is waiting to start: ${waitingText(waiting.reason ?? "")}`);
}

function waitingText(reason: string): string {
  if (reason === "ErrImagePull") return "image can't be pulled";
  return reason === "ImagePullBackOff" ? "trying and failing to pull image" : reason;
}

/** The log comes from the kubelet, which a node without power does not have. */
function checkKubelet({ context: { network } }: Server, pod: Pod, container: string): void {
  const { nodeName } = pod.spec;
  if (nodeName === undefined || network.isNodeUp(nodeName)) return;
  const address = `${network.ipOf(`node:${nodeName}`)}:10250`;
  const url = `https://${address}/containerLogs/${pod.metadata.namespace}/${pod.metadata.name}/${container}`;
  throw failure(500, "InternalError", `Get "${url}": dial tcp ${address}: connect: no route to host`);
}

function shown({ context }: Server, lines: readonly LogLine[], query: Record<string, string>): string {
  const epoch = parseRfc3339(context.settings.startedAt) ?? 0;
  const seconds = query["sinceSeconds"];
  const time = query["sinceTime"];
  const since = seconds
    ? context.now - Number(seconds) * 1000
    : time
      ? (parseRfc3339(time) ?? epoch) - epoch
      : -Infinity;
  const recent = since === -Infinity ? lines : lines.filter(({ at }) => at >= since);
  const tail = query["tailLines"];
  const count = tail === undefined || tail === "" ? -1 : Number(tail);
  const kept = count < 0 ? recent : recent.slice(Math.max(0, recent.length - count));
  const stamped = query["timestamps"] === "true";
  const text = kept
    .map((line) => `${stamped ? `${nanoTime(epoch + line.at)} ` : ""}${line.text}${line.partial ? "" : "\n"}`)
    .join("");
  const limit = query["limitBytes"];
  return limit ? text.slice(0, Number(limit)) : text;
}

/** "2026-03-02T09:00:00.25Z" */
function nanoTime(ms: number): string {
  const fraction = (ms % 1000).toFixed(6).replace(".", "").padStart(9, "0").replace(/0+$/, "");
  return formatRfc3339(ms).replace("Z", fraction === "" ? "Z" : `.${fraction}Z`);
}
