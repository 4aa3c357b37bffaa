// A running shell as plain data: its place in the script, variables, and the children that it waits for.
import type { Fd } from "../state.ts";
import type { Code, Flavour } from "./code.ts";
import type { Interactive } from "./interactive.ts";
import type { Job } from "./jobs.ts";

export interface Loop {
  again: number;
  end: number;
  items: readonly string[];
  /** Which of them comes next. */
  at: number;
  /** How many cases and redirections were open at its start: break and continue leave those inside. */
  cases: number;
  saved: number;
}

export interface Frame {
  kind: "script" | "function" | "trap" | "eval";
  /** A function's. */
  name?: string;
  code: Code;
  at: number;
  /** Outputs of substitutions for the command that comes next. */
  slots: string[];
  loops: Loop[];
  /** When what is timed began. */
  times?: number[];
  cases: string[];
  saved: Record<number, Fd>[];
  /** A function's caller had these parameters and, for its locals, these values. */
  params?: string[];
  locals?: Record<string, Kept>;
  /** Failures do not count under set -e. */
  tested: boolean;
  /** $? to come back to after a trap. */
  status?: number;
}

/** A variable as it was before a function made one of its own. */
export interface Kept {
  value?: string;
  array?: string[];
  map?: Record<string, string>;
  attributes?: string;
  /** Only for the time of `name=value command`. */
  unexport?: true;
}

export interface Options {
  allexport: boolean;
  errexit: boolean;
  noclobber: boolean;
  noexec: boolean;
  noglob: boolean;
  nounset: boolean;
  pipefail: boolean;
  verbose: boolean;
  xtrace: boolean;
}

export type Pending =
  /** A command in the foreground, or a subshell. */
  | { kind: "child"; pid: number }
  | { kind: "pipeline"; pids: number[] }
  | { kind: "substitution"; pid: number; stream: number; slot: number }
  /** What <(...) has to say. */
  | { kind: "pipe"; pid: number }
  | { kind: "wait"; pids: number[] | null; any?: true };

export interface ShellState {
  /** $0 */
  name: string;
  flavour: Flavour;
  frames: Frame[];
  variables: Record<string, string>;
  exported: Record<string, true>;
  functions: Record<string, Code>;
  /** As they were typed. */
  functionTexts?: Record<string, string>;
  params: string[];
  /** bash's arrays; their first elements are not among the variables. */
  arrays?: Record<string, string[]>;
  /** bash's associative arrays: declare -A. */
  maps?: Record<string, Record<string, string>>;
  /** What declare made of a variable, by letters: r read-only, i a whole number, l and u its case. */
  attributes?: Record<string, string>;
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
  options: Options;
  /** How deep in subshells, and in substitutions, which set -x shows by plus signs. */
  depth?: number;
  level?: number;
  /** Where in a word of several letters getopts is: its index and the letter's. */
  getopts?: { index: number; letter: number };
  /** bash's shopt. */
  shopts?: Record<string, true>;
  /** bash's pushd. */
  folders?: string[];
  umask?: number;
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
  /** select has shown its menu. */
  menuShown?: true | undefined;
  /** Descriptors of <(...) and >(...) that the present command is given. */
  pipes?: number[] | undefined;
}
