// `kubectl cp`: files and trees to and from containers, by the tar that is in the container.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/cp/cp.go (v1.35)
import { packTar, unpackTar, type TarEntry } from "#base/tar";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { flag, text } from "../../flags.ts";
import { namespaceOf } from "../../selection.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { exitError, runInPod } from "./run-in-pod.ts";
import { cleanPath, folderOf, nameOf, parseFileSpec, type FileSpec } from "./spec.ts";

export const cpCommand = defineCommand({
  name: "cp",
  short: "Copy files and directories to and from containers",
  long: "Copy files and directories to and from containers.\n\n The container needs a tar program.",
  examples:
    "kubectl cp ./index.html kubia:/tmp/index.html\n\n# Back, from another namespace\nkubectl cp shop/kubia:/tmp/index.html ./index.html",
  usage: "cp <file-spec-src> <file-spec-dest>",
  flags: [
    aFlag("container", "string", "", "The container; the pod's default one if absent", { short: "c" }),
    aFlag("no-preserve", "bool", "false", "Does not keep owners and permissions"),
    aFlag("retries", "int", "0", "How often a copy from a container is taken up again"),
  ],
  run: async (args, flags, io) => {
    if (args.length !== 2) throw plainError("source and destination are required");
    const located = (spec: FileSpec): FileSpec =>
      spec.pod === "" ? spec : { ...spec, namespace: spec.namespace || namespaceOf(io, flags) };
    const [source, target] = args.map((word) => located(parseFileSpec(word))) as [FileSpec, FileSpec];
    if (source.pod !== "" && target.pod !== "")
      throw plainError("one of src or dest must be a local file specification");
    if (source.path === "" || target.path === "") throw plainError("filepath can not be empty");
    if (source.pod !== "") await copyFromPod(io, flags, source, target);
    else if (target.pod !== "") await copyToPod(io, flags, source, target);
    else throw plainError("one of src or dest must be a remote file specification");
    return 0;
  },
});

async function copyToPod(
  io: KubectlIo,
  flags: FlagValues,
  source: FileSpec,
  target: FileSpec,
): Promise<void> {
  const local = source.path;
  if (io.readFile(local) === undefined && io.listFolder(local) === undefined)
    throw plainError(`${local} doesn't exist in local filesystem`);
  const container = text(flags, "container");
  const into = await isFolder(io, container, target);
  const destination = into ? cleanPath(`${target.path}/${nameOf(cleanPath(local))}`) : cleanPath(target.path);
  const archive = packTar(collect(io, cleanPath(local), nameOf(destination)));
  const folder = folderOf(destination);
  const keep = flag(flags, "no-preserve") ? ["--no-same-permissions", "--no-same-owner"] : [];
  const { exit } = await runInPod(io, {
    at: target,
    container,
    command: ["tar", ...keep, "-xmf", "-", "-C", folder],
    stdin: archive,
    messages: (message) => io.stderr(message),
  });
  if (exit !== 0) throw exitError(exit);
}

/** Asks without a word; whatever goes wrong means no, and the copy itself will complain. */
async function isFolder(io: KubectlIo, container: string, target: FileSpec): Promise<boolean> {
  try {
    const command = ["test", "-d", target.path];
    return (await runInPod(io, { at: target, container, command, messages: () => {} })).exit === 0;
  } catch {
    return false;
  }
}

function collect(io: KubectlIo, path: string, name: string): TarEntry[] {
  const content = io.readFile(path);
  if (content !== undefined) return [{ name, kind: "file", text: content }];
  const children = [...new Set((io.listFolder(path) ?? []).map((child) => child.split("/")[0]!))];
  if (children.length === 0) return [{ name, kind: "directory", text: "" }];
  return children.flatMap((child) => collect(io, `${path}/${child}`, `${name}/${child}`));
}

async function copyFromPod(
  io: KubectlIo,
  flags: FlagValues,
  source: FileSpec,
  target: FileSpec,
): Promise<void> {
  const { stdout } = await runInPod(io, {
    at: source,
    container: text(flags, "container"),
    command: ["tar", "cf", "-", source.path],
    // kubectl prints these to stdout.
    messages: (message) => io.stdout(message),
  });
  const prefix = cleanPath(source.path)
    .replace(/^\/+/, "")
    .replace(/^(\.\.\/)+/, "");
  for (const { name, kind, text: content } of unpackTar(stdout) ?? []) {
    if (!name.startsWith(prefix)) throw plainError("tar contents corrupted");
    const below = name.slice(prefix.length).replace(/^\/+/, "");
    const path = below === "" ? cleanPath(target.path) : `${cleanPath(target.path)}/${below}`;
    if (below.split("/").includes(".."))
      io.stderr(`warning: file ${JSON.stringify(path)} is outside target destination, skipping\n`);
    else if (kind === "file") io.writeFile(path, content);
  }
}
