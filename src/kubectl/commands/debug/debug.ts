// `kubectl debug`: a container beside a pod's, a copy of a pod, or a pod on a node.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go (v1.35)
import type { Status } from "#api/meta";
import type { Pod } from "#api/pod/types";
import { fnv1a } from "#base/hash";
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError, throwAll } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { fetchInfos, request, targetsOf, type Info } from "../../resources.ts";
import { namespaceOf } from "../../selection.ts";
import { aFlag, fileFlags } from "../../writing/flag-sets.ts";
import { waitUntil } from "../../writing/wait-until.ts";
import { attachTo } from "../attach/attach.ts";
import { copyOfPod, debugContainer, podOnNode } from "./pods.ts";

export const debugCommand = defineCommand({
  name: "debug",
  short: "Create debugging sessions for troubleshooting workloads and nodes",
  long: "Debug cluster resources using interactive debugging containers: beside a running pod, in a copy of it, or on a node.",
  examples:
    "# A copy of the pod with another container\nkubectl debug kubia -it --image=busybox --copy-to=kubia-debug\n\n# On a node\nkubectl debug node/node-1 -it --image=busybox",
  usage: "debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]",
  flags: [
    ...fileFlags("with what to debug"),
    aFlag("arguments-only", "bool", "false", "What stands behind -- are arguments, not the command"),
    aFlag("attach", "bool", "false", "Waits for the container and joins it; so does -i"),
    aFlag("container", "string", "", "Name of the debug container", { short: "c" }),
    aFlag("copy-to", "string", "", "Makes a copy of the pod under this name"),
    aFlag("custom", "string", "", "A file with a partial container, JSON or YAML"),
    aFlag("env", "stringArray", "[]", "Environment variables, as name=value"),
    aFlag("image", "string", "", "Image of the debug container"),
    aFlag("image-pull-policy", "string", "", "When the image is pulled"),
    aFlag("keep-annotations", "bool", "false", "The copy keeps the pod's annotations"),
    aFlag("keep-labels", "bool", "false", "The copy keeps the pod's labels"),
    aFlag("profile", "string", "general", "Profile: general, baseline, netadmin, restricted or sysadmin"),
    aFlag("quiet", "bool", "false", "Prints no messages", { short: "q" }),
    aFlag("replace", "bool", "false", "With --copy-to: deletes the original pod"),
    aFlag("same-node", "bool", "false", "With --copy-to: the copy goes to the same node"),
    aFlag("set-image", "stringList", "[]", "With --copy-to: images of containers, as name=image"),
    aFlag("share-processes", "bool", "true", "With --copy-to: containers see each other's processes"),
    aFlag("stdin", "bool", "false", "Keeps the container's stdin open", { short: "i" }),
    aFlag("target", "string", "", "Whose processes the container is to see"),
    aFlag("tty", "bool", "false", "Gives the container a terminal", { short: "t" }),
  ],
  run: async (args, flags, io) => {
    const [target, ...command] = args;
    validate(target, flags);
    const { targets, errors } = await targetsOf(target === undefined ? [] : [target], flags, io, {
      defaultType: "pods",
    });
    const fetched = fetchInfos(io, targets);
    throwAll([...errors, ...fetched.errors]);
    for (const info of fetched.infos) await debugOne(io, flags, info, command);
    return 0;
  },
});

function validate(target: string | undefined, flags: FlagValues): void {
  const copies = text(flags, "copy-to") !== "";
  if (target === undefined && list(flags, "filename").length === 0)
    throw plainError("NAME or filename is required for debug");
  if (!copies && text(flags, "image") === "" && list(flags, "set-image").length === 0)
    throw plainError("you must specify --image or --set-image");
  if (copies && text(flags, "target") !== "")
    throw plainError("--target is incompatible with --copy-to. Use --share-processes instead.");
  if (!copies && list(flags, "set-image").length > 0)
    throw plainError("--set-image is only used when --copy-to is also specified");
  if (flag(flags, "tty") && !flag(flags, "stdin"))
    throw plainError("-i/--stdin is required for containers with -t/--tty=true");
}

