// Substitutions: $(commands), whose output becomes text, and <(commands) and >(commands), which are files to the
// command that is given their path.
import type { Fd } from "../state.ts";
import { openStream } from "../streams.ts";
import { spawnSubshell } from "./children.ts";
import type { Code, Instruction } from "./code.ts";
import type { ShellCaller, Step } from "./interpreter.ts";
import type { Frame } from "./state.ts";

export function substitute(self: ShellCaller, frame: Frame, code: Code, slot: number): Step {
  const stream = openStream(self.container, true);
  const fds = { ...self.process.fds, 1: { kind: "stream", id: stream } as const };
  const child = spawnSubshell(self, code, fds, frame.tested);
  if (!child) return "next";
  if (child.program.kind === "shell") child.program.shell.level = (self.shell.level ?? 0) + 1;
  self.shell.pending = { kind: "substitution", pid: child.pid, stream, slot };
  return "wait";
}

/** The highest descriptor is the first one's, as in the real shells. */
const HIGHEST = { bash: 63, busybox: 64, dash: 63 };

/**
 * Simplified: a program that is given <(commands) as a word starts once they have ended; redirections and >(commands)
 * run beside it.
 */
export function openPipe(
  self: ShellCaller,
  frame: Frame,
  instruction: Extract<Instruction, { op: "pipe" }>,
): Step {
  const { process, container, shell } = self;
  const { code, slot, direction, now } = instruction;
  const stream = openStream(container, false);
  const step = shell.flavour === "bash" ? -1 : 1;
  let number = HIGHEST[shell.flavour];
  while (process.fds[number]) number += step;
  const writing = { kind: "stream", id: stream } as const;
  const reading = { kind: "stream", id: stream, reads: true } as const;
  const fds = { ...process.fds, ...(direction === "<" ? { 1: writing } : { 0: reading }) };
  const child = spawnSubshell(self, code, fds, true);
  if (!child) return "next";
  process.fds = { ...process.fds, [number]: direction === "<" ? reading : writing };
  (shell.pipes ??= []).push(number);
  frame.slots[slot] = `/dev/fd/${number}`;
  if (now || direction === ">") return "next";
  shell.pending = { kind: "pipe", pid: child.pid };
  return "wait";
}

/** The command that was given the paths has them now. */
export function closePipes({ process, shell }: ShellCaller): Record<number, Fd> {
  const closed: Record<number, Fd> = {};
  if (!shell.pipes) return closed;
  process.fds = { ...process.fds };
  for (const number of shell.pipes) {
    const fd = process.fds[number];
    if (fd) closed[number] = fd;
    delete process.fds[number];
  }
  shell.pipes = undefined;
  return closed;
}

export function reopenPipes({ process, shell }: ShellCaller, closed: Record<number, Fd>): void {
  const numbers = Object.keys(closed).map(Number);
  if (numbers.length === 0) return;
  process.fds = { ...process.fds, ...closed };
  shell.pipes = numbers;
}
