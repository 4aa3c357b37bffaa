// `GET .../pods/NAME/log`: the API server asks the kubelet of the pod's node, which reads the container's log. Called by
// cluster.ts for everybody who speaks to the API from outside.
// Kubernetes: pkg/registry/core/pod/strategy.go LogLocation, pkg/kubelet/kubelet_pods.go validateContainerLogStatus (v1.35)
import type { Pod } from "#api/pod/types";
import { formatRfc3339, parseRfc3339 } from "#base/time";
import type { Json } from "#base/json";
import type { ApiRequest, ApiResponse } from "./apiserver/client.ts";
import { parseRequestPath } from "./apiserver/request-path.ts";
import type { Machine } from "./machine/machine.ts";
import type { RuntimeState } from "./process/runtime.ts";
import type { LogLine } from "./process/types.ts";

export function isLogRequest({ method, path }: ApiRequest): boolean {
  return method === "GET" && path.endsWith("/log") && parseRequestPath(path)?.subresource === "log";
}

const refusal = (code: number, reason: string, message: string): ApiResponse => ({
  status: code,
  body: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code } as Json,
  warnings: [],
});
const badRequest = (message: string): ApiResponse => refusal(400, "BadRequest", message);

/** `epoch` is the wall clock at virtual time 0. */
export function podLog(machine: Machine, request: ApiRequest, epoch: number): ApiResponse {
  const found = machine.context.api.handle({ method: "GET", path: request.path.replace(/\/log$/, "") });
  if (found.status !== 200) return found;
  const pod = found.body as unknown as Pod;
  const query = request.query ?? {};
  const container = chosenContainer(pod, query["container"] ?? "");
  if ("status" in container) return container;
  const { nodeName } = pod.spec;
  if (nodeName === undefined) return { status: 200, body: "", warnings: [] };
  const unreachable = kubeletProblem(machine, pod, container.name);
  if (unreachable) return unreachable;
  const id = containerId(pod, container.name, query["previous"] === "true");
  if (typeof id !== "string") return id;
  const { state } = machine.enter<RuntimeState>("runtime");
  const known = state.containers.has(id.replace(/^containerd:\/\//, ""));
  const body = known
    ? textOf(
        machine.context.runtime.logs(id.replace(/^containerd:\/\//, "")),
        query,
        epoch,
        machine.state.now,
      )
    : `unable to retrieve container logs for ${id}`;
  return { status: 200, body, warnings: [] };
}

function chosenContainer(pod: Pod, asked: string): { name: string } | ApiResponse {
  const { name: podName } = pod.metadata;
  const names = (list: { name: string }[] | undefined): string[] => (list ?? []).map(({ name }) => name);
  const own = names(pod.spec.containers);
  const inits = names(pod.spec.initContainers);
  if (asked !== "")
    return [...own, ...inits, ...names(pod.spec.ephemeralContainers)].includes(asked)
      ? { name: asked }
      : badRequest(`container ${asked} is not valid for pod ${podName}`);
  if (own.length === 1) return { name: own[0]! };
  const others = inits.length > 0 ? ` or one of the init containers: [${inits.join(" ")}]` : "";
  return badRequest(
    `a container name must be specified for pod ${podName}, choose one of: [${own.join(" ")}]${others}`,
  );
}

function kubeletProblem(machine: Machine, pod: Pod, container: string): ApiResponse | undefined {
  const { network } = machine.context;
  const node = pod.spec.nodeName!;
  if (network.isNodeUp(node)) return undefined;
  const address = `${network.ipOf(`node:${node}`)}:10250`;
  const url = `https://${address}/containerLogs/${pod.metadata.namespace}/${pod.metadata.name}/${container}`;
  return refusal(500, "InternalError", `Get "${url}": dial tcp ${address}: connect: no route to host`);
}

/** Which of a container's runs is meant, or why there is none. */
function containerId(pod: Pod, name: string, previous: boolean): string | ApiResponse {
  const { initContainerStatuses, containerStatuses, ephemeralContainerStatuses } = pod.status;
  const all = [
    ...(initContainerStatuses ?? []),
    ...(containerStatuses ?? []),
    ...(ephemeralContainerStatuses ?? []),
  ];
  const where = `container "${name}" in pod "${pod.metadata.name}"`;
  const status = all.find((item) => item.name === name);
  if (!status) return badRequest(`${where} is not available`);
  const { state = {}, lastState = {} } = status;
  const last = lastState.terminated?.containerID;
  if (previous) return last ?? badRequest(`previous terminated ${where} not found`);
  if (state.running) return status.containerID ?? badRequest(`${where} is not available`);
  if (state.terminated) return state.terminated.containerID || last || badRequest(`${where} is terminated`);
  if (last) return last;
  if (!state.waiting) return badRequest(`${where} is waiting to start - no logs yet`);
  return badRequest(`${where} is waiting to start: ${waitingText(state.waiting.reason ?? "")}`);
}

function waitingText(reason: string): string {
  if (reason === "ErrImagePull") return "image can't be pulled";
  return reason === "ImagePullBackOff" ? "trying and failing to pull image" : reason;
}

function textOf(
  lines: readonly LogLine[],
  query: Record<string, string>,
  epoch: number,
  now: number,
): string {
  const since = sinceOf(query, epoch, now);
  let shown = since === undefined ? lines : lines.filter(({ at }) => at >= since);
  const { tailLines, limitBytes } = query;
  if (tailLines !== undefined) shown = Number(tailLines) === 0 ? [] : shown.slice(-Number(tailLines));
  const stamp = query["timestamps"] === "true";
  const text = shown
    .map((line) => `${stamp ? `${timestamp(epoch + line.at)} ` : ""}${line.text}${line.partial ? "" : "\n"}`)
    .join("");
  return limitBytes === undefined ? text : text.slice(0, Number(limitBytes));
}

function sinceOf(query: Record<string, string>, epoch: number, now: number): number | undefined {
  const { sinceSeconds, sinceTime } = query;
  if (sinceSeconds !== undefined) return now - Number(sinceSeconds) * 1000;
  const at = sinceTime === undefined ? undefined : parseRfc3339(sinceTime);
  return at === undefined ? undefined : at - epoch;
}

/** With a fraction of a second, as the container runtime writes it. */
function timestamp(wallMs: number): string {
  const fraction = (((wallMs % 1000) + 1000) % 1000) / 1000;
  const digits = fraction.toFixed(9).slice(2).replace(/0+$/, "");
  return formatRfc3339(wallMs).replace("Z", `${digits ? `.${digits}` : ""}Z`);
}
