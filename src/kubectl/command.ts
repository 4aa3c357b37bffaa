// The shape of a kubectl subcommand, and what it may touch: the API server through `handle`, the terminal it was
// started in, and virtual time. Registered in registry.ts; the shared parser in parse.ts reads its flags.
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import type { ProxyRules } from "#cluster/workstation/proxy";
import type { Json, JsonObject } from "#base/json";
import type { OutdatedForm } from "./outdated.ts";

export type FlagType = "bool" | "string" | "int" | "duration" | "stringList" | "stringArray" | "stringMap";

export interface Flag {
  /** Without the dashes. */
  name: string;
  short?: string;
  type: FlagType;
  /** As the help shows it. */
  default: string;
  /** For flags that may stand alone, such as --dry-run: what they then mean (pflag's NoOptDefVal). */
  bare?: string;
  help: string;
  hidden?: boolean;
  deprecated?: string;
  /** "required flag(s) ... not set" without it. */
  required?: boolean;
}

export type FlagValues = Record<string, boolean | string | number | string[] | undefined>;

export interface Command {
  /** "get", "rollout status". */
  name: string;
  aliases?: readonly string[];
  /** One line, as in `kubectl help`. */
  short: string;
  long: string;
  examples: string;
  /** As after "Usage:". */
  usage: string;
  flags: readonly Flag[];
  /** Never asks the server, and so does not mind a kubeconfig that leads nowhere. */
  offline?: boolean;
  /** Of a command whose exit code 1 means something else: that of flags which cannot be read. */
  flagErrorExit?: number;
  /** Not listed and not suggested. */
  hidden?: boolean;
  /** Returns the exit code; throws KubectlError for everything that kubectl prints as an error. */
  run(args: readonly string[], flags: FlagValues, io: KubectlIo): Promise<number>;
}

/** A message for stderr, printed as it is, and the exit code. */
export class KubectlError extends Error {
  readonly exit: number;
  constructor(message: string, exit = 1) {
    super(message);
    this.exit = exit;
  }
}

/** One event of a watch, as the API server streams it. */
export interface WatchEvent {
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  object: unknown;
}

/** What runs inside a pod on kubectl's behalf. */
export interface PodConnection {
  /** Writes to the process's stdin; undefined closes it. */
  write(text: string | undefined): void;
  /** Resolves with the exit code, or the error's text in the server's words. */
  ended: Promise<{ exit: number } | { error: string }>;
  stop(): void;
}

export interface KubectlIo {
  handle(request: ApiRequest): ApiResponse;
  /** Delivers events until stop() is called; `request` is a GET with watch=true. */
  watch(request: ApiRequest, listener: (event: WatchEvent) => void): { stop(): void };
  stdout(text: string): void;
  stderr(text: string): void;
  /** All of stdin. */
  stdin(): Promise<string>;
  /** Virtual time: nothing runs while everybody waits for something else than time. */
  sleep(ms: number): Promise<void>;
  /** Wall-clock milliseconds of the cluster. */
  nowMs(): number;
  /** Aborted by Ctrl-C. */
  signal: { readonly aborted: boolean; addEventListener(type: "abort", listener: () => void): void };
  /** Paths are relative to the folder in which the command runs. */
  readFile(path: string): string | undefined;
  writeFile(path: string, content: string): void;
  /** Names of files below a folder, sorted; undefined if it is none. */
  listFolder(path: string): string[] | undefined;
  env: Readonly<Record<string, string>>;
  /** kubeconfig: contexts, current namespace; changed by `config`. */
  config: KubectlConfig;
  /** Columns of the terminal, for wrapping. */
  tty: boolean;
  exec(
    target: PodTarget & {
      command: readonly string[];
      stdin: boolean;
      tty: boolean;
      /** kubectl itself writes to it; what is typed stays on the workstation. */
      ownInput?: boolean;
    },
    output: (stream: "stdout" | "stderr", text: string) => void,
  ): PodConnection;
  attach(
    target: PodTarget & { stdin: boolean; tty: boolean },
    output: (stream: "stdout" | "stderr", text: string) => void,
  ): PodConnection;
  /** Opens the editor of the page on a text; undefined when it was closed without saving. */
  edit?(name: string, text: string): Promise<string | undefined>;
  /** Listens on the workstation and forwards each connection to the pod's port. */
  forward(
    target: PodTarget & { localPort: number; port: number },
    hear?: (event: ForwardEvent) => void,
  ): { ok: true; stop(): void; localPort: number } | { ok: false; error: string };
  /** Hears that a line failed which is of an old book's form. */
  hint?(form: OutdatedForm): void;
  /** Lets the API server answer at a port of the workstation. */
  serve?(
    port: number,
    rules: ProxyRules,
  ): { ok: true; port: number; stop(): void } | { ok: false; error: string };
  /** Descriptions of the types' fields, for explain: a JSON schema with a definition for each type. */
  typeDocs?(): Promise<unknown>;
  /** All commands, for help; set by kubectl itself. */
  commands?: readonly Command[];
}

/** What happens at a forwarded port: somebody connects, or the pod is out of reach, which ends the forwarding. */
export type ForwardEvent = { type: "connection"; localPort: number } | { type: "lost"; error: string };

export interface PodTarget {
  namespace: string;
  pod: string;
  container?: string;
}

export interface KubectlConfig {
  currentContext: string;
  contexts: Record<string, { cluster: string; user: string; namespace?: string }>;
  /** Clusters and users have the fields that a kubeconfig has. */
  clusters: Record<string, { server: string; [field: string]: Json }>;
  /** Absent: one for each user that contexts name, without fields. */
  users?: Record<string, JsonObject>;
  preferences?: JsonObject;
}

export function defineCommand(command: Command): Command {
  return command;
}
