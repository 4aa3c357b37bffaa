// A shell's children: copies of itself for parts of the script, and programs.
import { spawn } from "../processes.ts";
import type { Fd, Process } from "../state.ts";
import { copyFds } from "../streams.ts";
import type { Code } from "./code.ts";
import { complainAs, type ShellCaller } from "./interpreter.ts";
import { subshell } from "./start.ts";

/** Undefined if no process can be made; the shell then has said so and failed. */
export function spawnSubshell(
  self: ShellCaller,
  code: Code,
  fds: Record<number, Fd>,
  tested: boolean,
): Process | undefined {
  const { container, process, shell } = self;
  // (commands) alone need no process of their own around them.
  const [only] = code;
  const isWrapped = code.length === 1 && only?.op === "subshell" && only.redirects.length === 0;
  const inner = isWrapped ? only.code : code;
  const child = spawn(self, container, {
    parent: process.pid,
    argv: process.argv,
    env: process.env,
    cwd: process.cwd,
    fds: copyFds(fds),
    program: { kind: "shell", shell: subshell(shell, inner, tested) },
  });
  if (!child) cannotFork(self);
  return child;
}

/** Simplified: bash tries again for some seconds first. */
export function cannotFork(self: ShellCaller): void {
  const { shell } = self;
  const text = {
    bash: "fork: Resource temporarily unavailable",
    busybox: "can't fork: Resource temporarily unavailable",
    dash: "Cannot fork",
  }[shell.flavour];
  complainAs(self, text);
  shell.status = shell.flavour === "bash" ? 254 : 2;
  shell.exiting = shell.status;
}

/** The environment that children get. */
export function exportedEnv(self: ShellCaller): Record<string, string> {
  const { shell, process } = self;
  const env: Record<string, string> = {};
  // Names that are no identifiers pass through from the shell's own environment.
  for (const [name, value] of Object.entries(process.env))
    if (!/^[A-Za-z_]\w*$/.test(name)) env[name] = value;
  for (const name of Object.keys(shell.exported)) {
    const value = shell.variables[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}
