// A shell at a terminal: prompts, reads a command however many lines it takes, remembers what was typed, and comes
// back to its prompt after errors and Ctrl-C.
import { exit, signalProcess } from "../processes.ts";
import type { Container, Fd, Process } from "../state.ts";
import { peekInput, takeInput, write } from "../streams.ts";
import { wake } from "../wake.ts";
import { readFile, resolvePath } from "../files.ts";
import { MAX_PROCESSES, type Caller, type Kernel } from "../kernel.ts";
import { complainAs, type ShellCaller } from "./interpreter.ts";
import { reportEnded, suspendForeground } from "./jobs.ts";
import { isUnfinished } from "./parser.ts";
import { readScript, syntaxError } from "./script.ts";
import { newFrame } from "./start.ts";
import type { Pending, ShellState } from "./state.ts";

export interface Interactive {
  /** Lines of the command that is being typed. */
  typed: string;
  prompted: boolean;
  /** exit was asked for, or the input has ended. */
  leaving: boolean;
  history: string[];
  /** The shell's own descriptors, to come back to. */
  fds: Record<number, Fd>;
}

const MAX_HISTORY = 500;

export function becomeInteractive(caller: Caller, shell: ShellState): void {
  const { process, container } = caller;
  shell.interactive = { typed: "", prompted: false, leaving: false, history: [], fds: process.fds };
  if (shell.flavour !== "bash") return;
  const settings = readFile(caller, container, resolvePath(shell.variables["HOME"] ?? "/root", ".bashrc"));
  const script = "text" in settings ? readScript(settings.text, shell.flavour) : undefined;
  if (script && "code" in script) shell.frames = [newFrame("script", script.code)];
}

/** Whether there is a next command to run; else the shell waits for more input, or leaves. */
export function nextCommand(self: ShellCaller): boolean {
  const { shell, process } = self;
  const interactive = shell.interactive!;
  interactive.fds = process.fds;
  for (;;) {
    if (!interactive.prompted) {
      if (interactive.typed === "") reportEnded(self);
      write(self, 2, promptOf(self));
    }
    interactive.prompted = true;
    const { text, ended } = peekInput(self);
    const newline = text.indexOf("\n");
    if (newline < 0 && !ended) {
      process.waiting = "input";
      return false;
    }
    if (newline < 0 && text === "") return endOfInput(self);
    const line = newline < 0 ? text : text.slice(0, newline);
    takeInput(self, newline < 0 ? text.length : newline + 1);
    interactive.prompted = false;
    interactive.typed += `${line}\n`;
    if (isUnfinished(interactive.typed, shell.flavour) && !ended) continue;
    if (begin(self)) return true;
  }
}

function endOfInput(self: ShellCaller): boolean {
  const { shell } = self;
  if (shell.flavour === "bash") write(self, 2, "exit\n");
  shell.interactive!.leaving = true;
  shell.exiting = shell.status;
  return true;
}

function begin(self: ShellCaller): boolean {
  const { shell } = self;
  const interactive = shell.interactive!;
  const { typed } = interactive;
  interactive.typed = "";
  if (typed.trim() === "") return false;
  shell.foreground = undefined;
  interactive.history.push(typed.replace(/\n$/, ""));
  if (interactive.history.length > MAX_HISTORY) interactive.history.shift();
  const script = readScript(typed, shell.flavour);
  if ("error" in script) {
    complainAs(self, syntaxError(script.error, shell.flavour));
    shell.status = 2;
    return false;
  }
  shell.frames = [newFrame("script", script.code)];
  return true;
}

/** What would have ended a script only ends the present command. */
export function recover(self: ShellCaller): void {
  const { shell, process } = self;
  shell.status = shell.exiting ?? shell.status;
  shell.exiting = undefined;
  shell.frames = [];
  process.fds = shell.interactive!.fds;
}

