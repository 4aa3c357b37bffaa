// GET pods/NAME/log: what a container has written, as its kubelet hands it over.
// Kubernetes: pkg/registry/core/pod/strategy.go LogLocation, pkg/kubelet/kubelet_pods.go (v1.35)
import type { Pod } from "#api/pod/types";
import { formatRfc3339, parseRfc3339 } from "#base/time";
import type { LogLine } from "../process/types.ts";
import type { Answer, ResourceRequest } from "./handle.ts";
import { existing } from "./read-requests.ts";
import type { Server } from "./server.ts";
import { badRequest, methodNotAllowed } from "./status.ts";

// Simplified: a followed log ends with what is there; whoever follows asks again.
export function handlePodLog(server: Server, about: ResourceRequest): Answer {
  const { request } = about;
  if (request.method !== "GET") throw methodNotAllowed();
  const pod = existing(server, about) as Pod;
  const query = request.query ?? {};
  const container = containerName(pod, query["container"] ?? "");
  if (!pod.spec.nodeName) return { status: 200, body: "" };
  const id = containerId(pod, container, query["previous"] === "true");
  const lines = server.context.runtime.logs(id);
  return { status: 200, body: shown(server, lines, query) };
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

/** The runtime's id of the container whose log is meant. */
function containerId({ status, metadata }: Pod, container: string, previous: boolean): string {
  const where = `${JSON.stringify(container)} in pod ${JSON.stringify(metadata.name)}`;
  const all = [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ];
  const own = all.find(({ name }) => name === container);
  if (!own) throw badRequest(`container ${where} is not available`);
  const last = own.lastState.terminated?.containerID;
  const { running, terminated, waiting } = own.state;
  const found = previous ? last : running ? own.containerID : (terminated?.containerID ?? last);
  if (found) return found.replace("containerd://", "");
  if (previous) throw badRequest(`previous terminated container ${where} not found`);
  throw badRequest(`container ${where} is waiting to start: ${waitingText(waiting?.reason ?? "")}`);
}

function waitingText(reason: string): string {
  if (reason === "ErrImagePull") return "image can't be pulled";
  if (reason === "ImagePullBackOff") return "trying and failing to pull image";
  return reason;
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
