// A session with a container: stdin goes in, what the program writes comes out, Ctrl-C ends it.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go (v1.35)
import type { Status } from "#api/meta";
import type { Pod } from "#api/pod/types";
import type { KubectlIo, PodConnection } from "../command.ts";
import { StatusError } from "../errors.ts";

type Output = (stream: "stdout" | "stderr", text: string) => void;

export const NO_TTY = "Unable to use a TTY - input is not a terminal or the right kind of file\n";

/** What the API server checks before it asks a kubelet. */
export function checkReachable({ spec, metadata: { name } }: Pod, container: string): void {
  const all = [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])];
  if (!all.some((item) => item.name === container))
    throw badRequest(`container ${container} is not valid for pod ${name}`);
  if (!spec.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
}

function badRequest(message: string): StatusError {
  const status: Status = {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    reason: "BadRequest",
    message,
    code: 400,
  };
  return new StatusError(status);
}

/** The kubelet's words with what the API server puts before them. */
export function refusalText(error: string, container: string): string {
  if (error.startsWith("failed to exec in container"))
    return `Internal error occurred: Internal error occurred: error executing command in container: ${error}`;
  if (error.startsWith("container not found"))
    return `Internal error occurred: unable to upgrade connection: container not found (${JSON.stringify(container)})`;
  return error;
}

export const printTo =
  (io: KubectlIo): Output =>
  (stream, text) =>
    stream === "stdout" ? io.stdout(text) : io.stderr(text);

/** Runs until the program ends. With a terminal the keyboard is connected by whoever owns it. */
export async function untilEnded(
  io: KubectlIo,
  connection: PodConnection,
  options: { stdin: boolean; tty: boolean },
): Promise<Awaited<PodConnection["ended"]>> {
  io.signal.addEventListener("abort", () => connection.stop());
  if (options.stdin && !(options.tty && io.tty))
    void io.stdin().then((text) => {
      if (text !== "") connection.write(text);
      connection.write(undefined);
    });
  return connection.ended;
}
