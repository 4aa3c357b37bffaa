// Redirections: which file or stream each descriptor of a command stands for.
import { resolvePath, stat } from "../files.ts";
import type { Fd } from "../state.ts";
import { openPath, openStream } from "../streams.ts";
import type { Redirect } from "./code.ts";
import { expandText, type Expander } from "./expand.ts";
import type { ShellCaller } from "./interpreter.ts";

/** Changes `fds` in order; returns the complaint if one cannot be done. */
export function applyRedirects(
  self: ShellCaller,
  expander: Expander,
  redirects: readonly Redirect[],
  fds: Record<number, Fd>,
): string | undefined {
  for (const redirect of redirects) {
    const target = expandText(expander, redirect.target);
    const number = redirect.fd === "both" ? 1 : redirect.fd;
    if (redirect.operator === "<<" || redirect.operator === "<<<") {
      const text = redirect.operator === "<<<" ? `${target}\n` : target;
      fds[number] = { kind: "stream", id: openStream(self.container, false, text), reads: true };
    } else if ((redirect.operator === ">&" || redirect.operator === "<&") && /^\d+$|^-$/.test(target)) {
      if (target === "-") delete fds[number];
      else if (fds[Number(target)]) fds[number] = asReader(fds[Number(target)]!, redirect, target);
      else return `${target}: ${self.shell.flavour === "busybox" ? "bad" : "Bad"} file descriptor`;
    } else {
      const failed = open(self, redirect, target, number, fds);
      if (failed !== undefined) return failed;
    }
  }
  return undefined;
}

/** A copy of descriptor 0 reads as it does, whatever its number. */
function asReader(fd: Fd, { operator }: Redirect, target: string): Fd {
  return fd.kind === "stream" && (target === "0" || operator === "<&") ? { ...fd, reads: true } : fd;
}

/** Under set -C a file that is there is not overwritten. */
function isProtected(self: ShellCaller, path: string): boolean {
  if (!self.shell.options.noclobber || path.startsWith("/dev/")) return false;
  return stat(self, self.container, path)?.kind === "file";
}

function open(
  self: ShellCaller,
  redirect: Redirect,
  target: string,
  number: number,
  fds: Record<number, Fd>,
): string | undefined {
  const { operator } = redirect;
  const path = resolvePath(self.process.cwd, target);
  if (operator === ">" && !redirect.force && isProtected(self, path)) {
    const texts = {
      bash: `${target}: cannot overwrite existing file`,
      dash: `cannot create ${target}: File exists`,
      busybox: `can't create ${target}: File exists`,
    };
    return texts[self.shell.flavour];
  }
  const mode = operator === "<" ? "read" : operator === ">>" || operator === "<>" ? "append" : "write";
  const opened = openPath(self, path, mode);
  if ("error" in opened) {
    if (self.shell.flavour === "bash") return `${target}: ${opened.error}`;
    const reason =
      opened.error === "No such file or directory" && self.shell.flavour === "busybox"
        ? "no such file"
        : opened.error;
    if (self.shell.flavour === "busybox") {
      return mode === "read"
        ? `can't open ${target}: ${reason}`
        : `can't create ${target}: ${mode === "write" && reason === "no such file" ? "nonexistent directory" : reason}`;
    }
    const dash =
      opened.error === "No such file or directory"
        ? mode === "read"
          ? "No such file"
          : "Directory nonexistent"
        : opened.error;
    return mode === "read" ? `cannot open ${target}: ${dash}` : `cannot create ${target}: ${dash}`;
  }
  fds[number] = opened.fd;
  if (redirect.fd === "both" || (operator === ">&" && number === 1)) fds[2] = opened.fd;
  return undefined;
}
