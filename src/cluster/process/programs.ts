// Finds the program that a word names, as execvp does: a command of the table that the image has, a server of the
// image, or a script with its interpreter.
import { imageOf } from "../images/registry.ts";
import { BINARY } from "./commands/packages.ts";
import { commandNamed } from "./commands/registry.ts";
import { baseName, resolvePath, stat } from "./files.ts";
import type { Kernel } from "./kernel.ts";
import { newShell } from "./shell/start.ts";
import type { ShellState } from "./shell/state.ts";
import type { Container, Program } from "./state.ts";

const SHELLS = new Set(["sh", "bash", "ash", "dash"]);
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export type Found =
  | { kind: "command" | "server" | "shell"; name: string; path: string }
  /** The interpreter with its arguments; the script's path comes next. */
  | { kind: "script"; interpreter: string[]; path: string };

export type FindError = "not found" | "permission denied" | "no such file or directory" | "is a directory";

export function findProgram(
  kernel: Kernel,
  container: Container,
  name: string,
  cwd: string,
  path = DEFAULT_PATH,
): Found | { error: FindError } {
  const image = imageOf(container.config.image);
  const isPath = name.includes("/");
  if (!isPath) {
    if (image.servers && Object.hasOwn(image.servers, name))
      return { kind: "server", name, path: `/usr/local/bin/${name}` };
    if (hasCommand(container, name) && path !== "") {
      const kind = SHELLS.has(name) ? "shell" : "command";
      return { kind, name, path: `/${kind === "shell" ? "bin" : "usr/bin"}/${name}` };
    }
    for (const folder of path.split(":")) {
      const candidate = resolvePath(folder, name);
      const entry = stat(kernel, container, candidate);
      if (entry?.kind === "file" && entry.mode & 0o111) return atPath(kernel, container, candidate);
    }
    return { error: "not found" };
  }
  return atPath(kernel, container, resolvePath(cwd, name));
}

function hasCommand(container: Container, name: string): boolean {
  if (imageOf(container.config.image).commands.includes(name)) return true;
  if (container.config.outside?.includes(name)) return true;
  return container.allTools === true && (SHELLS.has(name) || commandNamed(name) !== undefined);
}

function atPath(kernel: Kernel, container: Container, path: string): Found | { error: FindError } {
  const image = imageOf(container.config.image);
  const base = baseName(path);
  const isProgramFolder = /^(\/usr)?(\/local)?\/s?bin\/[^/]+$/.test(path);
  const entry = stat(kernel, container, path);
  if (image.servers && Object.hasOwn(image.servers, base) && (isProgramFolder || entry)) {
    return { kind: "server", name: base, path };
  }
  if (
    isProgramFolder &&
    hasCommand(container, base) &&
    (!entry || (entry.kind === "file" && entry.text === ""))
  ) {
    return { kind: SHELLS.has(base) ? "shell" : "command", name: base, path };
  }
  if (!entry) return { error: "no such file or directory" };
  if (entry.kind === "directory") return { error: "is a directory" };
  if (entry.kind !== "file" || !(entry.mode & 0o111)) return { error: "permission denied" };
  // A program that a package brought.
  if (entry.text === BINARY) return { kind: SHELLS.has(base) ? "shell" : "command", name: base, path };
  const shebang = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(entry.text);
  if (!shebang) return { kind: "script", interpreter: ["/bin/sh"], path };
  const isEnv = baseName(shebang[1]!) === "env" && shebang[2] !== undefined;
  const interpreter = isEnv ? [shebang[2]!] : shebang.slice(1, 3).filter((word) => word !== undefined);
  return { kind: "script", interpreter, path };
}

/** Prepares a process's program; the argv may change where a script brings its interpreter. */
export function loadProgram(
  kernel: Kernel,
  container: Container,
  argv: string[],
  env: Record<string, string>,
  cwd: string,
): { argv: string[]; program: Program } | { error: FindError } {
  let words = argv;
  for (let depth = 0; depth < 4; depth++) {
    const found = findProgram(kernel, container, words[0] ?? "", cwd, env["PATH"]);
    if ("error" in found) return found;
    if (found.kind === "script" && isEntrypoint(kernel, container, found.path)) {
      words = entrypointArguments(container, words.slice(1));
      if (words.length === 0) words = ["true"];
      continue;
    }
    if (found.kind === "script") {
      words = [...found.interpreter, found.path, ...words.slice(1)];
      continue;
    }
    if (found.kind === "shell") {
      const shell = newShell(words[0]!, env, shellFlavour(container, found.name), 0);
      return { argv: words, program: { kind: "shell", shell } };
    }
    if (found.kind === "server") {
      const listening = { phase: "new", listen: [], state: null, requests: 0 } as const;
      return { argv: words, program: { kind: "server", name: found.name, ...listening, listen: [] } };
    }
    if (container.config.outside?.includes(found.name))
      return { argv: words, program: { kind: "outside", called: false } };
    const known = commandNamed(found.name) ? found.name : "unsupported";
    return { argv: words, program: { kind: "command", name: known, began: false, state: null } };
  }
  return { error: "no such file or directory" };
}

/** An image's entrypoint script that is not modelled: it runs what it is given. */
function isEntrypoint(kernel: Kernel, container: Container, path: string): boolean {
  const entry = stat(kernel, container, path);
  return path.endsWith("entrypoint.sh") && entry?.kind === "file" && entry.text === "";
}

/** curlimages/curl takes what is no program for arguments of curl, as several official images do with theirs. */
function entrypointArguments(container: Container, words: string[]): string[] {
  const image = imageOf(container.config.image);
  const first = words[0] ?? "";
  const isCurl = image.repository.endsWith("/curl");
  const isProgram = image.commands.includes(baseName(first)) || first.startsWith("/");
  return isCurl && !isProgram ? ["curl", ...words] : words;
}

function shellFlavour(container: Container, name: string): ShellState["flavour"] {
  if (name === "bash") return "bash";
  return imageOf(container.config.image).flavour === "busybox" ? "busybox" : "dash";
}
