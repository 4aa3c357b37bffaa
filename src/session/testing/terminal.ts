// Where a test types: kubectl in a folder of files, and commands in pods, on the virtual clock of a world.
import type { RuntimeState } from "#cluster/process/runtime";
import { takeSessionOutput } from "#cluster/process/session";
import { runKubectl } from "#kubectl/kubectl";
import { createClock } from "../replay/clock.ts";
import { splitWords } from "../replay/scenario.ts";
import { createHost, newRun, type Run } from "../replay/terminal.ts";
import type { World } from "./world.ts";

export interface Said {
  stdout: string;
  stderr: string;
  exit: number;
}

export interface TestTerminal {
  /** A line without "kubectl"; quotes as in a shell. */
  kubectl(line: string, stdin?: string): Promise<Said>;
  /** A line that goes on until Ctrl-C, which comes after `meanwhile`. */
  kubectlWhile(line: string, meanwhile: () => void): Promise<Said>;
  /** kubectl apply of this text, from stdin. */
  apply(yaml: string): Promise<Said>;
  /** `sh -c SCRIPT` in a pod of the default namespace, for a minute at most. */
  inPod(pod: string, script: string): Said;
  files: Map<string, string>;
  /** Hints that kubectl gave, ours. */
  hints: string[];
}

const CONFIG = {
  currentContext: "kubelanes",
  contexts: { kubelanes: { cluster: "kubelanes", user: "learner" } },
  clusters: { kubelanes: { server: "https://192.168.8.10:6443" } },
};

export function terminal({ cluster }: World): TestTerminal {
  const desk = createHost(cluster, CONFIG);
  const clock = createClock(cluster, { advance: () => desk.remotes.advance(), nextAt: () => undefined });
  const host = { ...desk, sleepers: clock.sleepers, touched: clock.touched };
  const files = new Map<string, string>();
  const hints: string[] = [];
  const start = (line: string, stdin: string): Run & { running: Promise<number> } => {
    const run = newRun({ cluster, clock, files, host }, stdin, {});
    const io = Object.assign(run.io, { hint: (text: string) => void hints.push(text) });
    return { ...run, running: runKubectl(splitWords(line), io) };
  };
  const kubectl = async (line: string, stdin = ""): Promise<Said> => {
    const { running, output } = start(line, stdin);
    const exit = await clock.run(running);
    return { ...output, exit };
  };
  const kubectlWhile = async (line: string, meanwhile: () => void): Promise<Said> => {
    const { running, output, abort } = start(line, "");
    await clock.pass(1000);
    meanwhile();
    abort.abort();
    const exit = await clock.run(running);
    return { ...output, exit };
  };
  return {
    kubectl,
    kubectlWhile,
    apply: (yaml) => kubectl("apply -f -", yaml),
    inPod: (pod, script) => inPod(cluster, pod, script),
    files,
    hints,
  };
}

const SESSION = "test";
const STEP_MS = 10;
const LONGEST_MS = 60_000;

function inPod(cluster: World["cluster"], pod: string, script: string): Said {
  const command = ["sh", "-c", script];
  cluster.act({
    type: "openSession",
    session: SESSION,
    namespace: "default",
    pod,
    command,
    stdin: false,
    tty: false,
  });
  const said: Said = { stdout: "", stderr: "", exit: -1 };
  for (const end = cluster.now + LONGEST_MS; cluster.now < end; cluster.advance(STEP_MS)) {
    const { output, ended } = takeSessionOutput(cluster.machine.enter<RuntimeState>("runtime"), SESSION);
    for (const { to, text } of output) said[to] += text;
    if (!ended) continue;
    if ("error" in ended) throw new Error(ended.error);
    return { ...said, exit: ended.exit };
  }
  cluster.act({ type: "closeSession", session: SESSION });
  throw new Error(`still running after a minute: ${script}`);
}
