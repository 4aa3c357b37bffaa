// Everything that the container runtime remembers, as plain data: containers, their processes, open files, pipes
// and shared volumes. Read and written by every file of this folder, and by nobody else.
import type { Json, JsonObject } from "#base/json";
import type { ListenSpec } from "../images/image.ts";
import type { Address } from "../machine/component.ts";
import type { ShellState } from "./shell/state.ts";
import type { ContainerConfig, LogLine, ProcessFaults, VolumeFile } from "./types.ts";

export type Entry =
  | { kind: "file"; text: string; mode: number; at: number }
  | { kind: "directory"; at: number }
  /** Hides an entry of the image below. */
  | { kind: "gone" };

/** Path to entry. Paths are absolute and without a trailing slash; in volumes relative, "" being the root. */
export type FileLayer = Map<string, Entry>;

export interface VolumeState {
  files: Record<string, VolumeFile>;
  /** When they were written. */
  at: number;
  /** What became of them since somebody looked; undefined until then. */
  layer: FileLayer | undefined;
}

export type Fd =
  | { kind: "null" }
  | { kind: "log"; to: "stdout" | "stderr" }
  /** Descriptor 0 reads, others write, unless they say that they read. */
  | { kind: "stream"; id: number; reads?: true }
  /** The screen of whoever watches a session. */
  | { kind: "session"; id: string; to: "stdout" | "stderr" }
  | { kind: "file"; path: string; offset: number };

/** A pipe, or the place where an exec's or a substitution's output is collected. */
export interface Stream {
  text: string;
  /** Collects for someone who reads at the end: writing to it never fails. */
  kept: boolean;
  /** A terminal's keyboard: shells that read from it prompt. */
  tty?: true;
  /** Ctrl-D was typed: who reads now finds the end of the input once. */
  ended?: boolean;
}

/** A command that somebody outside watches while it runs, and may type to: kubectl exec and attach. */
export interface Session {
  container: string;
  /** Absent for an attachment to the main process. */
  pid?: number;
  tty: boolean;
  /** The pipe of its standard input while that is open. */
  input?: number;
  /** What was written and not taken yet; bounded. */
  output: { to: "stdout" | "stderr"; text: string }[];
  ended?: { exit: number } | { error: string };
}

export interface Socket {
  tls?: ListenSpec["tls"];
  listener: number;
  port: number;
  /** As the program asked for it; a fault may have bound it to 127.0.0.1 instead. */
  address: string;
  protocol: "TCP" | "UDP";
}

export type Program =
  | { kind: "command"; name: string; began: boolean; state: Json }
  | { kind: "shell"; shell: ShellState }
  /** Runs outside of the machine, as a workstation's kubectl does: see outside.ts. */
  | { kind: "outside"; called: boolean }
  | {
      kind: "server";
      name: string;
      phase: "new" | "starting" | "serving" | "stopping";
      listen: ListenSpec[];
      state: Json;
      requests: number;
    };

export interface Process {
  pid: number;
  parent: number;
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  fds: Record<number, Fd>;
  program: Program;
  startedAt: number;
  sockets: Socket[];
  /** Listeners that it closed itself: their connections live on until it ends. */
  retired: number[];
  /** Answers, timers and wake-ups carry the token of the wait that they end; others come too late. */
  token: number;
  waiting: "nothing" | "answer" | "input" | "child" | "outside";
  /** SIGSTOP: it does nothing until SIGCONT. */
  stopped?: true;
  /** Timer that ends the wait, if it is one of time. */
  timer?: number;
  answer?: Json;
  /** The stream whose input it waits for, where that is not its descriptor 0. */
  waitsOn?: number | undefined;
}

export interface Exec {
  replyTo: Address;
  stdout: number;
  stderr: number;
  timer?: number;
}

export interface Container {
  id: string;
  config: ContainerConfig;
  status: "created" | "running" | "exited";
  env: Record<string, string>;
  overlay: FileLayer;
  processes: Map<number, Process>;
  /** While it stands still, for want of power: what came due meanwhile. */
  held?: { what: string; data: JsonObject }[];
  streams: Map<number, Stream>;
  execs: Map<number, Exec>;
  /** HTTP answers of a server that wait for a command's end, by pid. */
  answering: Map<
    number,
    { exchange: number; stdout: number; server: number; stdin?: number; given?: number }
  >;
  nextPid: number;
  nextStream: number;
  logs: LogLine[];
  /** Output that no newline has ended yet. */
  partial: { stdout: string; stderr: string };
  /** The kernel ended it, as it took more than it may have. */
  outOfMemory?: true;
  faults: ProcessFaults;
  /** The pipe of the main process's standard input while somebody may still attach to it. */
  input?: number;
  /** Pipes whose writer is a session. */
  typed?: number[];
  /** Sessions that show what the main process writes. */
  attached?: string[];
  /** Has every command of the table. */
  allTools?: true;
  watcher?: Address;
  /** Steps taken at this instant: whoever loops without waiting has to let time pass. */
  steps: { at: number; used: number };
}

export interface RuntimeState {
  containers: Map<string, Container>;
  volumes: Map<string, VolumeState>;
  /** Processes that can go on, in order. */
  ready: { container: string; pid: number }[];
  draining: boolean;
  nextToken: number;
  /** By the name that their opener gave them. */
  sessions: Map<string, Session>;
  /** Programs that wait to be run outside. */
  calls: { container: string; pid: number }[];
}

export function createState(): RuntimeState {
  return {
    containers: new Map(),
    volumes: new Map(),
    ready: [],
    draining: false,
    nextToken: 1,
    sessions: new Map(),
    calls: [],
  };
}