async function debugOne(
  io: KubectlIo,
  flags: FlagValues,
  info: Info,
  command: readonly string[],
): Promise<void> {
  const suffix = suffixOf(`${info.name} ${io.nowMs()}`);
  const name = text(flags, "container") || (text(flags, "image") ? `debugger-${suffix}` : "");
  const { kind } = info.resource;
  if (kind === "Node") {
    const own = text(flags, "container") || "debugger";
    const pod = podOnNode(info.name, suffix, debugContainer(flags, own, command));
    const made = create(io, namespaceOf(io, flags), pod);
    if (!flag(flags, "quiet"))
      io.stdout(`Creating debugging pod ${made.metadata.name} with container ${own} on node ${info.name}.\n`);
    return joinIfWanted(io, flags, made, own);
  }
  if (kind !== "Pod") throw plainError(`${JSON.stringify(info.name)} not supported by debug`);
  if (text(flags, "copy-to") === "")
    return besideThePod(io, flags, info, debugContainer(flags, name, command));
  const copy = copyOfPod(
    info.object as unknown as Pod,
    flags,
    name && text(flags, "image") ? debugContainer(flags, name, command) : undefined,
    command,
  );
  if (flag(flags, "replace"))
    request(io, { method: "DELETE", path: podPath(info.namespace ?? "", info.name) });
  const made = create(io, info.namespace ?? "", copy);
  if (!text(flags, "container") && text(flags, "image") && !flag(flags, "quiet"))
    io.stderr(`Defaulting debug container name to ${name}.\n`);
  return joinIfWanted(io, flags, made, name || made.spec.containers[0]!.name);
}

const podPath = (namespace: string, name: string): string =>
  `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;

function create(io: KubectlIo, namespace: string, pod: JsonObject): Pod {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
  return request(io, { method: "POST", path, body: pod }).body as unknown as Pod;
}

/** An ephemeral container, where the server has that subresource. */
function besideThePod(io: KubectlIo, flags: FlagValues, info: Info, container: JsonObject): Promise<void> {
  if (!text(flags, "container") && !flag(flags, "quiet"))
    io.stderr(`Defaulting debug container name to ${String(container["name"])}.\n`);
  const { terminationMessagePolicy: _, ...own } = container;
  const target = text(flags, "target");
  const response = io.handle({
    method: "PATCH",
    path: `${podPath(info.namespace ?? "", info.name)}/ephemeralcontainers`,
    contentType: "application/strategic-merge-patch+json",
    body: { spec: { ephemeralContainers: [{ ...own, ...(target && { targetContainerName: target }) }] } },
  });
  if (response.status >= 300) {
    const { message = "" } = response.body as unknown as Status;
    if (response.status === 404)
      throw plainError(
        `ephemeral containers are disabled for this cluster (error from server: ${JSON.stringify(message)}).`,
      );
    throw plainError(message);
  }
  return joinIfWanted(io, flags, response.body as unknown as Pod, String(container["name"]));
}

async function joinIfWanted(io: KubectlIo, flags: FlagValues, made: Pod, container: string): Promise<void> {
  if (!flag(flags, "attach") && !flag(flags, "stdin")) return;
  const { namespace = "", name } = made.metadata;
  const path = podPath(namespace, name);
  const running = await waitUntil(io, 0, () => {
    const pod = request(io, { method: "GET", path }).body as unknown as Pod;
    const statuses = [
      ...(pod.status.containerStatuses ?? []),
      ...(pod.status.ephemeralContainerStatuses ?? []),
    ];
    const state = statuses.find((status) => status.name === container)?.state;
    return (state?.running ?? state?.terminated)
      ? { pod, isOver: state?.terminated !== undefined }
      : undefined;
  });
  if (!running) return;
  if (running.isOver) {
    const { body } = request(io, { method: "GET", path: `${path}/log`, query: { container } });
    io.stdout(typeof body === "string" ? body : "");
    return;
  }
  await attachTo(io, running.pod, {
    container,
    stdin: flag(flags, "stdin"),
    tty: flag(flags, "tty"),
    quiet: flag(flags, "quiet"),
  });
}

/** Five letters and digits, as generated names end. */
function suffixOf(seed: string): string {
  const digits = "bcdfghjklmnpqrstvwxz2456789";
  let rest = fnv1a(seed);
  let suffix = "";
  for (let index = 0; index < 5; index++) {
    suffix += digits[rest % digits.length]!;
    rest = Math.floor(rest / digits.length);
  }
  return suffix;
}
