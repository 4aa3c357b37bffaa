// What kubectl finds where a replay runs it: the cluster, a folder of files, a kubeconfig, and virtual time.
import type { Cluster } from "#cluster/cluster";
import type { KubectlConfig, KubectlIo } from "#kubectl/command";
import type { Remotes } from "#shell/remote";
import type { Clock } from "./clock.ts";

export interface Terminal {
  cluster: Cluster;
  clock: Clock;
  /** Of the folder in which commands run, by path. */
  files: Map<string, string>;
  config: KubectlConfig;
  /** Sessions in containers; absent where none run. */
  remotes?: Remotes;
}

export interface Run {
  io: KubectlIo;
  output: { stdout: string; stderr: string };
  abort: AbortController;
}

export function newRun(terminal: Terminal, stdin: string, env: Record<string, string>): Run {
  const { cluster, clock, files, config, remotes } = terminal;
  const output = { stdout: "", stderr: "" };
  const abort = new AbortController();
  const unreachable = { error: "error: the containers of this cluster do not run" };
  const nothing = {
    write: () => {},
    ended: Promise.resolve(unreachable),
    stop: () => {},
  };
  const io: KubectlIo = {
    handle: cluster.handle,
    watch: (request, listener) => cluster.watch(request, listener),
    stdout: (text) => void (output.stdout += text),
    stderr: (text) => void (output.stderr += text),
    stdin: () => Promise.resolve(stdin),
    sleep: (ms) => sleepUnlessAborted(clock, ms, abort.signal),
    nowMs: () => cluster.wallMs(),
    signal: abort.signal,
    readFile: (path) => files.get(clean(path)),
    writeFile: (path, content) => void files.set(clean(path), content),
    listFolder: (path) => listFolder(files, clean(path)),
    env,
    config,
    tty: false,
    exec: (target, hear) => remotes?.open(target, hear).connection ?? nothing,
    attach: (target, hear) => remotes?.open(target, hear).connection ?? nothing,
    forward: () => ({ ok: false, error: unreachable.error }),
  };
  return { io, output, abort };
}

async function sleepUnlessAborted(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const over = new AbortController();
  const aborted = new Promise<void>((resolve) =>
    signal.addEventListener("abort", () => resolve(), { signal: over.signal }),
  );
  await Promise.race([clock.sleep(ms), aborted]);
  over.abort();
}

const clean = (path: string): string =>
  path
    .split("/")
    .filter((part, index) => part !== "." && !(part === "" && index > 0))
    .join("/");

/** Names directly below a folder; folders too. */
function listFolder(files: ReadonlyMap<string, string>, folder: string): string[] | undefined {
  const prefix = folder === "" ? "" : `${folder}/`;
  const names = [...files.keys()]
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length).split("/")[0]!);
  return names.length === 0 ? undefined : [...new Set(names)].sort();
}
