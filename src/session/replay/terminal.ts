// What kubectl finds where a replay runs it: the cluster, pods to exec into, a folder of files, a kubeconfig, and virtual
// time.
import type { Cluster } from "#cluster/cluster";
import type { KubectlConfig, KubectlIo } from "#kubectl/command";
import { createAbort, type Abort } from "#shell/abort";
import { openDoor } from "#shell/cluster-door";
import { createKubectlIo, type KubectlHost } from "#shell/kubectl-io";
import { createRemotes } from "#shell/remote";
import type { Clock } from "./clock.ts";

export interface Terminal {
  cluster: Cluster;
  clock: Clock;
  /** Of the folder in which commands run, by path. */
  files: Map<string, string>;
  host: KubectlHost;
}

export interface Run {
  io: KubectlIo;
  output: { stdout: string; stderr: string };
  abort: Abort;
}

export function createHost(
  cluster: Cluster,
  config: KubectlConfig,
): Omit<KubectlHost, "sleepers" | "touched"> {
  const door = openDoor(cluster);
  let id = 0;
  const nextId = (): number => ++id;
  return {
    door,
    remotes: createRemotes(door, nextId),
    config,
    nextId,
    holding: (work) => work,
    inputCame: () => new Promise(() => undefined),
  };
}

export function newRun({ host, files }: Terminal, stdin: string, env: Record<string, string>): Run {
  const output = { stdout: "", stderr: "" };
  const abort = createAbort();
  let given = stdin;
  const io = createKubectlIo(host, {
    stdout: (text) => void (output.stdout += text),
    stderr: (text) => void (output.stderr += text),
    readInput: () => {
      const text = given;
      given = "";
      return { text, ended: true };
    },
    typed: false,
    tty: false,
    signal: abort.signal,
    env,
    readFile: (path) => files.get(clean(path)),
    writeFile: (path, content) => void files.set(clean(path), content),
    listFolder: (path) => listFolder(files, clean(path)),
  });
  return { io, output, abort };
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
