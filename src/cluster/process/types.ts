// The container runtime as kubelets see it (CRI), and how a user's exec reaches a container. Implemented by
// process/runtime.ts: a small synchronous interpreter whose processes are plain data on the virtual clock.
import type { WebToken } from "#base/json-web-token";
import type { Address } from "../machine/component.ts";
import type { HostId } from "../network/types.ts";

/** A file of a volume as the kubelet hands it over: text, or a token that is spelt out when somebody reads it. */
export type VolumeContent = string | WebToken;
/** With a mode where it is not 0644. */
export type VolumeFile = VolumeContent | { content: VolumeContent; mode: number };

export interface Mount {
  /** Where in the container. */
  path: string;
  /** Which volume: "<pod uid>/<volume name>", shared by the pod's containers. */
  volume: string;
  subPath?: string;
  readOnly?: boolean;
}

/** What a manifest takes for granted of its image: the kubelet reads it from ports, probes and hooks. */
export interface Assumed {
  /** All declared ones too. */
  ports: readonly { port: number; protocol: "TCP" | "UDP"; tls?: true }[];
  /** That probes and hooks run. */
  programs: readonly string[];
  /** Its program is there to end, as an init container's. */
  ends?: true;
  /** The most that it may have. */
  memoryBytes?: number;
}

export interface ContainerConfig {
  podUid: string;
  namespace: string;
  podName: string;
  containerName: string;
  host: HostId;
  /** Whose resolver its programs use, if not the host's: see HttpCall. */
  resolver?: HostId;
  /** The host name inside, usually the pod's name. */
  hostname: string;
  image: string;
  /** Overrides of the image's ENTRYPOINT and CMD. */
  command?: string[];
  args?: string[];
  workingDir?: string;
  /** In order; later ones win. */
  env: readonly { name: string; value: string }[];
  mounts: Mount[];
  /** Files that the kubelet itself provides: /etc/hosts, /etc/resolv.conf, /etc/hostname, service account token. */
  files: Record<string, string>;
  /** Ports that the manifest declares. */
  declaredPorts: number[];
  /** For images that are not modelled. */
  assumed?: Assumed;
  stopSignal?: string;
  /** As whom it runs; root if absent. The first group is the primary one. */
  user?: { uid: number; groups: readonly number[] };
  /** Nothing of the image can be written to; volumes and what the kubelet provides can. */
  readOnlyRoot?: boolean;
  /** The container of the same pod whose processes it sees beside its own. */
  targets?: string;
  /** All containers of its pod see each other's processes. */
  sharesProcesses?: boolean;
  /** Standard input of the main process is a terminal. */
  tty?: boolean;
  /** Commands that this host has and that run outside of the machine. */
  outside?: readonly string[];
  /** Standard input of the main process stays open for attach(); else it is empty. */
  stdin?: boolean;
}

export type StartResult =
  | { ok: true }
  /** As runc words it; exit code 128 (StartError / RunContainerError) */
  | { ok: false; message: string };

/** Answer to exec(): merged into replyTo.data. */
export type ExecAnswer =
  | { outcome: "exited"; exit: number; stdout: string; stderr: string }
  /** The program is missing or the container is gone, in the runtime's words. */
  | { outcome: "error"; message: string }
  | { outcome: "timeout" };

/** Wakes the kubelet: merged into watcher.data when a container's main process ends. */
export interface ContainerExit {
  container: string;
  exitCode: number;
  signal?: number;
  reason: "Completed" | "Error" | "OOMKilled";
}

/** Faults that a person puts on a running container from the canvas. */
export interface ProcessFaults {
  /** Extra time for each answer. */
  slowMs?: number;
  /** Sockets bind to 127.0.0.1 only. */
  localhostOnly?: boolean;
  /** Every HTTP answer has this status. */
  failStatus?: number;
}

export interface LogLine {
  at: number;
  stream: "stdout" | "stderr";
  text: string;
  /** The program ended without a newline after it. */
  partial?: boolean;
}

export interface Runtime {
  /** Whether such an image exists in the simulated registries, and how long its first pull on a node takes. */
  resolveImage(
    image: string,
  ): { found: true; pullMs: number; sizeBytes: number; generic: boolean } | { found: false; error: string };
  /** Creates a container (file system from the image) and returns its id, "containerd://..." without the prefix. */
  create(config: ContainerConfig): string;
  /** Runs its main process. `watcher` is woken with a ContainerExit when it ends. */
  start(container: string, watcher: Address): StartResult;
  signal(container: string, signal: "SIGTERM" | "SIGKILL" | "SIGINT" | "SIGQUIT"): void;
  /** The main process ends by itself with exit code 1, as after an error that nothing caught. */
  crash(container: string): void;
  remove(container: string): void;
  /** Its processes stand still, as on a node without power, until they go on. */
  setPaused(container: string, paused: boolean): void;
  isRunning(container: string): boolean;
  /** Whether it is kept, running or not: its log and its files can be read. */
  exists(container: string): boolean;
  /** Runs a command beside the main process: exec probes, hooks, kubectl exec. */
  exec(spec: {
    container: string;
    command: string[];
    stdin?: string;
    timeoutMs?: number;
    replyTo: Address;
  }): void;
  /** Writes to the main process's standard input, as `kubectl attach -i` does; `end` closes it (stdinOnce). */
  attach(container: string, text: string, end: boolean): void;
  /** Everything the main process wrote, oldest first (bounded; the oldest lines go). */
  logs(container: string): readonly LogLine[];
  /** "NAME=value" lines of the container's environment. */
  environment(container: string): string[];
  setFaults(container: string, faults: ProcessFaults): void;
  faults(container: string): ProcessFaults;
  /** Fills a volume (emptyDir: {}; configMap and secret: their keys) or replaces its content. */
  setVolume(volume: string, files: Record<string, VolumeFile>): void;
  /** Makes a folder of a volume if nothing of that name is there, for a container that mounts it alone. */
  provideFolder(volume: string, path: string): void;
  removeVolume(volume: string): void;
  /** Gives a container every command of the table, whatever its image has, as a debug container beside it would. */
  provideTools(container: string): void;
  /** A file as the container sees it, also after its end: its termination message. Undefined if there is none. */
  readFile(container: string, path: string): string | undefined;
  /** Replaces a file that the kubelet provides, such as /etc/hosts. */
  writeFile(container: string, path: string, content: string): void;
}