/** Ctrl-C: what runs in the foreground gets SIGINT, and the shell prompts again. */
export function interruptShell(kernel: Kernel, container: Container, process: Process): void {
  const { program } = process;
  if (program.kind !== "shell" || !program.shell.interactive) return;
  const { shell } = program;
  const interactive = shell.interactive!;
  const jobs = new Set(shell.jobs);
  const crowded = container.processes.size >= MAX_PROCESSES / 2;
  const ending = crowded ? ofTerminal(container, process) : foreground(container, process.pid, jobs);
  for (const child of ending) {
    if (container.processes.has(child.pid)) signalProcess(kernel, container, child.pid, 2, true);
    // Simplified: a program that catches Ctrl-C and goes on does not keep the prompt away.
    if (container.processes.has(child.pid)) exit({ ...kernel, container, process: child }, 130, 2);
  }
  const last = lastOf(shell.pending);
  const status = last === undefined ? undefined : shell.children[last];
  shell.children = Object.fromEntries(
    Object.entries(shell.children).filter(([pid]) => jobs.has(Number(pid))),
  );
  shell.frames = [];
  shell.pending = undefined;
  shell.exiting = undefined;
  shell.asking = false;
  shell.status = status === undefined ? 130 : status < 0 ? 128 - status : status;
  process.fds = interactive.fds;
  const stream = process.fds[0]?.kind === "stream" ? container.streams.get(process.fds[0].id) : undefined;
  if (stream) stream.text = "";
  Object.assign(interactive, { typed: "", prompted: false });
  // A loop may have used up this instant; the prompt does not wait for the next.
  container.steps = { at: -1, used: 0 };
  if (process.waiting === "nothing") kernel.state.ready.push({ container: container.id, pid: process.pid });
  else wake(kernel, container, process);
}

/** Ctrl-Z: what runs in the foreground stands still, and the shell prompts again. */
export function suspendShell(kernel: Kernel, container: Container, process: Process): void {
  const { program } = process;
  if (program.kind !== "shell" || !program.shell.interactive) return;
  const { shell } = program;
  const self: ShellCaller = { ...kernel, container, process, shell };
  if (!suspendForeground(self)) return;
  shell.foreground = undefined;
  shell.status = 148;
  // What follows in the line goes on; a loop does not.
  if (shell.frames.some(({ loops }) => loops.length > 0)) {
    shell.frames = [];
    process.fds = shell.interactive!.fds;
  }
  wake(kernel, container, process);
}

/** The process whose exit status the present command has. */
function lastOf(pending: Pending | undefined): number | undefined {
  if (pending?.kind === "child") return pending.pid;
  return pending?.kind === "pipeline" ? pending.pids.at(-1) : undefined;
}

/** All that shows on the shell's screen: where hardly a process more fits, what is in the background ends too. */
function ofTerminal(container: Container, leader: Process): Process[] {
  const screen = leader.fds[2];
  return [...container.processes.values()].filter(
    (other) =>
      other !== leader &&
      Object.values(other.fds).some(
        (fd) => fd.kind === "session" && screen?.kind === "session" && fd.id === screen.id,
      ),
  );
}

/** Descendants of a process that are not in the background, the youngest first. */
export function foreground(container: Container, pid: number, jobs: ReadonlySet<number>): Process[] {
  const found: Process[] = [];
  for (const child of container.processes.values()) {
    if (child.parent !== pid || jobs.has(child.pid)) continue;
    found.push(...foreground(container, child.pid, jobs), child);
  }
  return found;
}

function promptOf(self: ShellCaller): string {
  const { shell, container, process } = self;
  if (shell.interactive!.typed !== "") return shell.variables["PS2"] ?? "> ";
  const standard = { bash: "\\u@\\h:\\w\\$ ", dash: "# ", busybox: "\\w # " }[shell.flavour];
  const home = shell.variables["HOME"] ?? "/root";
  const { cwd } = process;
  const isHome = home !== "/" && (cwd === home || cwd.startsWith(`${home}/`));
  const shown = isHome ? `~${cwd.slice(home.length)}` : cwd;
  const values: Record<string, string> = {
    u: shell.variables["USER"] ?? "root",
    h: container.config.hostname,
    H: container.config.hostname,
    w: shown,
    W: shown === "/" ? "/" : shown.slice(shown.lastIndexOf("/") + 1),
    $: "#",
    n: "\n",
    s: shell.flavour === "bash" ? "bash" : "sh",
    "[": "",
    "]": "",
    e: "\u001b",
    "\\": "\\",
  };
  return (shell.variables["PS1"] ?? standard).replace(
    /\\([uhHwW$nse[\]\\])/g,
    (_, sign: string) => values[sign] ?? "",
  );
}
