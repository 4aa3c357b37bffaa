// Joining the container that kubectl debug made: waits until it runs, and prints its log where it is over already.
// Kubernetes: waitForContainer and handleAttachPod in staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go (v1.35)
import type { ContainerStatus, Pod } from "#api/pod/types";
import { KubectlError, type FlagValues, type KubectlIo } from "../../command.ts";
import { flag } from "../../flags.ts";
import { request } from "../../resources.ts";
import { waitUntil } from "../../writing/wait-until.ts";
import { attachTo } from "../attach/attach.ts";
import { podPath } from "./making.ts";

export async function joinContainer(
  io: KubectlIo,
  flags: FlagValues,
  made: Pod,
  container: string,
): Promise<void> {
  const { namespace = "", name } = made.metadata;
  const path = podPath(namespace, name);
  const pod = await waitForContainer(io, flags, path, container);
  const printLog = (): void => {
    const { body } = request(io, { method: "GET", path: `${path}/log`, query: { container } });
    io.stdout(typeof body === "string" ? body : "");
  };
  if (statusOf(pod, container)?.state.terminated) return printLog();
  try {
    await attachTo(io, pod, {
      container,
      stdin: flag(flags, "stdin"),
      tty: flag(flags, "tty"),
      quiet: flag(flags, "quiet"),
    });
  } catch (error) {
    if (!(error instanceof KubectlError) || io.signal.aborted) throw error;
    const why = error.message.replace(/^error: /, "");
    io.stderr(`warning: couldn't attach to pod/${name}, falling back to streaming logs: ${why}\n`);
    printLog();
  }
}

async function waitForContainer(
  io: KubectlIo,
  flags: FlagValues,
  path: string,
  container: string,
): Promise<Pod> {
  let seen = "";
  const found = await waitUntil(io, 0, () => {
    const pod = request(io, { method: "GET", path }).body as unknown as Pod;
    const state = statusOf(pod, container)?.state;
    if (state?.running ?? state?.terminated) return pod;
    const isNews = pod.metadata.resourceVersion !== seen;
    seen = pod.metadata.resourceVersion;
    const message = state?.waiting?.message;
    if (isNews && message && !flag(flags, "quiet"))
      io.stderr(`Warning: container ${container}: ${message}\n`);
    return undefined;
  });
  return found!;
}

function statusOf({ status }: Pod, container: string): ContainerStatus | undefined {
  const { initContainerStatuses = [], containerStatuses = [], ephemeralContainerStatuses = [] } = status;
  return [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses].find(
    ({ name }) => name === container,
  );
}
