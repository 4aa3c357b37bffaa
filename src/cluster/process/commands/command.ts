// What a command of the simulated containers is: a function from arguments, files and input to an outcome that is
// either done or waits for something, with plain-data state to go on from. One table serves every image and shell.
import type { Json } from "#base/json";
import type { HttpCall } from "../../http-client/types.ts";
import type { ConnectSpec, DatagramSpec, ExchangeSpec } from "../../network/types.ts";
import type { FileError } from "../files.ts";
import type { Entry } from "../state.ts";
import type { Context } from "../../machine/component.ts";

/** What ends the wait is merged into the answer that the command is run again with. */
export type Wait =
  | { for: "time"; ms: number }
  /** More input, or its end. */
  | { for: "input" }
  /** For ever, unless a signal comes. */
  | { for: "signal" }
  /** A child's end, {exit}, or the time: argv starts it, with the command's own files. */
  | { for: "child"; argv?: string[]; timeoutMs?: number }
  | { for: "http"; call: Omit<HttpCall, "from" | "replyTo"> }
  | { for: "resolve"; name: string; timeoutMs?: number }
  | { for: "connect"; spec: Omit<ConnectSpec, "from" | "replyTo"> }
  | { for: "exchange"; spec: Omit<ExchangeSpec, "replyTo"> }
  | { for: "datagram"; spec: Omit<DatagramSpec, "from" | "replyTo"> }
  | { for: "ping"; ip: string; timeoutMs: number; echo?: string }
  /** Packets of the host that it has not been shown yet, {packets}. */
  | { for: "packets" }
  /** A request or datagram at a socket that this opens and keeps. */
  | { for: "incoming"; port: number; address: string; protocol: "TCP" | "UDP" };

export type Outcome =
  | { exit: number }
  | { wait: Wait; state: Json }
  /** Becomes another program, as exec does: env, timeout, nohup. */
  | { become: string[]; env?: Record<string, string> };

export interface CommandFiles {
  resolve(path: string): string;
  stat(path: string): Entry | undefined;
  read(path: string): { text: string } | { error: FileError };
  write(path: string, text: string, mode?: number): FileError | undefined;
  append(path: string, text: string): FileError | undefined;
  makeDirectory(path: string, parents?: boolean): FileError | undefined;
  list(path: string): string[];
  removeTree(path: string): FileError | undefined;
}

export interface ProcessRow {
  pid: number;
  parent: number;
  argv: string[];
  startedAt: number;
}

export interface CommandContext {
  /** argv[0] is the name under which it was called. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly pid: number;
  readonly hostname: string;
  readonly user: { uid: number; groups: readonly number[] };
  readonly host: string;
  /** The container's id in the runtime, which owners of sockets bear. */
  readonly container: string;
  /** Whose resolver the process uses, if not the host's. */
  readonly resolver?: string;
  /** busybox's applets word and behave differently from the GNU programs. */
  readonly flavour: "busybox" | "gnu";
  /** Set when a shell runs the command itself, as a builtin. */
  readonly shell?: "busybox" | "dash" | "bash";
  readonly shellPlace?: { name: string; line: number };
  /** Whether the shell that runs it itself has such a variable. */
  readonly isSet?: (name: string) => boolean;
  /** Version of the program in this image, such as curl's, where texts depend on it. */
  readonly versions: Readonly<Record<string, string>>;
  readonly context: Context;
  /** Its output is a terminal. */
  readonly tty: boolean;
  readonly files: CommandFiles;
  out(text: string): void;
  err(text: string): void;
  /** Work of its own that cost as much as so many steps of a shell. */
  spent(steps: number): void;
  /** Input that has come so far and was not taken. */
  input(): { text: string; ended: boolean };
  take(length: number): void;
  processes(): ProcessRow[];
  /** False if there is no such process. */
  kill(pid: number, signal: number): boolean;
  /** Answers an incoming request with what a program says to its text; the program's end ends the answer. */
  answerWith(exchange: number, argv: string[], text: string): void;
  /** Where the image has a command, as `which` finds it. */
  which(name: string): string | undefined;
}

/** How a command goes on: its state of before, and what it was waiting for. */
export interface Resume {
  state: Json;
  answer: Json;
}

export interface Command {
  name: string;
  run(context: CommandContext, resume?: Resume): Outcome;
  /** Signals that it handles itself: exit code by signal number; what is not here has the default effect. */
  signals?: Record<number, number>;
  /** Ctrl-C: what it still says, from its state of before, and its exit code. */
  interrupted?(context: CommandContext, state: Json): number;
  /** Other signals that it takes like Ctrl-C. */
  stopsOn?: readonly number[];
}

export function defineCommand(command: Command): Command {
  return command;
}

export const DONE: Outcome = { exit: 0 };

/** "name: text" on stderr; builtins say it in their shell's name. */
export function complain(context: CommandContext, text: string): void {
  const name = context.argv[0];
  const { name: shell = "sh", line = 1 } = context.shellPlace ?? {};
  if (context.shell === "dash") context.err(`${shell}: ${line}: ${name}: ${text}\n`);
  else if (context.shell === "busybox") context.err(`${shell}: ${text}\n`);
  else if (context.shell === "bash") context.err(`${shell}: line ${line}: ${name}: ${text}\n`);
  else context.err(`${name}: ${text}\n`);
}

/** Of a file that is not there: GNU's tools say what they wanted of it, busybox's applets mostly only name it. */
export function complainMissing(
  context: CommandContext,
  path: string,
  gnu = `cannot access '${path}'`,
): void {
  complain(context, `${context.flavour === "busybox" ? path : gnu}: No such file or directory`);
}

/** Waits until all input has come; undefined means: return the wait that is in `wait`. */
export function allInput(context: CommandContext): string | undefined {
  const { text, ended } = context.input();
  if (!ended) return undefined;
  context.take(text.length);
  return text;
}

export const WAIT_FOR_INPUT: Outcome = { wait: { for: "input" }, state: null };
