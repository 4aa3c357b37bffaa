// postStart and preStop: a command in the container, a request from its node, or a pause.
// Kubernetes: pkg/kubelet/lifecycle/handlers.go (v1.35)
import type { LifecycleHandler } from "#api/pod/types";
import type { Address } from "../machine/component.ts";
import { requestOf } from "./http-get.ts";
import { specOf } from "./pods.ts";
import type { ContainerState, Kubelet, PodState } from "./state.ts";

export type HookName = "postStart" | "preStop";

export interface HookAnswer {
  pod: string;
  name: string;
  hook: HookName;
  /** Of the container that it was meant for. */
  id: string;
  outcome?: string;
  exit?: number;
  ok?: boolean;
  status?: number;
  elapsedMs?: number;
}

export function startHook(
  kubelet: Kubelet,
  pod: PodState,
  container: ContainerState,
  hook: LifecycleHandler,
  name: HookName,
): void {
  const { context } = kubelet;
  const data = { pod: pod.uid, name: container.name, hook: name, id: container.id! };
  const replyTo: Address = { to: "kubelet", what: "hook", data };
  if (hook.exec) {
    context.runtime.exec({ container: container.id!, command: hook.exec.command ?? [], replyTo });
  } else if (hook.httpGet) {
    const request = requestOf(pod, specOf(pod, container.name), hook.httpGet);
    if ("error" in request) context.reply(replyTo, { outcome: "failed" });
    else {
      context.http.call({
        from: `node:${pod.node}`,
        program: "hook",
        method: "GET",
        url: request.url,
        headers: { "User-Agent": "kube-lifecycle/1.35", Accept: "*/*", ...request.headers },
        latency: "real",
        traced: false,
        insecure: true,
        replyTo,
      });
    }
  } else {
    context.reply(replyTo, { outcome: "slept" }, (hook.sleep?.seconds ?? 0) * 1000);
  }
}

export function hookSucceeded(answer: HookAnswer): boolean {
  if (answer.outcome === "slept") return true;
  if (answer.outcome === "exited") return answer.exit === 0;
  return answer.ok === true && answer.status !== undefined && answer.status >= 200 && answer.status < 400;
}
