// `kubectl exec`: runs a command in a container.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go (v1.35)
import { defineCommand, KubectlError } from "../../command.ts";
import { plainError, usageError } from "../../errors.ts";
import { argsBeforeDash, flag, list, text } from "../../flags.ts";
import { aFlag, fileFlags, podRunningTimeoutFlag } from "../../writing/flag-sets.ts";
import { checkRunningTimeout, containerFor, podFor } from "../../writing/pod-for.ts";
import { checkReachable, NO_TTY, printTo, refusalText, untilEnded } from "../../writing/pod-session.ts";

export const execCommand = defineCommand({
  name: "exec",
  short: "Execute a command in a container",
  long: "Execute a command in a container.",
  examples:
    "# In the pod's first container\nkubectl exec kubia -- curl -s http://10.96.77.1\n\n# A shell\nkubectl exec kubia -it -- bash\n\n# In a pod of a deployment\nkubectl exec deploy/web -- date",
  usage: "exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]",
  flags: [
    ...fileFlags("with the pod").filter(({ name }) => name === "filename"),
    aFlag("container", "string", "", "The container; the pod's default one if absent", { short: "c" }),
    podRunningTimeoutFlag("1m0s"),
    aFlag("quiet", "bool", "false", "Prints what the program writes and nothing else", { short: "q" }),
    aFlag("stdin", "bool", "false", "Passes stdin on to the container", { short: "i" }),
    aFlag("tty", "bool", "false", "Stdin is a terminal", { short: "t" }),
  ],
  run: async (args, flags, io) => {
    const dash = argsBeforeDash(flags);
    const hasFiles = list(flags, "filename").length > 0;
    if (dash < 0 && (args.length > 1 || (args.length > 0 && hasFiles)))
      throw usageError(
        "exec",
        "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead",
      );
    checkRunningTimeout("exec", flags);
    const words = dash === 0 ? [] : args.slice(0, 1);
    const command = dash < 0 ? [] : args.slice(dash);
    if (words.length === 0 && !hasFiles) throw plainError("pod, type/name or --filename must be specified");
    if (command.length === 0) throw plainError("you must specify at least one command for the container");
    const pod = await podFor(io, flags, words);
    const { phase } = pod.status;
    if (phase === "Succeeded" || phase === "Failed")
      throw plainError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
    const quiet = flag(flags, "quiet");
    const container = containerFor(io, pod, text(flags, "container"), quiet);
    const stdin = flag(flags, "stdin");
    const tty = flag(flags, "tty") && stdin && io.tty;
    if (flag(flags, "tty") && !tty && !quiet) io.stderr(NO_TTY);
    checkReachable(pod, container);
    const { namespace = "", name } = pod.metadata;
    const connection = io.exec({ namespace, pod: name, container, command, stdin, tty }, printTo(io));
    const end = await untilEnded(io, connection, { stdin, tty });
    if ("error" in end) throw plainError(refusalText(end.error, container));
    if (end.exit !== 0) throw new KubectlError(`command terminated with exit code ${end.exit}`, end.exit);
    return 0;
  },
});
