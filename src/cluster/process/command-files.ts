// The files of a command of the table: those of its container, by paths from its folder, and the special ones that stand
// for its own descriptors.
import type { CommandFiles } from "./commands/command.ts";
import { listDirectory, makeDirectory, readFile, removeTree, resolvePath, stat, writeFile } from "./files.ts";
import type { Caller } from "./kernel.ts";
import type { Entry } from "./state.ts";

const NAMED: Record<string, number> = { "/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2, "/dev/tty": 2 };

/** Which of its own descriptors a path stands for. */
function descriptorOf(path: string): number | undefined {
  const number = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1];
  return number === undefined ? NAMED[path] : Number(number);
}

export function filesOf(caller: Caller, put: (fd: number, text: string) => void): CommandFiles {
  const { container, process } = caller;
  const at = (path: string): string => resolvePath(process.cwd, path);
  const write = (path: string, text: string, mode?: number): ReturnType<CommandFiles["write"]> => {
    if (path === "/dev/null") return undefined;
    const fd = descriptorOf(path);
    if (fd === undefined) return writeFile(caller, container, path, text, mode);
    put(fd, text);
    return undefined;
  };
  return {
    resolve: at,
    stat: (path) => descriptorEntry(caller, at(path)) ?? stat(caller, container, at(path)),
    read: (path) => readDescriptor(caller, at(path)) ?? readFile(caller, container, at(path)),
    write: (path, text, mode) => write(at(path), text, mode),
    append: (path, text) => {
      const full = at(path);
      if (descriptorOf(full) !== undefined) return write(full, text);
      const old = readFile(caller, container, full);
      return write(full, ("text" in old ? old.text : "") + text);
    },
    makeDirectory: (path, parents) => makeDirectory(caller, container, at(path), parents),
    list: (path) => listDirectory(caller, container, at(path)),
    removeTree: (path) => removeTree(caller, container, at(path)),
  };
}

function descriptorEntry({ process }: Caller, path: string): Entry | undefined {
  const fd = descriptorOf(path);
  return fd !== undefined && process.fds[fd] ? { kind: "file", text: "", mode: 0o600, at: 0 } : undefined;
}

/** What can be read of it now: <(commands) have ended before anybody reads them. */
function readDescriptor(caller: Caller, path: string): { text: string } | undefined {
  const fd = descriptorOf(path);
  const open = fd === undefined ? undefined : caller.process.fds[fd];
  if (open?.kind === "stream") {
    const stream = caller.container.streams.get(open.id);
    const text = stream?.text ?? "";
    if (stream) stream.text = "";
    return { text };
  }
  if (open?.kind !== "file") return undefined;
  const file = readFile(caller, caller.container, open.path);
  return { text: "text" in file ? file.text.slice(open.offset) : "" };
}
