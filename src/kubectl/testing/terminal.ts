// A terminal for tests: kubectl on a cluster of its own, where sleeping is what makes time go on.
import { createCluster, type Cluster } from "#cluster/cluster";
import { DEFAULT_SETTINGS, type ClusterSettings } from "#cluster/settings";
import { TYPES } from "#api/type-table";
import type { KubectlConfig, KubectlIo } from "../command.ts";
import { runKubectl } from "../kubectl.ts";
import { applyFile } from "../manifests/run.ts";

export interface Printed {
  stdout: string;
  stderr: string;
  exit: number;
}

export interface RunOptions {
  stdin?: string;
  env?: Record<string, string>;
  /** Runs once the command waits for something; a second later comes Ctrl-C. */
  meanwhile?: () => void;
}

export interface TestTerminal {
  cluster: Cluster;
  config: KubectlConfig;
  files: Map<string, string>;
  hints: string[];
  /** Words are split at blanks; quotes keep them together. */
  run(line: string, options?: RunOptions): Promise<Printed>;
}

export function terminal(yaml = "", settings: Partial<ClusterSettings> = {}): TestTerminal {
  const cluster = createCluster({ ...DEFAULT_SETTINGS, loadBalancerProvider: false, ...settings });
  cluster.advance(1000);
  const reports = applyFile("world.yaml", yaml, {
    handle: cluster.handle,
    namespace: "default",
    types: TYPES,
  });
  const failed = reports.flatMap(({ error }) => error?.text ?? []);
  if (failed.length > 0) throw new Error(failed.join("\n"));
  const config: KubectlConfig = {
    currentContext: "lab",
    contexts: { lab: { cluster: "lab", user: "admin", namespace: "default" } },
    clusters: { lab: { server: "https://192.168.8.10:6443" } },
  };
  const files = new Map<string, string>();
  const hints: string[] = [];
  return {
    cluster,
    config,
    files,
    hints,
    run: async (line, { stdin = "", env = {}, meanwhile } = {}) => {
      const printed = { stdout: "", stderr: "" };
      const abort = newAbort();
      const io = newIo({ cluster, config, files, hints, stdin, env, printed, abort });
      const running = runKubectl(wordsOf(line), io);
      if (meanwhile) {
        for (let turn = 0; turn < 100; turn++) await Promise.resolve();
        meanwhile();
        cluster.advance(1000);
        abort.abort();
      }
      return { ...printed, exit: await running, ...printed };
    },
  };
}

interface Parts {
  cluster: Cluster;
  config: KubectlConfig;
  files: Map<string, string>;
  hints: string[];
  stdin: string;
  env: Record<string, string>;
  printed: { stdout: string; stderr: string };
  abort: Abort;
}

function newIo({ cluster, config, files, hints, stdin, env, printed, abort }: Parts): KubectlIo {
  const nowhere = {
    write: () => {},
    ended: Promise.resolve({ error: "error: no containers" }),
    stop: () => {},
  };
  return {
    handle: cluster.handle,
    watch: cluster.watch,
    stdout: (text) => void (printed.stdout += text),
    stderr: (text) => void (printed.stderr += text),
    stdin: () => Promise.resolve(stdin),
    sleep: (ms) => {
      cluster.advance(ms);
      return Promise.resolve();
    },
    nowMs: cluster.wallMs,
    signal: abort.signal,
    readFile: (path) => files.get(path),
    writeFile: (path, content) => void files.set(path, content),
    listFolder: (folder) => {
      const names = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
      return names.length === 0 ? undefined : names.map((path) => path.slice(folder.length + 1));
    },
    env,
    config,
    tty: false,
    exec: () => nowhere,
    attach: () => nowhere,
    forward: () => ({ ok: false, error: "error: no containers" }),
    hint: (form) => void hints.push(form),
  };
}

interface Abort {
  signal: KubectlIo["signal"];
  abort(): void;
}

function newAbort(): Abort {
  const listeners: (() => void)[] = [];
  const signal = {
    aborted: false,
    addEventListener: (_: string, listener: () => void) => void listeners.push(listener),
    removeEventListener: () => {},
  };
  return {
    signal: signal as unknown as KubectlIo["signal"],
    abort: () => {
      signal.aborted = true;
      for (const listener of listeners) listener();
    },
  };
}

const wordsOf = (line: string): string[] =>
  [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ""),
  );
