// Commands that somebody outside of the cluster watches while they run and may type to: `kubectl exec`, `attach`, and
// the page's terminals. Opened, written to and closed by actions; what they write waits here until it is taken.
import { imageOf } from "../images/registry.ts";
import { attachInput, execError, newId } from "./containers.ts";
import { resolvePath } from "./files.ts";
import type { Kernel } from "./kernel.ts";
import { exit, signalProcess, spawn } from "./processes.ts";
import { loadProgram } from "./programs.ts";
import { drain } from "./run.ts";
import { interruptShell, suspendShell } from "./shell/interactive.ts";
import type { Container, Process, Session } from "./state.ts";
import { openStream } from "./streams.ts";
import { wakeReaders } from "./wake.ts";

export interface SessionSpec {
  container: string;
  command: readonly string[];
  stdin: boolean;
  tty: boolean;
  env?: Readonly<Record<string, string>>;
}

export function openSession(kernel: Kernel, name: string, spec: SessionSpec): void {
  const { state } = kernel;
  closeSession(kernel, name);
  const session: Session = { container: spec.container, tty: spec.tty, output: [] };
  state.sessions.set(name, session);
  const container = state.containers.get(spec.container);
  if (container?.status !== "running") {
    const known = container?.config.containerName;
    session.ended = {
      error: known === undefined ? "container not found" : `container not found ("${known}")`,
    };
    return;
  }
  start(kernel, name, session, container, spec);
  drain(kernel);
}

/** Nobody there could start it. */
export function refuseSession({ state }: Pick<Kernel, "state">, name: string, error: string): void {
  state.sessions.set(name, { container: "", tty: false, output: [], ended: { error } });
}

function start(
  kernel: Kernel,
  name: string,
  session: Session,
  container: Container,
  spec: SessionSpec,
): void {
  const { config } = container;
  const cwd = resolvePath("/", config.workingDir ?? imageOf(config.image).workingDir ?? "/");
  const env = { ...container.env, ...(spec.tty ? { TERM: "xterm" } : {}), ...spec.env };
  const fail = (reason: string): void => {
    session.ended = {
      error: `failed to exec in container: failed to start exec "${newId(kernel)}": ${reason}`,
    };
  };
  const loaded = loadProgram(kernel, container, [...spec.command], env, cwd);
  if ("error" in loaded) {
    const reason = execError(spec.command[0] ?? "", loaded.error);
    return fail(`OCI runtime exec failed: exec failed: unable to start container process: ${reason}`);
  }
  if (spec.stdin) {
    session.input = openStream(container, false);
    if (spec.tty) container.streams.get(session.input)!.tty = true;
    (container.typed ??= []).push(session.input);
  }
  const process = spawn(kernel, container, {
    parent: 0,
    argv: loaded.argv,
    env,
    cwd,
    fds: {
      0: session.input === undefined ? { kind: "null" } : { kind: "stream", id: session.input },
      1: { kind: "session", id: name, to: "stdout" },
      2: { kind: "session", id: name, to: spec.tty ? "stdout" : "stderr" },
    },
    program: loaded.program,
  });
  if (!process) return fail("cannot fork: resource temporarily unavailable");
  session.pid = process.pid;
}

/** Shows what the main process writes from now on, and types to it if its standard input is open. */
export function attachSession(kernel: Kernel, name: string, id: string, tty: boolean): void {
  const { state } = kernel;
  closeSession(kernel, name);
  const session: Session = { container: id, tty, output: [] };
  state.sessions.set(name, session);
  const container = state.containers.get(id);
  if (container?.status !== "running") {
    session.ended = { error: `container not found ("${container?.config.containerName ?? ""}")` };
    return;
  }
  (container.attached ??= []).push(name);
}

