// One probe: a command in the container, an HTTP request, a TCP connection or a gRPC health check from the node, and
// what the kubelet makes of the answer.
// Kubernetes: pkg/kubelet/prober/prober.go, pkg/probe/{exec,http,tcp,grpc} (v1.35)
import type { HttpGetAction, Probe } from "#api/pod/types";
import type { Json } from "#base/json";
import { memo } from "#base/memo";
import type { Address } from "../machine/component.ts";
import type { HttpFailure } from "../http-client/types.ts";
import { goDuration } from "./durations.ts";
import { grpcAnswer, runGrpc } from "./probe-grpc.ts";
import { portOf, requestOf } from "./http-get.ts";
import { httpFailureText, redirectTarget } from "./probe-http.ts";
import { specOf } from "./pods.ts";
import type { ContainerState, Kubelet, PodState, ProbeKind } from "./state.ts";

export interface ProbeTimer {
  pod: string;
  name: string;
  id: string;
  kind: ProbeKind;
  flight: number;
}

/** Any of the answers of the runtime, the HTTP client and the network. */
export interface ProbeAnswer extends ProbeTimer {
  url?: string;
  redirects?: number;
  outcome?: string;
  message?: string;
  exit?: number;
  stdout?: string;
  stderr?: string;
  ok?: boolean;
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  failure?: HttpFailure;
  connection?: number;
  grpc?: boolean;
}

export interface Verdict {
  result: "success" | "warning" | "failure" | "unknown";
  output: string;
}

const LONGEST_REDIRECTS = 10;

export function addressOf(data: ProbeTimer, more: { [key: string]: Json } = {}): Address {
  const { pod, name, id, kind, flight } = data;
  return { to: "kubelet", what: "probed", data: { pod, name, id, kind, flight, ...more } };
}

export function runProbe(
  kubelet: Kubelet,
  pod: PodState,
  container: ContainerState,
  probe: Probe,
  data: ProbeTimer,
): void {
  const { context } = kubelet;
  const timeoutMs = probe.timeoutSeconds * 1000;
  const spec = specOf(pod, container.name);
  if (probe.exec) {
    const command = probe.exec.command ?? [];
    context.runtime.exec({ container: container.id!, command, timeoutMs, replyTo: addressOf(data) });
  } else if (probe.httpGet) {
    const request = requestOf(pod, spec, probe.httpGet);
    if ("error" in request) context.reply(addressOf(data), { outcome: "error", message: request.error });
    else httpGet(kubelet, pod, probe, request.url, data, 0);
  } else if (probe.tcpSocket) {
    const port = portOf(spec, probe.tcpSocket.port);
    if (typeof port === "string") context.reply(addressOf(data), { outcome: "error", message: port });
    else
      connect(kubelet, pod, { ip: probe.tcpSocket.host || (pod.ip ?? ""), port }, timeoutMs, addressOf(data));
  } else if (probe.grpc) runGrpc(kubelet, pod, probe, data);
  else context.reply(addressOf(data), { outcome: "exited", exit: 0, stdout: "", stderr: "" });
}

export function connect(
  kubelet: Kubelet,
  pod: PodState,
  to: { ip: string; port: number },
  timeoutMs: number,
  replyTo: Address,
): void {
  const from = `node:${pod.node}`;
  kubelet.context.network.connect({ from, to, protocol: "TCP", latency: "real", timeoutMs, replyTo });
}

/** Pods of one template share them. */
const headers = new WeakMap<HttpGetAction, Record<string, string>>();

function headersOf({ httpHeaders }: HttpGetAction): Record<string, string> {
  const own: Record<string, string> = {};
  for (const { name, value } of httpHeaders ?? []) own[name] = value;
  return { "User-Agent": "kube-probe/1.35", Accept: "*/*", ...own };
}

function httpGet(
  kubelet: Kubelet,
  pod: PodState,
  probe: Probe,
  url: string,
  data: ProbeTimer,
  redirects: number,
): void {
  kubelet.context.http.call({
    from: `node:${pod.node}`,
    program: "probe",
    method: "GET",
    url,
    headers: memo(headers, probe.httpGet!, headersOf),
    maxTimeMs: probe.timeoutSeconds * 1000,
    latency: "real",
    traced: false,
    insecure: true,
    replyTo: addressOf(data, { url, redirects }),
  });
}

/** Undefined while the probe goes on: a redirect is followed. */
export function readAnswer(
  kubelet: Kubelet,
  pod: PodState,
  container: ContainerState,
  probe: Probe,
  data: ProbeAnswer,
): Verdict | undefined {
  if (data.outcome === "error") return { result: "unknown", output: data.message ?? "" };
  if (probe.exec) return execVerdict(probe, data);
  if (probe.httpGet) return httpVerdict(kubelet, pod, container, probe, data);
  if (probe.tcpSocket) return tcpVerdict(kubelet, pod, container, probe, data);
  if (probe.grpc) return grpcAnswer(kubelet, pod, probe, data);
  return { result: "success", output: "" };
}

function execVerdict(probe: Probe, data: ProbeAnswer): Verdict {
  if (data.outcome === "timeout") {
    const limit = goDuration(probe.timeoutSeconds * 1000);
    const command = (probe.exec?.command ?? []).join(" ");
    return { result: "failure", output: `command timed out: "${command}" timed out after ${limit}` };
  }
  const output = `${data.stdout ?? ""}${data.stderr ?? ""}`;
  return { result: data.exit === 0 ? "success" : "failure", output };
}

function httpVerdict(
  kubelet: Kubelet,
  pod: PodState,
  container: ContainerState,
  probe: Probe,
  data: ProbeAnswer,
): Verdict | undefined {
  const url = data.url ?? "";
  if (!data.ok)
    return { result: "failure", output: httpFailureText(kubelet, pod, url, data.failure, data.body) };
  const status = data.status ?? 0;
  const target = redirectTarget(url, status, data.headers ?? {});
  if (target?.sameHost) {
    const redirects = (data.redirects ?? 0) + 1;
    if (redirects >= LONGEST_REDIRECTS) {
      return { result: "failure", output: `Get "${target.url}": stopped after 10 redirects` };
    }
    httpGet(kubelet, pod, probe, target.url, { ...data, id: container.id! }, redirects);
    return undefined;
  }
  if (status < 200 || status >= 400) {
    return { result: "failure", output: `HTTP probe failed with statuscode: ${status}` };
  }
  if (status < 300) return { result: "success", output: "" };
  return { result: "warning", output: `Probe terminated redirects, Response body: ${data.body ?? ""}` };
}

function tcpVerdict(
  kubelet: Kubelet,
  pod: PodState,
  container: ContainerState,
  probe: Probe,
  data: ProbeAnswer,
): Verdict {
  if (data.outcome === "connected") {
    kubelet.context.network.disconnect(data.connection!);
    return { result: "success", output: "" };
  }
  const port = portOf(specOf(pod, container.name), probe.tcpSocket!.port);
  return {
    result: "failure",
    output: dialFailure(`${probe.tcpSocket!.host || pod.ip}:${port}`, data.outcome),
  };
}

/** As Go's net package words it. */
function dialFailure(address: string, outcome: string | undefined): string {
  if (outcome === "refused") return `dial tcp ${address}: connect: connection refused`;
  if (outcome === "unreachable") return `dial tcp ${address}: connect: no route to host`;
  return `dial tcp ${address}: i/o timeout`;
}
