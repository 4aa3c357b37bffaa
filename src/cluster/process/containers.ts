// Containers from creation to removal: what CRI's CreateContainer, StartContainer and RemoveContainer do.
import { define } from "#base/json";
import { memo } from "#base/memo";
import { nextUint32 } from "#base/random";
import { imageOf } from "../images/registry.ts";
import type { Address } from "../machine/component.ts";
import { makeDirectory, provideFile, readFile, resolvePath, stat } from "./files.ts";
import type { Kernel } from "./kernel.ts";
import { exit, spawn } from "./processes.ts";
import { findProgram, loadProgram, type FindError } from "./programs.ts";
import type { Container } from "./state.ts";
import { openStream } from "./streams.ts";
import { wakeReaders } from "./wake.ts";
import type { ContainerConfig, StartResult } from "./types.ts";

const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Containers that are told of nothing but Services share their list. */
const records = new WeakMap<ContainerConfig["env"], Record<string, string>>();

function recordOf(env: ContainerConfig["env"]): Record<string, string> {
  const record: Record<string, string> = {};
  for (const { name, value } of env) define(record, name, value);
  return record;
}

export function createContainer(kernel: Kernel, config: ContainerConfig): string {
  const image = imageOf(config.image);
  const env: Record<string, string> = {
    PATH: DEFAULT_PATH,
    ...image.env,
    HOSTNAME: config.hostname,
    ...memo(records, config.env, recordOf),
  };
  env["HOME"] ??= "/root";
  const container: Container = {
    id: newId(kernel),
    config,
    status: "created",
    env,
    overlay: new Map(),
    processes: new Map(),
    streams: new Map(),
    execs: new Map(),
    answering: new Map(),
    nextPid: 1,
    nextStream: 1,
    logs: [],
    partial: { stdout: "", stderr: "" },
    faults: {},
    steps: { at: -1, used: 0 },
  };
  const { now } = kernel.context;
  for (const [path, text] of Object.entries(config.files)) {
    provideFile(container.overlay, image.files, path, text, now);
  }
  kernel.state.containers.set(container.id, container);
  if (image.generic) provideAssumed(kernel, container);
  return container.id;
}

/** Programs that probes and hooks count on are there in an image that is not modelled, and succeed. */
function provideAssumed(kernel: Kernel, container: Container): void {
  const { files } = imageOf(container.config.image);
  for (const name of container.config.assumed?.programs ?? []) {
    const found = findProgram(kernel, container, name, "/", container.env["PATH"]);
    if (!("error" in found) || found.error === "permission denied" || found.error === "is a directory")
      continue;
    const path = name.includes("/") ? resolvePath("/", name) : `/usr/local/bin/${name}`;
    provideFile(container.overlay, files, path, "#!/bin/true\n", kernel.context.now, 0o755);
  }
}

/** 64 hexadecimal digits. */
export function newId(kernel: Kernel): string {
  let id = "";
  while (id.length < 64) id += nextUint32(kernel.context.random).toString(16).padStart(8, "0");
  return id;
}

export function startContainer(kernel: Kernel, id: string, watcher: Address): StartResult {
  const container = kernel.state.containers.get(id);
  if (!container) return { ok: false, message: `container "${id}" in namespace "k8s.io": not found` };
  const { config } = container;
  const image = imageOf(config.image);
  const entrypoint = config.command ?? image.entrypoint ?? [];
  // A command of the manifest's replaces the image's arguments too.
  const args = config.args ?? (config.command ? [] : (image.cmd ?? []));
  const argv = [...entrypoint, ...args];
  const cwd = resolvePath("/", config.workingDir ?? image.workingDir ?? "/");
  if (!stat(kernel, container, cwd)) makeDirectory(kernel, container, cwd, true);
  container.watcher = watcher;
  if (argv.length === 0) {
    container.status = "exited";
    return { ok: false, message: 'failed to generate container "" spec: no command specified' };
  }
  const found = loadProgram(kernel, container, argv, container.env, cwd);
  const loaded = image.generic && !isModelled(found) ? asServer(argv, found) : found;
  if ("error" in loaded) {
    container.status = "exited";
    return { ok: false, message: `${START_FAILURE}${execError(argv[0]!, loaded.error)}` };
  }
  container.status = "running";
  if (config.stdin) {
    container.input = openStream(container, false);
    if (config.tty) container.streams.get(container.input)!.tty = true;
  }
  spawn(kernel, container, {
    parent: 0,
    argv: loaded.argv,
    env: container.env,
    cwd,
    fds: {
      0: container.input === undefined ? { kind: "null" } : { kind: "stream", id: container.input },
      1: { kind: "log", to: "stdout" },
      2: { kind: "log", to: "stderr" },
    },
    program: loaded.program,
  });
  return { ok: true };
}

type Loaded = ReturnType<typeof loadProgram>;

const isModelled = (loaded: Loaded): boolean =>
  !("error" in loaded) && !(loaded.program.kind === "command" && loaded.program.name === "unsupported");

/** Simplified: what an image that is not modelled is told to run is taken for its server. */
function asServer(argv: string[], found: Loaded): Loaded {
  if ("error" in found && (found.error === "permission denied" || found.error === "is a directory"))
    return found;
  const program = {
    kind: "server",
    name: "server",
    phase: "new",
    listen: [],
    state: null,
    requests: 0,
  } as const;
  return { argv, program: { ...program, listen: [] } };
}

const START_FAILURE =
  "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ";

/** As runc words it. */
export function execError(name: string, error: FindError): string {
  if (error === "not found") return `exec: "${name}": executable file not found in $PATH`;
  if (error === "no such file or directory")
    return `exec: "${name}": stat ${name}: no such file or directory`;
  return `exec: "${name}": ${error}`;
}

export function removeContainer(kernel: Kernel, id: string): void {
  const container = kernel.state.containers.get(id);
  if (!container) return;
  container.watcher = undefined;
  endMain(kernel, id, 137);
  kernel.state.containers.delete(id);
}

export function endMain(kernel: Kernel, id: string, status: number): void {
  const container = kernel.state.containers.get(id);
  const main = container?.processes.get(1);
  if (container && main) exit({ ...kernel, container, process: main }, status);
}

export function attachInput(kernel: Kernel, id: string, text: string, end: boolean): void {
  const container = kernel.state.containers.get(id);
  const input = container?.input;
  const stream = input === undefined ? undefined : container?.streams.get(input);
  if (!container || !stream) return;
  stream.text += text;
  if (end) container.input = undefined;
  wakeReaders(kernel, container, input);
}

export function fileOf(kernel: Kernel, id: string, path: string): string | undefined {
  const container = kernel.state.containers.get(id);
  const file = container && readFile(kernel, container, resolvePath("/", path));
  return file && "text" in file ? file.text : undefined;
}

export function putFile({ state, context }: Kernel, id: string, path: string, text: string): void {
  state.containers.get(id)?.overlay.set(path, { kind: "file", text, mode: 0o644, at: context.now });
}
