// What the page's terminals and the worker say to each other. Lines are edited on the page; the worker gets whole ones.
import type { OutdatedForm } from "#kubectl/outdated";
import type { ScenarioFile } from "../protocol.ts";

/** Where a terminal's shell runs, when it is not on the workstation. */
export interface TerminalTarget {
  namespace: string;
  pod: string;
  container?: string;
  command: string[];
}

export type ToTerminals =
  | { type: "terminal"; do: "open"; terminal: string; target?: TerminalTarget }
  | { type: "terminal"; do: "line"; terminal: string; text: string }
  /** Ctrl-C and Ctrl-D. */
  | { type: "terminal"; do: "interrupt" | "suspend" | "endInput" | "close"; terminal: string }
  /** Answered by `completions`. */
  | { type: "terminal"; do: "complete"; id: number; terminal: string; line: string }
  /** The editor's files as they are now: the workstation's home folder has them too. */
  | { type: "terminal"; do: "files"; files: ScenarioFile[] }
  /** An answer to `edit`; without a text nothing was saved. */
  | { type: "terminal"; do: "edited"; id: number; text?: string };

export interface TerminalOutput {
  terminal: string;
  text: string;
  /** Somebody waits for a line. */
  reading: boolean;
  /** Said by the page, not by the command: what changed since an old book's line worked. */
  hints: { form: OutdatedForm; command?: string }[];
  ended?: { exit: number } | { error: string };
}

export interface Completions {
  type: "completions";
  id: number;
  /** Where in the line the word begins that the candidates stand for. */
  from: number;
  candidates: string[];
}

export type FromTerminals =
  | { type: "terminals"; outputs: TerminalOutput[] }
  /** Files that commands wrote in the home folder: to those that the editor has, and others. */
  | { type: "terminalFiles"; files: ScenarioFile[] }
  /** `kubectl edit` asks for the editor. */
  | { type: "terminalEdit"; id: number; name: string; text: string }
  /** The cluster was begun again: every terminal's shell is gone. */
  | { type: "terminalsLost" }
  | Completions;
