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
/** How long a process that used up its slice waits for the next one. */
export const SLICE_MS = 50;
export const MAX_LOG_LINES = 1000;
export const MAX_STREAM_CHARS = 1_000_000;
export const MAX_PROCESSES = 200;

export const SIGNALS: Record<string, number> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  WINCH: 28,
};

/** Accepts 15, TERM and SIGTERM; 0 is allowed and only asks whether the process exists. */
export function signalNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) <= 64 ? Number(text) : undefined;
  return SIGNALS[text.toUpperCase().replace(/^SIG/, "")];
}
