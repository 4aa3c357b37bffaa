// Runs a shell's instructions until it waits, ends, or has used up its steps. Where it stands is in ShellState; a
// child, a pipe or a signal makes it go on from there.
import { withoutTrailing } from "#base/trailing";
import { nextInt } from "#base/random";
import { listDirectory, resolvePath, stat } from "../files.ts";
import { epochNow } from "../clock.ts";
import { SLICE_MS, type Caller } from "../kernel.ts";
import { exit } from "../processes.ts";
import { openStream, write } from "../streams.ts";
import { waitForTime } from "../wake.ts";
import { spawnSubshell } from "./children.ts";
import type { Code, Instruction } from "./code.ts";
import { runCondition } from "./condition.ts";
import { control } from "./control.ts";
import { arithmetic, expandText, type Expander } from "./expand.ts";
import { addJob, forgetJob } from "./jobs.ts";
import { nextCommand, recover } from "./interactive.ts";
import { openPipe, substitute } from "./pipes.ts";
import { applyRedirects } from "./redirects.ts";
import { readScript, syntaxError } from "./script.ts";
import { runSimple } from "./simple.ts";
import { newFrame } from "./start.ts";
import type { Frame, Kept, ShellState } from "./state.ts";
import { trace } from "./trace.ts";
import { ExpansionError } from "./variables.ts";

/** What an instruction leads to: go on, wait for a child or for input (and run it again), or give up. */
export type Step = "next" | "wait" | "again" | "gone";

export interface ShellCaller extends Caller {
  readonly shell: ShellState;
}

export function runShell(caller: Caller, shell: ShellState, takeSteps: (count: number) => boolean): void {
  const self: ShellCaller = { ...caller, shell };
  const { process, container } = caller;
  for (;;) {
    if (shell.pending && !finishPending(self)) {
      if (process.waiting === "nothing") process.waiting = "child";
      return;
    }
    if (shell.exiting !== undefined && shell.interactive && !shell.interactive.leaving) {
      recover(self);
      continue;
    }
    if (shell.exiting !== undefined) {
      if (!runExitTrap(self)) {
        exit(caller, shell.exiting & 255);
        return;
      }
    }
    if (!takeSteps(1)) {
      waitForTime(caller, SLICE_MS);
      return;
    }
    takeSignal(self);
    const frame = shell.frames.at(-1);
    if (!frame && shell.interactive) {
      if (!nextCommand(self)) return;
      continue;
    }
    if (!frame) {
      shell.exiting = shell.status;
      continue;
    }
    const instruction = shell.options.noexec && !shell.interactive ? undefined : frame.code[frame.at];
    if (!instruction) {
      leaveFrame(self);
      continue;
    }
    frame.at++;
    const step = perform(self, frame, instruction);
    if (!container.processes.has(process.pid) || step === "gone") return;
    if (step === "again") {
      frame.at--;
      return;
    }
    if (step === "next") checkErrexit(self, instruction);
  }
}

/** Runs one instruction; what cannot be expanded ends a script, as in dash. */
function perform(self: ShellCaller, frame: Frame, instruction: Instruction): Step {
  try {
    return run(self, frame, instruction);
  } catch (error) {
    if (!(error instanceof ExpansionError)) throw error;
    complainAs(self, error.message);
    const status = self.shell.flavour === "bash" ? 1 : 2;
    self.shell.status = self.shell.interactive ? status : (error.status ?? status);
    self.shell.exiting = self.shell.status;
    return "wait";
  }
}

/** The shell's own complaints: "sh: 1: text" in dash, "bash: line 1: text", "sh: text" in busybox. */
export function complainAs(self: ShellCaller, text: string): void {
  const { shell } = self;
  const place =
    shell.flavour === "dash"
      ? `${shell.line}: `
      : shell.flavour === "bash" && !shell.interactive
        ? `line ${shell.line}: `
        : "";
  write(self, 2, `${shell.name}: ${place}${text}\n`);
}

export function expanderOf(self: ShellCaller, frame: Frame): Expander {
  const { process, container, context, shell } = self;
  const at = (path: string): string => resolvePath(process.cwd, path);
  return {
    shell,
    frame,
    pid: process.pid,
    parent: process.parent,
    cwd: process.cwd,
    list: (path) => {
      const entry = stat(self, container, at(path));
      return entry?.kind === "directory" ? listDirectory(self, container, at(path)) : undefined;
    },
    exists: (path) => stat(self, container, at(path)) !== undefined,
    random: () => nextInt(context.random, 32_768),
    seconds: () => Math.floor((context.now - process.startedAt) / 1000),
    epochSeconds: () => Math.floor(epochNow(context) / 1000),
  };
}

