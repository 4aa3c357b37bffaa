// `kubectl run -i` and `--attach`: waits for the pod, joins it or prints what it has written, and takes its exit code.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/run/run.go handleAttachPod (v1.35)
import type { Pod } from "#api/pod/types";
import { KubectlError, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { flag, number } from "../../flags.ts";
import { request } from "../../resources.ts";
import { waitUntil } from "../../writing/wait-until.ts";
import { attachTo } from "../attach/attach.ts";
import { restartPolicyOf } from "./pod.ts";

const ended = ({ status }: Pod): boolean => status.phase === "Succeeded" || status.phase === "Failed";

const isReady = ({ status }: Pod): boolean =>
  status.phase === "Running" &&
  (status.conditions ?? []).some((condition) => condition.type === "Ready" && condition.status === "True");

export async function runAttached(
  io: KubectlIo,
  flags: FlagValues,
  namespace: string,
  name: string,
): Promise<number> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
  const timeout = number(flags, "pod-running-timeout");
  const look = (wanted: (pod: Pod) => boolean): Promise<Pod> => waitForPod(io, path, timeout, wanted);
  const pod = await look((now) => ended(now) || isReady(now));
  if (ended(pod)) printLog(io, path, name);
  else {
    const tty = flag(flags, "tty");
    await attachTo(io, pod, { container: "", stdin: flag(flags, "stdin"), tty, quiet: flag(flags, "quiet") });
  }
  const policy = restartPolicyOf(flags);
  if (flag(flags, "leave-stdin-open") || policy === "Always") return 0;
  const last = await look((now) => (policy === "Never" ? ended(now) : now.status.phase === "Succeeded"));
  return exitOf(last);
}

async function waitForPod(
  io: KubectlIo,
  path: string,
  timeoutMs: number,
  wanted: (pod: Pod) => boolean,
): Promise<Pod> {
  const pod = await waitUntil(io, timeoutMs, () => {
    const now = request(io, { method: "GET", path }).body as unknown as Pod;
    return wanted(now) ? now : undefined;
  });
  if (!pod) throw plainError("timed out waiting for the condition");
  return pod;
}

function printLog(io: KubectlIo, path: string, container: string): void {
  const { body } = request(io, { method: "GET", path: `${path}/log`, query: { container } });
  io.stdout(typeof body === "string" ? body : "");
}

function exitOf({ status, metadata: { namespace = "", name } }: Pod): number {
  if (status.phase === "Succeeded") return 0;
  const state = status.containerStatuses?.[0]?.state.terminated;
  if (!state || state.exitCode === 0)
    throw plainError(`pod ${namespace}/${name} failed with unknown exit code`);
  throw new KubectlError(
    `pod ${namespace}/${name} terminated (${state.reason ?? ""})\n${state.message ?? ""}`,
    state.exitCode,
  );
}
