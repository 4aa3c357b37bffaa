// Starting, waking, signalling and ending processes: the part of a kernel that containers need. Running them on is
// run.ts's work; here they only become ready.
import type { Json } from "#base/json";
import { answerOf } from "./answering.ts";
import { commandContext } from "./command-context.ts";
import { commandNamed } from "./commands/registry.ts";
import { MAX_PROCESSES, SPAWN_STEPS, type Caller, type Kernel } from "./kernel.ts";
import { endSessionsOf } from "./session.ts";
import { serverContext, serverOf } from "./server-context.ts";
import { dropSockets, retireSockets } from "./sockets.ts";
import { appendLog, flushLog } from "./streams.ts";
import { dropStreams, wake, wakeReaders } from "./wake.ts";
import type { Container, Fd, Process, Program } from "./state.ts";

export interface SpawnSpec {
  parent: number;
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  fds: Record<number, Fd>;
  program: Program;
}

/** Adds a process that is ready to run. Undefined if the container has too many (a fork bomb). */
export function spawn(kernel: Kernel, container: Container, spec: SpawnSpec): Process | undefined {
  if (container.processes.size >= MAX_PROCESSES) return undefined;
  const process: Process = {
    ...spec,
    pid: container.nextPid++,
    startedAt: kernel.context.now,
    sockets: [],
    retired: [],
    token: kernel.state.nextToken++,
    waiting: "nothing",
  };
  container.steps.used += SPAWN_STEPS;
  container.processes.set(process.pid, process);
  kernel.state.ready.push({ container: container.id, pid: process.pid });
  return process;
}

/** The process is over: sockets close, its parent learns of it, and with PID 1 the container ends. */
export function exit(caller: Caller, status: number, signal = 0): void {
  const { container, process, context } = caller;
  if (!container.processes.delete(process.pid)) return;
  if (process.timer !== undefined) context.cancel(process.timer);
  dropSockets(context, process);
  const key = keepAliveKey(container, process);
  context.http.forget(key);
  context.network.endWatch(key);
  endSessionsOf(caller, container, process.pid, status);
  if (process.pid === 1) {
    endContainer(caller, status);
    return;
  }
  const exec = container.execs.get(process.pid);
  if (exec) finishExec(caller, status);
  const answering = container.answering.get(process.pid);
  if (answering) finishAnswering(caller, status);
  const parent = container.processes.get(process.parent);
  if (parent?.program.kind === "shell") {
    // Negative: a signal ended it, which the shell says aloud.
    parent.program.shell.children[process.pid] = signal > 0 ? -signal : status;
    if (parent.waiting === "child") wake(caller, container, parent);
  } else if (parent?.waiting === "child") wake(caller, container, parent, { exit: status, signal });
  for (const other of container.processes.values()) {
    if (other.parent === process.pid) other.parent = 1;
  }
  wakeReaders(caller, container);
  dropStreams(container, process.fds);
}

/** A container gives out each pid once. */
export function keepAliveKey(container: Container, process: Process): string {
  return `${container.id}/${process.pid}`;
}

function finishExec(caller: Caller, status: number): void {
  const { container, process, context } = caller;
  const exec = container.execs.get(process.pid)!;
  container.execs.delete(process.pid);
  if (exec.timer !== undefined) context.cancel(exec.timer);
  const text = (id: number): string => container.streams.get(id)?.text ?? "";
  context.reply(
    exec.replyTo,
    { outcome: "exited", exit: status, stdout: text(exec.stdout), stderr: text(exec.stderr) },
    context.now > process.startedAt ? 0 : 1,
  );
  container.streams.delete(exec.stdout);
  container.streams.delete(exec.stderr);
}

function finishAnswering(caller: Caller, status: number): void {
  const { container, process, context } = caller;
  const answering = container.answering.get(process.pid)!;
  container.answering.delete(process.pid);
  context.network.respond(answering.exchange, answerOf(container, answering, status));
}