function run(self: ShellCaller, frame: Frame, instruction: Instruction): Step {
  const { shell } = self;
  switch (instruction.op) {
    case "simple":
      return runSimple(self, frame, instruction);
    case "substitute":
      return substitute(self, frame, instruction.code, instruction.slot);
    case "pipe":
      return openPipe(self, frame, instruction);
    case "jump":
      frame.at = instruction.to;
      return "next";
    case "jumpIfFailed":
      if (shell.status !== 0) frame.at = instruction.to;
      return "next";
    case "jumpIfSucceeded":
      if (shell.status === 0) frame.at = instruction.to;
      return "next";
    case "negate":
      shell.status = shell.status === 0 ? 1 : 0;
      return "next";
    case "succeed":
      shell.status = 0;
      return "next";
    case "define":
      shell.functions[instruction.name] = instruction.code;
      (shell.functionTexts ??= {})[instruction.name] = instruction.text;
      shell.status = 0;
      return "next";
    case "pipeline":
      return pipeline(self, instruction.stages, instruction.tested || frame.tested);
    case "subshell":
      return startSubshell(self, frame, instruction);
    case "background":
      return background(self, instruction.code, instruction.text);
    case "condition":
      shell.line = instruction.line;
      shell.status = runCondition(self, expanderOf(self, frame), instruction.words);
      frame.slots = [];
      return "next";
    case "arithmetic":
      runArithmetic(self, frame, instruction);
      return "next";
    default:
      return control(self, frame, instruction);
  }
}

/** What cannot be reckoned only fails. */
function runArithmetic(
  self: ShellCaller,
  frame: Frame,
  { word, text }: Extract<Instruction, { op: "arithmetic" }>,
): void {
  const { shell } = self;
  const expander = expanderOf(self, frame);
  if (shell.options.xtrace) trace(self, `(( ${text.trim()} ))`);
  try {
    shell.status = arithmetic(expander, expandText(expander, word)) === 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ExpansionError) || error.status !== undefined) throw error;
    complainAs(self, `((: ${error.message}`);
    shell.status = 1;
  }
  frame.slots = [];
}

function pipeline(self: ShellCaller, stages: Code[], tested: boolean): Step {
  const pids: number[] = [];
  let input = self.process.fds[0];
  stages.forEach((code, index) => {
    const fds = { ...self.process.fds };
    if (input) fds[0] = input;
    if (index < stages.length - 1) {
      const id = openStream(self.container, false);
      fds[1] = { kind: "stream", id };
      input = { kind: "stream", id };
    }
    const child = spawnSubshell(self, code, fds, tested);
    if (child) pids.push(child.pid);
  });
  self.shell.pending = { kind: "pipeline", pids };
  return "wait";
}

function startSubshell(
  self: ShellCaller,
  frame: Frame,
  instruction: Extract<Instruction, { op: "subshell" }>,
): Step {
  const fds = { ...self.process.fds };
  const failed = applyRedirects(self, expanderOf(self, frame), instruction.redirects, fds);
  frame.slots = [];
  if (failed !== undefined) {
    complainAs(self, failed);
    self.shell.status = 1;
    return "next";
  }
  const child = spawnSubshell(self, instruction.code, fds, instruction.tested || frame.tested);
  if (child) self.shell.pending = { kind: "child", pid: child.pid };
  return "wait";
}

function background(self: ShellCaller, code: Code, text: string): Step {
  const fds = { ...self.process.fds, 0: { kind: "null" } as const };
  const child = spawnSubshell(self, code, fds, false);
  if (child) {
    const { number } = addJob(self.shell, [child.pid], text);
    if (self.shell.interactive && self.shell.flavour === "bash") write(self, 2, `[${number}] ${child.pid}\n`);
    self.shell.lastBackground = child.pid;
  }
  self.shell.status = 0;
  return "next";
}

const SIGNAL_TEXTS: Record<number, string> = {
  1: "Hangup",
  3: "Quit",
  9: "Killed",
  11: "Segmentation fault",
  15: "Terminated",
};

