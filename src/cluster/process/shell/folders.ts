// bash's stack of folders: pushd, popd and dirs.
import { resolvePath, stat } from "../files.ts";
import type { Builtin } from "./builtins.ts";
import { complainAs } from "./interpreter.ts";

export const stackOfFolders: Builtin = ({ self, argv, context }) => {
  const { shell, process, container } = self;
  const stack = (shell.folders ??= []);
  const [command, word] = argv;
  const go = (path: string): boolean => {
    if (stat(self, container, path)?.kind !== "directory") {
      complainAs(self, `${command}: ${word}: No such file or directory`);
      return false;
    }
    shell.variables["OLDPWD"] = process.cwd;
    process.cwd = path;
    shell.variables["PWD"] = path;
    return true;
  };
  if (command === "pushd") {
    const before = process.cwd;
    if (word === undefined && stack.length === 0) {
      complainAs(self, "pushd: no other directory");
      return 1;
    }
    if (!go(word === undefined ? stack.shift()! : resolvePath(process.cwd, word))) return 1;
    stack.unshift(before);
  } else if (command === "popd") {
    const next = stack.shift();
    if (next === undefined) {
      complainAs(self, "popd: directory stack empty");
      return 1;
    }
    go(next);
  } else if (word === "-c") {
    shell.folders = [];
    return 0;
  }
  const home = shell.variables["HOME"];
  const shown = [process.cwd, ...stack].map((path) =>
    home !== undefined && home !== "/" && (path === home || path.startsWith(`${home}/`))
      ? `~${path.slice(home.length)}`
      : path,
  );
  context.out(`${shown.join(" ")}\n`);
  return 0;
};
