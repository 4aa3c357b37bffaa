// Programs that run outside of the machine, as a workstation's kubectl does: they wait in a list until somebody takes
// the call, reads their input, writes their output, and ends them.
import { listDirectory, makeDirectory, readFile, removeTree, resolvePath, stat, writeFile } from "./files.ts";
import type { Kernel } from "./kernel.ts";
import { exit } from "./processes.ts";
import { drain } from "./run.ts";
import type { Container, Process } from "./state.ts";
import { peekInput, takeInput, write } from "./streams.ts";

export interface OutsideCall {
  container: string;
  pid: number;
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** Its standard output is a terminal. */
  tty: boolean;
  /** Its standard input is a terminal. */
  typed: boolean;
}

/** Programs that began since the last call. */
export function takeCalls(kernel: Kernel): OutsideCall[] {
  const calls = kernel.state.calls.flatMap(({ container: id, pid }) => {
    const found = find(kernel, id, pid);
    if (!found) return [];
    const { container, process } = found;
    const input = process.fds[0];
    return {
      container: id,
      pid,
      argv: process.argv,
      env: process.env,
      cwd: process.cwd,
      tty: process.fds[1]?.kind === "session",
      typed: input?.kind === "stream" && container.streams.get(input.id)?.tty === true,
    };
  });
  kernel.state.calls = [];
  return calls;
}

function find(
  kernel: Kernel,
  id: string,
  pid: number,
): (Kernel & { container: Container; process: Process }) | undefined {
  const container = kernel.state.containers.get(id);
  const process = container?.processes.get(pid);
  return container && process ? { ...kernel, container, process } : undefined;
}

export function isAlive(kernel: Kernel, call: OutsideCall): boolean {
  return find(kernel, call.container, call.pid) !== undefined;
}

/** Writes to one of the program's descriptors; nobody reading ends it, as SIGPIPE does. */
export function writeOutside(kernel: Kernel, call: OutsideCall, fd: number, text: string): void {
  const caller = find(kernel, call.container, call.pid);
  if (!caller) return;
  if (write(caller, fd, text) === "broken") exit(caller, 141, 13);
  drain(kernel);
}

/** Takes what can be read from the program's standard input. */
export function readOutside(kernel: Kernel, call: OutsideCall): { text: string; ended: boolean } {
  const caller = find(kernel, call.container, call.pid);
  if (!caller) return { text: "", ended: true };
  const input = peekInput(caller);
  takeInput(caller, input.text.length);
  return input;
}

/** Whether reading would give something, or tell that nothing more will come. */
export function hasInput(kernel: Kernel, call: OutsideCall): boolean {
  const caller = find(kernel, call.container, call.pid);
  if (!caller) return true;
  const { text, ended } = peekInput(caller);
  return ended || text !== "";
}

export function exitOutside(kernel: Kernel, call: OutsideCall, status: number): void {
  const caller = find(kernel, call.container, call.pid);
  if (!caller) return;
  exit(caller, status & 255);
  drain(kernel);
}

/** A host's files, by paths relative to a folder. */
export function filesOf(
  kernel: Kernel,
  id: string,
): {
  read(cwd: string, path: string): string | undefined;
  write(cwd: string, path: string, text: string): boolean;
  list(cwd: string, path: string): string[] | undefined;
  isFolder(cwd: string, path: string): boolean;
  remove(cwd: string, path: string): void;
} {
  const container = kernel.state.containers.get(id)!;
  const isFolder = (cwd: string, path: string): boolean =>
    stat(kernel, container, resolvePath(cwd, path))?.kind === "directory";
  return {
    isFolder,
    remove: (cwd, path) => void removeTree(kernel, container, resolvePath(cwd, path)),
    read: (cwd, path) => {
      const file = readFile(kernel, container, resolvePath(cwd, path));
      return "text" in file ? file.text : undefined;
    },
    write: (cwd, path, text) => {
      const at = resolvePath(cwd, path);
      const folder = at.slice(0, at.lastIndexOf("/")) || "/";
      if (!isFolder("/", folder)) makeDirectory(kernel, container, folder, true);
      return writeFile(kernel, container, at, text) === undefined;
    },
    list: (cwd, path) =>
      isFolder(cwd, path) ? listDirectory(kernel, container, resolvePath(cwd, path)) : undefined,
  };
}
