// A running shell as plain data: its place in the script, variables, and the children that it waits for.
import type { Fd } from "../state.ts";
import type { Code } from "./code.ts";
import type { Interactive } from "./interactive.ts";
import type { Job } from "./jobs.ts";

export interface Loop {
  again: number;
  end: number;
  items: string[];
  /** How many cases and redirections were open at its start: break and continue leave those inside. */
  cases: number;
  saved: number;
}

export interface Frame {
  kind: "script" | "function" | "trap" | "eval";
  code: Code;
  at: number;
  /** Outputs of substitutions for the command that comes next. */
  slots: string[];
  loops: Loop[];
  cases: string[];
  saved: Record<number, Fd>[];
  /** A function's caller had these parameters and, for its locals, these values. */
  params?: string[];
  locals?: Record<string, string | null>;
  /** Failures do not count under set -e. */
  tested: boolean;
  /** $? to come back to after a trap. */
  status?: number;
}

export type Pending =
  /** A command in the foreground, or a subshell. */
  | { kind: "child"; pid: number }
  | { kind: "pipeline"; pids: number[] }
  | { kind: "substitution"; pid: number; stream: number; slot: number }
  | { kind: "wait"; pids: number[] | null };

export interface ShellState {
  /** $0 */
  name: string;
  flavour: "busybox" | "dash" | "bash";
  frames: Frame[];
  variables: Record<string, string>;
  exported: Record<string, true>;
  functions: Record<string, Code>;
  params: string[];
  /** bash's arrays; their first elements are not among the variables. */
  arrays?: Record<string, string[]>;
  /** bash's associative arrays: declare -A. */
  maps?: Record<string, Record<string, string>>;
  status: number;
  /** Line of the present command, for complaints. */
  line: number;
  lastBackground: number;
  /** Exit statuses of children that ended and were not waited for. */
  children: Record<number, number>;
  /** Children in the background. */
  jobs: number[];
  /** By their processes. */
  jobTable: Record<number, Job>;
  /** What is typed for the job in the foreground, where fg brought it there. */
  foreground?: string;
  /** Action by signal number; 0 is EXIT. */
  traps: Record<number, string>;
  pendingSignals: number[];
  pending?: Pending;
  /** In `wait`, which a trapped signal interrupts. */
  interruptible: boolean;
  options: { errexit: boolean; nounset: boolean; xtrace: boolean; pipefail: boolean };
  /** $$ stays that of the main shell in subshells. */
  mainPid: number;
  exiting?: number;
  /** A script that comes on standard input and is not read yet. */
  readsScript: boolean;
  /** At a terminal. */
  interactive?: Interactive;
  aliases?: Record<string, string>;
  /** read has shown its prompt and waits. */
  asking?: boolean;
}
