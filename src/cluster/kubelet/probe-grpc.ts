// gRPC health checks: a connection from the node, then one Check call.
// Kubernetes: pkg/probe/grpc/grpc.go (v1.35)
import type { Probe } from "#api/pod/types";
import { goDuration } from "./durations.ts";
import { addressOf, connect, type ProbeAnswer, type ProbeTimer, type Verdict } from "./probe-run.ts";
import type { Kubelet, PodState } from "./state.ts";

export function runGrpc(kubelet: Kubelet, pod: PodState, probe: Probe, data: ProbeTimer): void {
  const to = { ip: pod.ip ?? "", port: probe.grpc!.port };
  connect(kubelet, pod, to, probe.timeoutSeconds * 1000, addressOf(data));
}

// Simplified: the call is one HTTP exchange whose answer has the header grpc-status and the state in its body.
export function grpcAnswer(
  kubelet: Kubelet,
  pod: PodState,
  probe: Probe,
  data: ProbeAnswer,
): Verdict | undefined {
  const { network } = kubelet.context;
  const limit = goDuration(probe.timeoutSeconds * 1000);
  if (data.outcome === "connected") {
    const { connection } = data;
    network.exchange({
      connection: connection!,
      request: {
        method: "POST",
        path: "/grpc.health.v1.Health/Check",
        headers: { host: `${pod.ip}:${probe.grpc!.port}`, "content-type": "application/grpc" },
        body: probe.grpc!.service ?? "",
      },
      timeoutMs: probe.timeoutSeconds * 1000,
      replyTo: addressOf(data, { connection: connection! }),
    });
    return undefined;
  }
  if (data.outcome === "response") {
    network.disconnect(data.connection!);
    if (data.headers?.["grpc-status"] === "0" && data.body?.trim() === "SERVING") {
      return { result: "success", output: "service healthy" };
    }
    const answer = data.headers?.["grpc-status"] === "0" ? data.body?.trim() : undefined;
    if (answer !== undefined)
      return { result: "failure", output: `service unhealthy (responded with "${answer}")` };
    return {
      result: "failure",
      output: "error: this server does not implement the grpc health protocol (grpc.health.v1.Health)",
    };
  }
  if (data.connection !== undefined) network.disconnect(data.connection);
  const address = `${pod.ip}:${probe.grpc!.port}`;
  const text = `timeout: failed to connect service "${address}" within ${limit}: context deadline exceeded`;
  return { result: "failure", output: text };
}
