// What every function of the runtime is given: the machine's context and the runtime's state, and the limits that
// keep one container from stopping the whole cluster.
import type { Context } from "../machine/component.ts";
import type { Container, Process, RuntimeState } from "./state.ts";

export interface Kernel {
  readonly context: Context;
  readonly state: RuntimeState;
}

/** A process with its container: the subject of a system call. */
export interface Caller extends Kernel {
  readonly container: Container;
  readonly process: Process;
}

export const RUNTIME = "runtime";

/** Steps that a process may take before it has to let virtual time pass. */
export const SLICE_STEPS = 1000;
/** So many letters that are written or read cost one of them. */
export const LETTERS_A_STEP = 200;
/** So many words that a shell fills in cost one of them. */
export const WORDS_A_STEP = 10;
/** So many steps of awk's or sed's cost one of them. */
export const TOOL_STEPS_A_STEP = 50;
/** What a new process costs of them. */
export const SPAWN_STEPS = 15;
/** How long a process that used up its slice waits for the next one. */
export const SLICE_MS = 50;
export const MAX_LOG_LINES = 1000;
export const MAX_STREAM_CHARS = 1_000_000;
/** What writes more at once is ended, as for want of memory. */
export const MAX_WRITE_CHARS = 10_000_000;
export const MAX_PROCESSES = 200;

/** Names in the order of their numbers, from 1. */
const SIGNAL_NAMES =
  "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS".split(
    " ",
  );

export const SIGNALS: Record<string, number> = Object.fromEntries(
  SIGNAL_NAMES.map((name, index) => [name, index + 1]),
);

export function signalName(number: number): string | undefined {
  return SIGNAL_NAMES[number - 1];
}

/** Accepts 15, TERM and SIGTERM; 0 is allowed and only asks whether the process exists. */
export function signalNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) <= 64 ? Number(text) : undefined;
  return SIGNALS[text.toUpperCase().replace(/^SIG/, "")];
}