/** Types into a session; `end` closes its standard input. */
export function typeIntoSession(kernel: Kernel, name: string, text: string, end: boolean): void {
  const session = kernel.state.sessions.get(name);
  const container = session && kernel.state.containers.get(session.container);
  if (!session || !container || session.ended) return;
  const input = inputOf(container, session);
  const stream = input === undefined ? undefined : container.streams.get(input);
  if (input === undefined || !stream) return;
  if (stream.tty) {
    stream.text += text;
    stream.ended = end;
    wakeReaders(kernel, container, input);
    drain(kernel);
    stream.ended = false;
    return;
  }
  if (session.pid === undefined) attachInput(kernel, container.id, text, end);
  else {
    stream.text += text;
    if (end) {
      container.typed = container.typed?.filter((id) => id !== input);
      session.input = undefined;
    }
    wakeReaders(kernel, container, input);
  }
  drain(kernel);
}

const inputOf = (container: Container, session: Session): number | undefined =>
  session.pid === undefined ? container.input : session.input;

/** Whether somebody waits for what is typed. */
export function isReading({ state }: Pick<Kernel, "state">, name: string): boolean {
  const session = state.sessions.get(name);
  const container = session && state.containers.get(session.container);
  const input = session && container && inputOf(container, session);
  if (!container || input === undefined) return false;
  for (const { waiting, fds } of container.processes.values()) {
    if (waiting === "input" && fds[0]?.kind === "stream" && fds[0].id === input) return true;
  }
  return false;
}

export function interruptSession(kernel: Kernel, name: string): void {
  const session = kernel.state.sessions.get(name);
  const container = session && kernel.state.containers.get(session.container);
  if (!session || !container) return;
  const leader = container.processes.get(session.pid ?? 1);
  if (!leader) return;
  if (isInteractive(leader)) interruptShell(kernel, container, leader);
  else if (session.pid === undefined) signalProcess(kernel, container, 1, 2);
  else interruptTree(kernel, container, leader);
  drain(kernel);
}

/** Ctrl-Z: only a shell at its terminal knows what to do with it. */
export function suspendSession(kernel: Kernel, name: string): void {
  const session = kernel.state.sessions.get(name);
  const container = session && kernel.state.containers.get(session.container);
  const leader = container?.processes.get(session?.pid ?? 1);
  if (!container || !leader || !isInteractive(leader)) return;
  suspendShell(kernel, container, leader);
  drain(kernel);
}

const isInteractive = ({ program }: Process): boolean =>
  program.kind === "shell" && program.shell.interactive !== undefined;

/** The terminal's foreground group: the command and all that it started. */
function interruptTree(kernel: Kernel, container: Container, leader: Process): void {
  for (const process of tree(container, leader)) signalProcess(kernel, container, process.pid, 2, true);
}

function tree(container: Container, root: Process): Process[] {
  const below = [...container.processes.values()].filter(({ parent }) => parent === root.pid);
  return [...below.flatMap((child) => tree(container, child)), root];
}

/** The watcher goes away: what it started ends, as after SIGHUP. */
export function closeSession(kernel: Kernel, name: string): void {
  const { state } = kernel;
  const session = state.sessions.get(name);
  if (!session) return;
  state.sessions.delete(name);
  const container = state.containers.get(session.container);
  if (!container) return;
  if (container.attached) container.attached = container.attached.filter((id) => id !== name);
  if (container.typed) container.typed = container.typed.filter((id) => id !== session.input);
  const leader = session.pid === undefined ? undefined : container.processes.get(session.pid);
  if (leader) {
    for (const process of tree(container, leader)) {
      if (container.processes.has(process.pid)) exit({ ...kernel, container, process }, 129, 1);
    }
  }
  drain(kernel);
}

/** What a session wrote since the last call, and how it ended, if it has. */
export function takeSessionOutput(
  { state }: Pick<Kernel, "state">,
  name: string,
): { output: Session["output"]; ended: Session["ended"] } {
  const session = state.sessions.get(name);
  if (!session) return { output: [], ended: { exit: 129 } };
  const { output, ended } = session;
  session.output = [];
  if (ended) state.sessions.delete(name);
  return { output, ended };
}

/** Called when a process or a whole container is over. */
export function endSessionsOf(kernel: Kernel, container: Container, pid: number, status: number): void {
  for (const session of kernel.state.sessions.values()) {
    if (session.container !== container.id || session.ended) continue;
    if (session.pid === pid || (session.pid === undefined && pid === 1)) session.ended = { exit: status };
    else continue;
    if (container.typed) container.typed = container.typed.filter((id) => id !== session.input);
  }
}
