// `kubectl attach`: joins the main process of a container.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/attach/attach.go (v1.35)
import type { Pod } from "#api/pod/types";
import { defineCommand, type KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { flag, text } from "../../flags.ts";
import { aFlag, podRunningTimeoutFlag } from "../../writing/flag-sets.ts";
import { checkRunningTimeout, containerFor, podFor } from "../../writing/pod-for.ts";
import { checkReachable, NO_TTY, printTo, refusalText, untilEnded } from "../../writing/pod-session.ts";

export interface AttachOptions {
  container: string;
  stdin: boolean;
  tty: boolean;
  quiet: boolean;
}

export const attachCommand = defineCommand({
  name: "attach",
  short: "Attach to a running container",
  long: "Attach to a process that is already running inside an existing container.",
  examples: "kubectl attach kubia\n\n# With stdin\nkubectl attach kubia -c main -i -t",
  usage: "attach (POD | TYPE/NAME) -c CONTAINER",
  flags: [
    aFlag("container", "string", "", "The container; the pod's default one if absent", { short: "c" }),
    podRunningTimeoutFlag("1m0s"),
    aFlag("quiet", "bool", "false", "Prints what the process writes and nothing else", { short: "q" }),
    aFlag("stdin", "bool", "false", "Passes stdin on to the container", { short: "i" }),
    aFlag("tty", "bool", "false", "Stdin is a terminal", { short: "t" }),
  ],
  run: async (args, flags, io) => {
    if (args.length === 0) throw plainError("at least 1 argument is required for attach");
    if (args.length > 2)
      throw plainError(
        `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(" ")}]`,
      );
    checkRunningTimeout("attach", flags);
    const pod = await podFor(io, flags, args);
    const { phase } = pod.status;
    if (phase === "Succeeded" || phase === "Failed")
      throw plainError(`cannot attach a container in a completed pod; current phase is ${phase}`);
    return attachTo(io, pod, {
      container: text(flags, "container"),
      stdin: flag(flags, "stdin"),
      tty: flag(flags, "tty"),
      quiet: flag(flags, "quiet"),
    });
  },
});

/** Until the process ends or Ctrl-C; also what `run` does once its pod runs. */
export async function attachTo(io: KubectlIo, pod: Pod, options: AttachOptions): Promise<number> {
  const { stdin, quiet } = options;
  const container = containerFor(io, pod, options.container, quiet);
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  const own = [...containers, ...initContainers, ...ephemeralContainers].find(
    ({ name }) => name === container,
  );
  if (!own)
    throw plainError(
      `cannot attach to the container: container ${container} not found in pod ${pod.metadata.name}`,
    );
  if (options.tty && !own.tty && !quiet)
    io.stderr(`error: Unable to use a TTY - container ${container} did not allocate one\n`);
  // A container that has a terminal is joined with one, asked for or not.
  const wanted = stdin && own.tty === true;
  const tty = wanted && io.tty;
  if (wanted && !tty && !quiet) io.stderr(NO_TTY);
  checkReachable(pod, container);
  if (!quiet)
    io.stderr(
      "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n",
    );
  const { namespace = "", name } = pod.metadata;
  // A terminal has one output.
  const output = own.tty ? (_stream: string, words: string) => io.stdout(words) : printTo(io);
  const connection = io.attach({ namespace, pod: name, container, stdin, tty }, output);
  const end = await untilEnded(io, connection, { stdin, tty });
  if ("error" in end) throw plainError(refusalText(end.error, container));
  if (!quiet && stdin && tty && pod.spec.restartPolicy === "Always") {
    const again = `'kubectl attach ${name} -c ${container} -i -t'`;
    io.stdout(
      ephemeralContainers.some((item) => item.name === container)
        ? `Session ended, the ephemeral container will not be restarted but may be reattached using ${again} if it is still running\n`
        : `Session ended, resume using ${again} command when the pod is running\n`,
    );
  }
  return 0;
}
