// Runs processes that are ready, until all of them wait. Called at the end of everything that may have woken one.
import { commandNamed } from "./commands/registry.ts";
import { commandContext } from "./command-context.ts";
import { SLICE_MS, SLICE_STEPS, type Caller, type Kernel } from "./kernel.ts";
import { exit } from "./processes.ts";
import { loadProgram } from "./programs.ts";
import { runServer } from "./servers.ts";
import { beginShell, loadScript } from "./shell/begin.ts";
import { becomeInteractive } from "./shell/interactive.ts";
import { runShell } from "./shell/interpreter.ts";
import type { Program } from "./state.ts";
import { peekInput, takeInput, write } from "./streams.ts";
import { beginWait } from "./waits.ts";
import { waitForTime } from "./wake.ts";

export function drain(kernel: Kernel): void {
  const { state } = kernel;
  if (state.draining || state.ready.length === 0) return;
  state.draining = true;
  for (let at = 0; at < state.ready.length; at++) {
    const { container: id, pid } = state.ready[at]!;
    const container = state.containers.get(id);
    const process = container?.processes.get(pid);
    if (container && !container.held && process?.waiting === "nothing" && !process.stopped)
      runWithinBounds({ ...kernel, container, process });
  }
  state.ready = [];
  state.draining = false;
}

/** Texts that are too long for the engine, and recursion that is too deep for it, are the end of their process alone. */
function runWithinBounds(caller: Caller): void {
  try {
    runProcess(caller);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    if (caller.container.processes.has(caller.process.pid)) exit(caller, 137);
  }
}

/** False once the container has used up its steps at this instant. */
export function takeSteps(caller: Caller, count: number): boolean {
  const { steps } = caller.container;
  if (steps.at !== caller.context.now) {
    steps.at = caller.context.now;
    // A program that worked longer than its share makes the container wait for more than one turn.
    steps.used = Math.max(0, steps.used - 2 * SLICE_STEPS);
  }
  steps.used += count;
  return steps.used <= SLICE_STEPS;
}

function runProcess(caller: Caller): void {
  const { program } = caller.process;
  if (!takeSteps(caller, 5)) {
    waitForTime(caller, SLICE_MS);
    return;
  }
  if (program.kind === "server") runServer(caller, program);
  else if (program.kind === "outside") callOutside(caller, program);
  else if (program.kind === "command") runCommand(caller, program);
  else {
    const { shell } = program;
    if (shell.frames.length === 0 && shell.exiting === undefined && !shell.interactive) {
      if (!readShell(caller, program)) return;
    }
    runShell(caller, shell, (count) => takeSteps(caller, count));
  }
}

/** Whoever runs programs outside takes the call and answers by outside.ts. */
function callOutside(
  { container, process, state }: Caller,
  program: Extract<Program, { kind: "outside" }>,
): void {
  process.waiting = "outside";
  if (program.called) return;
  program.called = true;
  state.calls.push({ container: container.id, pid: process.pid });
}

/** Reads the shell's script; false if it still waits for it or cannot run it. */
function readShell(caller: Caller, program: Extract<Program, { kind: "shell" }>): boolean {
  const { shell } = program;
  let failed = shell.readsScript ? undefined : beginShell(caller, shell);
  const input = caller.process.fds[0];
  if (shell.readsScript && input?.kind === "stream" && caller.container.streams.get(input.id)?.tty) {
    shell.readsScript = false;
    becomeInteractive(caller, shell);
    return true;
  }
  if (shell.readsScript) {
    // Simplified: a script on standard input is read to its end before its first command runs.
    const { text, ended } = peekInput(caller);
    if (!ended) {
      caller.process.waiting = "input";
      return false;
    }
    takeInput(caller, text.length);
    shell.readsScript = false;
    failed = loadScript(shell, text);
  }
  if (!failed) return true;
  if (failed.said !== undefined) write(caller, 1, `${failed.said}\n`);
  if (failed.error !== undefined) write(caller, 2, `${failed.error}\n`);
  exit(caller, failed.exit);
  return false;
}

function runCommand(caller: Caller, program: Extract<Program, { kind: "command" }>): void {
  const { process, container } = caller;
  const command = commandNamed(program.name)!;
  const context = commandContext(caller, process.argv, process.env);
  const outcome = command.run(
    context,
    program.began ? { state: program.state, answer: process.answer ?? null } : undefined,
  );
  if (!container.processes.has(process.pid)) return;
  if (context.broken) exit(caller, 141);
  else if ("exit" in outcome) exit(caller, outcome.exit);
  else if ("wait" in outcome) {
    program.began = true;
    program.state = outcome.state;
    beginWait(caller, outcome.wait);
  } else become(caller, outcome.become, outcome.env ?? process.env);
}

/** execve: the process goes on as another program. */
export function become(caller: Caller, argv: string[], env: Record<string, string>): void {
  const { process, container } = caller;
  const loaded = loadProgram(caller, container, argv, env, process.cwd);
  if ("error" in loaded) {
    const isMissing = loaded.error === "not found" || loaded.error === "no such file or directory";
    const text = isMissing ? "No such file or directory" : "Permission denied";
    write(caller, 2, `${process.argv[0]}: ${isMissing ? `can't execute '${argv[0]}'` : argv[0]}: ${text}\n`);
    exit(caller, isMissing ? 127 : 126);
    return;
  }
  process.argv = loaded.argv;
  process.env = env;
  process.program = loaded.program;
  process.answer = undefined;
  caller.state.ready.push({ container: container.id, pid: process.pid });
}
