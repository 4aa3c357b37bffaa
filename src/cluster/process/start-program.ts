// Starts a program as a child of a process that is no shell: what xargs, timeout and watch run, and what answers.
import type { Caller } from "./kernel.ts";
import { spawn } from "./processes.ts";
import { loadProgram, type FindError } from "./programs.ts";
import type { Fd, Process } from "./state.ts";

/** "no room" where the container has too many processes. */
export function startProgram(
  caller: Caller,
  argv: string[],
  fds: Record<number, Fd>,
): Process | { error: FindError | "no room" } {
  const { container, process } = caller;
  const loaded = loadProgram(caller, container, argv, process.env, process.cwd);
  if ("error" in loaded) return loaded;
  const child = spawn(caller, container, {
    parent: process.pid,
    argv: loaded.argv,
    env: process.env,
    cwd: process.cwd,
    fds,
    program: loaded.program,
  });
  return child ?? { error: "no room" };
}