/** Whether what the shell waits for has come; if so, takes its result. */
function finishPending(self: ShellCaller): boolean {
  const { shell, container } = self;
  const pending = shell.pending!;
  const ended = (pid: number): boolean => shell.children[pid] !== undefined;
  const take = (pid: number): number => {
    const status = shell.children[pid] ?? 127;
    // Before its next prompt an interactive shell says what has ended, waited for or not.
    const isTold = shell.interactive !== undefined && shell.jobTable[pid] !== undefined;
    if (!isTold) {
      delete shell.children[pid];
      forgetJob(shell, pid);
    }
    if (status >= 0) return status;
    const text = SIGNAL_TEXTS[-status];
    if (text !== undefined && shell.flavour !== "bash") write(self, 2, `${text}\n`);
    return 128 - status;
  };
  if (pending.kind === "wait") {
    const pids = pending.pids ?? shell.jobs;
    const interrupted = shell.pendingSignals[0];
    const first = pending.any ? pids.find(ended) : undefined;
    const isOver = pending.any ? first !== undefined : pids.every(ended);
    if (interrupted === undefined && !isOver) return false;
    shell.status = interrupted === undefined ? 0 : 128 + interrupted;
    if (interrupted === undefined && first !== undefined) shell.status = take(first);
    else if (interrupted === undefined)
      for (const pid of pids) shell.status = pending.pids ? take(pid) : (take(pid), 0);
    shell.interruptible = false;
  } else if (pending.kind === "pipe") {
    if (!ended(pending.pid)) return false;
    delete shell.children[pending.pid];
  } else if (pending.kind === "pipeline") {
    if (!pending.pids.every(ended)) return false;
    const statuses = pending.pids.map(take);
    if (shell.flavour === "bash") (shell.arrays ??= {})["PIPESTATUS"] = statuses.map(String);
    const failure = shell.options.pipefail ? statuses.filter((status) => status !== 0).at(-1) : undefined;
    shell.status = failure ?? statuses.at(-1) ?? 0;
  } else {
    if (!ended(pending.pid)) return false;
    shell.status = take(pending.pid);
    if (pending.kind === "substitution") {
      const text = container.streams.get(pending.stream)?.text ?? "";
      container.streams.delete(pending.stream);
      const frame = shell.frames.at(-1);
      if (frame) frame.slots[pending.slot] = withoutTrailing(text, "\n");
    }
  }
  const failing = shell.frames.at(-1);
  shell.pending = undefined;
  const instruction = failing?.code[failing.at - 1];
  if (instruction && pending.kind !== "substitution" && pending.kind !== "pipe")
    checkErrexit(self, instruction);
  return true;
}

/** set -e: a failure that nothing looked at ends the script. */
function checkErrexit(self: ShellCaller, instruction: Instruction): void {
  const { shell } = self;
  if (shell.status === 0 || shell.exiting !== undefined) return;
  const onError = shell.traps[ERR];
  if (!shell.options.errexit && onError === undefined) return;
  if (!("tested" in instruction) || instruction.tested || shell.frames.at(-1)?.tested) return;
  // What a function's or trap's frame will bring is not known yet.
  if (shell.pending) return;
  if (shell.options.errexit) shell.exiting = shell.status;
  if (onError && shell.exiting === undefined && shell.frames.every(({ kind }) => kind !== "trap"))
    runTrap(self, onError);
}

/** bash's and busybox's trap ... ERR. */
const ERR = -1;

function takeSignal(self: ShellCaller): void {
  const { shell } = self;
  const signal = shell.pendingSignals.shift();
  if (signal === undefined) return;
  runTrap(self, shell.traps[signal] ?? "");
}

function runTrap(self: ShellCaller, action: string): void {
  const { shell } = self;
  const script = readScript(action, shell.flavour);
  if ("error" in script) complainAs(self, syntaxError(script.error, self.shell.flavour));
  else shell.frames.push({ ...newFrame("trap", script.code, true), status: shell.status });
}

/** True if there is a trap on EXIT that runs first. */
function runExitTrap(self: ShellCaller): boolean {
  const { shell } = self;
  const action = shell.traps[0];
  if (action === undefined || action === "") return false;
  delete shell.traps[0];
  shell.frames = [];
  shell.status = shell.exiting ?? 0;
  shell.exiting = undefined;
  runTrap(self, action);
  return shell.frames.length > 0;
}

function bringBack(shell: ShellState, name: string, kept: Kept): void {
  const { value, array, map, attributes } = kept;
  if (kept.unexport) delete shell.exported[name];
  delete shell.variables[name];
  delete shell.arrays?.[name];
  delete shell.maps?.[name];
  delete shell.attributes?.[name];
  if (value !== undefined) shell.variables[name] = value;
  if (array) (shell.arrays ??= {})[name] = array;
  if (map) (shell.maps ??= {})[name] = map;
  if (attributes !== undefined) (shell.attributes ??= {})[name] = attributes;
}

/** The frame's code is at its end: parameters, locals and redirections of the caller come back. */
export function leaveFrame(self: ShellCaller): void {
  const { shell, process } = self;
  const frame = shell.frames.pop()!;
  if (frame.params) shell.params = frame.params;
  for (const [name, kept] of Object.entries(frame.locals ?? {})) bringBack(shell, name, kept);
  if (frame.saved.length > 0) process.fds = frame.saved[0]!;
  if (frame.kind === "trap" && frame.status !== undefined) shell.status = frame.status;
  const caller = shell.frames.at(-1);
  const instruction = caller?.code[caller.at - 1];
  if (frame.kind === "function" && instruction) checkErrexit(self, instruction);
}
