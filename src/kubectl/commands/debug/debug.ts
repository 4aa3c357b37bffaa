// `kubectl debug`: a container beside a pod's, a copy of a pod, or a pod on a node.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go (v1.35)
import type { Pod } from "#api/pod/types";
import { defineCommand, type FlagValues } from "../../command.ts";
import { plainError, throwAll } from "../../errors.ts";
import { argsBeforeDash, changed, flag, text } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import { fetchInfos, targetsOf, type Info } from "../../resources.ts";
import { namespaceOf } from "../../selection.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { checkDebug } from "./check.ts";
import { copyPod } from "./copy.ts";
import { readCustom } from "./custom.ts";
import { besidePod } from "./ephemeral.ts";
import { joinContainer } from "./join.ts";
import { podOnNode } from "./node.ts";
import type { Making } from "./making.ts";

const ONLY_COPY = "only with --copy-to";

export const debugCommand = defineCommand({
  name: "debug",
  short: "Create debugging sessions for troubleshooting workloads and nodes",
  long: `Debug cluster resources using interactive debugging containers.

What happens depends on what is named, a pod unless the type says otherwise:

  *  Pod: an ephemeral container joins the running pod, without a restart.
  *  Pod, with --copy-to: a copy of the pod is made with something changed, such as an image.
  *  Node: a pod on that node, in the node's own namespaces, with its files below /host.`,
  examples: `# A shell beside the containers of a pod
kubectl debug kubia -it --image=busybox

# The same, with a look at the processes of one container
kubectl debug kubia -it --image=busybox --target=main

# A copy of the pod with another container
kubectl debug kubia -it --image=busybox --copy-to=kubia-debug

# A copy with another command in one container
kubectl debug kubia -it --copy-to=kubia-debug --container=main -- sh

# A copy with other images
kubectl debug kubia --copy-to=kubia-debug --set-image=*=busybox

# On a node
kubectl debug node/node-1 -it --image=busybox`,
  usage: "debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]",
  flags: [
    aFlag("filename", "stringList", "[]", "Files, folders or URLs with what to debug", { short: "f" }),
    aFlag("arguments-only", "bool", "false", "What stands behind -- are arguments, not the command"),
    aFlag("attach", "bool", "false", "Waits for the container and joins it; so does -i"),
    aFlag("container", "string", "", "Name of the debug container", { short: "c" }),
    aFlag("copy-to", "string", "", "Makes a copy of the pod under this name"),
    aFlag("custom", "string", "", "A file with a partial container, JSON or YAML"),
    aFlag("env", "stringMap", "[]", "Environment variables, as name=value"),
    aFlag("image", "string", "", "Image of the debug container"),
    aFlag("image-pull-policy", "string", "", "When the image is pulled; the server decides if absent"),
    aFlag("keep-annotations", "bool", "false", `The copy keeps the pod's annotations (${ONLY_COPY})`),
    aFlag("keep-init-containers", "bool", "true", `The copy keeps the init containers (${ONLY_COPY})`),
    aFlag("keep-labels", "bool", "false", `The copy keeps the pod's labels (${ONLY_COPY})`),
    aFlag("keep-liveness", "bool", "false", `The copy keeps the liveness probes (${ONLY_COPY})`),
    aFlag("keep-readiness", "bool", "false", `The copy keeps the readiness probes (${ONLY_COPY})`),
    aFlag("keep-startup", "bool", "false", `The copy keeps the startup probes (${ONLY_COPY})`),
    aFlag(
      "profile",
      "string",
      "legacy",
      'Options are "legacy", "general", "baseline", "netadmin", "restricted" or "sysadmin".',
    ),
    aFlag("quiet", "bool", "false", "Prints no messages", { short: "q" }),
    aFlag("replace", "bool", "false", "With --copy-to: deletes the original pod"),
    aFlag("same-node", "bool", "false", "With --copy-to: the copy goes to the same node"),
    aFlag("set-image", "stringMap", "[]", "With --copy-to: images of containers, as name=image"),
    aFlag("share-processes", "bool", "true", "With --copy-to: containers see each other's processes"),
    aFlag("stdin", "bool", "false", "Keeps the container's stdin open", { short: "i" }),
    aFlag("target", "string", "", "Whose processes an ephemeral container is to see"),
    aFlag("tty", "bool", "false", "Gives the container a terminal", { short: "t" }),
  ],
  run: async (args, flags, io) => {
    const dash = argsBeforeDash(flags);
    const names = dash < 0 ? args : args.slice(0, dash);
    const command = dash < 0 ? [] : args.slice(dash);
    const custom = readCustom(io, flags);
    checkDebug(names, command, flags, io, custom);
    const { targets, errors } = await targetsOf(names, flags, io, { defaultType: "pods" });
    throwAll(errors);
    const making: Making = { io, flags, command, custom };
    for (const target of targets) {
      const fetched = fetchInfos(io, [target]);
      throwAll(fetched.errors);
      for (const info of fetched.infos) await debugOne(making, info);
    }
    return 0;
  },
});

async function debugOne(making: Making, info: Info): Promise<void> {
  const { io, flags } = making;
  const made = make(making, info);
  if (attaches(flags) && made.container !== "") await joinContainer(io, flags, made.pod, made.container);
}

function make(making: Making, info: Info): { pod: Pod; container: string } {
  const { io, flags } = making;
  const { kind, group, version } = info.resource;
  if (kind === "Node") return podOnNode(making, info.name, namespaceOf(io, flags));
  if (kind !== "Pod")
    throw plainError(`${goQuote(`${group}/${version}, Kind=${kind}`)} not supported by debug`);
  const pod = info.object as unknown as Pod;
  return text(flags, "copy-to") === "" ? besidePod(making, pod) : copyPod(making, pod);
}

/** -i attaches unless --attach says otherwise. */
const attaches = (flags: FlagValues): boolean =>
  changed(flags, "attach") ? flag(flags, "attach") : flag(flags, "stdin");
