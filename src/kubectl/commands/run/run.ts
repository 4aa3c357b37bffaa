// `kubectl run`: one pod from an image, attached to if wanted.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/run/run.go (v1.35)
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import type { ResourceMapping } from "../../discovery.ts";
import { StatusError } from "../../errors.ts";
import { changed, flag, text } from "../../flags.ts";
import { namespaceOf } from "../../selection.ts";
import { announce, writingMode } from "../../writing/announce.ts";
import { sendObject } from "../../writing/create-object.ts";
import { DELETE_FLAGS, deletionMode } from "../../writing/delete-flags.ts";
import { deleteObject } from "../../writing/delete-object.ts";
import type { DryRun } from "../../writing/dry-run.ts";
import {
  aFlag,
  fieldManagerFlag,
  fileFlags,
  podRunningTimeoutFlag,
  RECORD_FLAG,
  SAVE_CONFIG_FLAG,
  WRITING_FLAGS,
} from "../../writing/flag-sets.ts";
import { OVERRIDE_FLAGS } from "../../writing/overrides.ts";
import { checkRunningTimeout } from "../../writing/pod-for.ts";
import { runAttached } from "./attached.ts";
import { checkRun, podFromFlags, serviceForPod } from "./pod.ts";

export const runCommand = defineCommand({
  name: "run",
  short: "Run a particular image on the cluster",
  long: "Create and run a particular image in a pod.",
  examples:
    "kubectl run nginx --image=nginx\n\n# With a port and labels\nkubectl run kubia --image=luksa/kubia --port=8080 --labels=app=kubia\n\n# For a while, with a terminal\nkubectl run box --rm -it --image=busybox --restart=Never -- sh\n\n# Only shows what it would make\nkubectl run nginx --image=nginx --dry-run=client -o yaml",
  usage:
    'run NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  flags: [
    // The real program has the flags of replace here, and looks at no file either.
    ...fileFlags("with what to replace"),
    ...DELETE_FLAGS.filter(({ name }) => name !== "now").map((item) =>
      item.name === "wait" ? { ...item, default: "false" } : item,
    ),
    ...WRITING_FLAGS,
    ...OVERRIDE_FLAGS,
    RECORD_FLAG,
    SAVE_CONFIG_FLAG,
    fieldManagerFlag("kubectl-run"),
    podRunningTimeoutFlag("1m0s"),
    aFlag("annotations", "stringArray", "[]", "Annotations of the pod, as key=value"),
    aFlag("attach", "bool", "false", "Waits until the pod runs and joins it; so does -i"),
    aFlag("command", "bool", "false", "What stands behind -- becomes the command, not the arguments"),
    aFlag("env", "stringArray", "[]", "Environment variables, as name=value"),
    aFlag("expose", "bool", "false", "Makes a ClusterIP Service for the pod as well; needs --port"),
    aFlag("image", "string", "", "The image", { required: true }),
    aFlag("image-pull-policy", "string", "", "When the image is pulled; the server's default if absent"),
    aFlag("labels", "string", "", "Labels of the pod, separated by commas", { short: "l" }),
    aFlag("leave-stdin-open", "bool", "false", "Keeps stdin open after the first attach has ended"),
    aFlag("port", "string", "", "Port that the container declares"),
    aFlag("privileged", "bool", "false", "Runs the container in privileged mode"),
    aFlag("quiet", "bool", "false", "Prints no messages around the session", { short: "q" }),
    aFlag("restart", "string", "Always", "Restart policy: Always, OnFailure or Never"),
    aFlag("rm", "bool", "false", "Deletes the pod once it has ended; only when attached"),
    aFlag("stdin", "bool", "false", "Keeps the container's stdin open", { short: "i" }),
    aFlag("tty", "bool", "false", "Gives the container a terminal", { short: "t" }),
  ],
  run: async (args, flags, io) => {
    const attach = changed(flags, "attach") ? flag(flags, "attach") : flag(flags, "stdin");
    const dryRun = writingMode(flags, io);
    checkRun(args, flags, attach, dryRun !== "none");
    checkRunningTimeout("run", flags);
    deletionMode(flags, io);
    const [name = "", ...rest] = args;
    const made = createObjects(io, flags, name, rest, dryRun);
    const [pod, service] = made;
    const say = ({ resource, object }: Made): void =>
      announce(io, flags, { resource, object, operation: "created", dryRun, typed: dryRun === "client" });
    if (service) {
      say(service);
      if (text(flags, "output") === "yaml") io.stdout("---\n");
    }
    if (!attach) {
      if (pod) say(pod);
      return 0;
    }
    try {
      return await runAttached(io, flags, namespaceOf(io, flags), name);
    } finally {
      if (flag(flags, "rm")) for (const item of made) remove(io, flags, item);
    }
  },
});

interface Made {
  resource: ResourceMapping;
  object: JsonObject;
}

function createObjects(
  io: KubectlIo,
  flags: FlagValues,
  name: string,
  rest: readonly string[],
  dryRun: DryRun,
): Made[] {
  const pod = podFromFlags(name, rest, flags);
  const made: Made[] = [sendObject(io, flags, { object: pod, plural: "pods", namespaced: true, dryRun })];
  if (flag(flags, "expose"))
    made.push(
      sendObject(io, flags, {
        object: serviceForPod(name, flags),
        plural: "services",
        namespaced: true,
        dryRun,
      }),
    );
  return made;
}

/** --rm: what was made goes again; that it is gone already is no error. */
function remove(io: KubectlIo, flags: FlagValues, { resource, object }: Made): void {
  const { name, namespace } = object["metadata"] as { name: string; namespace?: string };
  try {
    deleteObject(io, { resource, namespace, name }, { policy: "Background" });
  } catch (error) {
    if (error instanceof StatusError && error.status.reason === "NotFound") return;
    throw error;
  }
  if (!flag(flags, "quiet"))
    io.stdout(
      `${resource.kind.toLowerCase()} ${JSON.stringify(name)} deleted from ${namespace ?? ""} namespace\n`,
    );
}