function endContainer(caller: Caller, status: number): void {
  const { container, context } = caller;
  for (const process of container.processes.values()) {
    container.processes.delete(process.pid);
    if (process.timer !== undefined) context.cancel(process.timer);
    dropSockets(context, process);
    context.network.endWatch(keepAliveKey(container, process));
    if (container.execs.has(process.pid)) finishExec({ ...caller, process }, 137);
    endSessionsOf(caller, container, process.pid, 137);
  }
  container.streams.clear();
  flushLog(caller, container);
  container.status = "exited";
  if (!container.watcher) return;
  const answer: { [key: string]: Json } = {
    container: container.id,
    exitCode: status,
    reason: container.outOfMemory ? "OOMKilled" : status === 0 ? "Completed" : "Error",
  };
  context.reply(container.watcher, answer, 1);
}

/** Delivers a signal; false if there is no such process. From outside the container nothing is ignored by PID 1. */
export function signalProcess(
  kernel: Kernel,
  container: Container,
  pid: number,
  signal: number,
  fromOutside = false,
): boolean {
  const process = container.processes.get(pid);
  if (!process) return false;
  if (signal === 0) return true;
  const caller: Caller = { ...kernel, container, process };
  if (signal === 9) {
    if (pid !== 1 || fromOutside) exit(caller, 137, 9);
    return true;
  }
  if (signal === STOP || (signal === TERMINAL_STOP && !handleSignal(caller, signal))) {
    if (pid !== 1) process.stopped = true;
    return true;
  }
  if (signal === CONTINUE && process.stopped) goOn(caller);
  if (handleSignal(caller, signal)) return true;
  // The kernel gives PID 1 only the signals that it has a handler for.
  if (pid === 1 || signal === 17 || signal === 18 || signal === 28) return true;
  exit(caller, 128 + signal, signal);
  return true;
}

const CONTINUE = 18;
const STOP = 19;
const TERMINAL_STOP = 20;

/** What came while it stood still was kept. */
function goOn({ container, process, state }: Caller): void {
  process.stopped = undefined;
  if (process.waiting === "nothing") state.ready.push({ container: container.id, pid: process.pid });
}

/** Whether the program took the signal itself. */
function handleSignal(caller: Caller, signal: number): boolean {
  const { container, process } = caller;
  const program = process.program;
  if (program.kind === "shell") {
    const action = program.shell.traps[signal];
    if (action === undefined) return false;
    if (action === "") return true;
    program.shell.pendingSignals.push(signal);
    if (process.waiting === "child" && program.shell.interruptible) wake(caller, container, process);
    return true;
  }
  if (program.kind === "outside") return false;
  if (program.kind === "server") return signalServer(caller, program, signal);
  const command = commandNamed(program.name);
  if (command?.interrupted && program.began && (signal === 2 || command.stopsOn?.includes(signal))) {
    const context = commandContext(caller, process.argv, process.env);
    exit(caller, command.interrupted(context, program.state));
    return true;
  }
  const status = command?.signals?.[signal];
  if (status === undefined) return false;
  exit(caller, status);
  return true;
}

function signalServer(
  caller: Caller,
  program: Extract<Program, { kind: "server" }>,
  signal: number,
): boolean {
  const { container, process, context } = caller;
  const reaction = serverOf(container, program.name)?.signal?.(signal, serverContext(caller, program));
  if (reaction === undefined) return false;
  if (reaction === "ignore" || program.phase === "stopping") return true;
  if (reaction.log !== undefined) appendLog(caller, container, "stdout", `${reaction.log}\n`);
  if (!reaction.afterMs) {
    exit(caller, reaction.exit);
    return true;
  }
  program.phase = "stopping";
  if (reaction.closeListeners ?? true) retireSockets(context, process);
  const data = { container: container.id, pid: process.pid, exit: reaction.exit };
  context.after(reaction.afterMs, "serverEnds", data);
  return true;
}
