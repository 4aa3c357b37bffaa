// A shell's jobs: what runs in the background or stands still, with the words of jobs, fg, bg, disown and kill %1, and
// what an interactive shell says of them before its next prompt.
import type { Container, Process } from "../state.ts";
import type { Kernel } from "../kernel.ts";
import { signalProcess } from "../processes.ts";
import { write } from "../streams.ts";
import type { Builtin } from "./builtins.ts";
import { complainAs, type ShellCaller } from "./interpreter.ts";
import type { Pending, ShellState } from "./state.ts";

export interface Job {
  number: number;
  text: string;
  /** All its processes; the job is known by the last one's. */
  pids: number[];
}

const CONTINUE = 18;
const STOP = 19;

const SIGNAL_WORDS: Record<number, string> = {
  1: "Hangup",
  2: "Interrupt",
  3: "Quit",
  9: "Killed",
  11: "Segmentation fault",
  15: "Terminated",
};

export function addJob(shell: ShellState, pids: number[], text: string): Job {
  const pid = pids.at(-1)!;
  const number = 1 + Math.max(0, ...shell.jobs.map((known) => shell.jobTable[known]?.number ?? 0));
  const job = { number, text, pids };
  shell.jobs.push(pid);
  shell.jobTable[pid] = job;
  return job;
}

export function forgetJob(shell: ShellState, pid: number): void {
  shell.jobs = shell.jobs.filter((job) => job !== pid);
  delete shell.jobTable[pid];
}

/** The process of %1, %+, %-, %name; of no word the current job's. */
export function jobOf(self: ShellCaller, word = "%+"): number | undefined {
  const { shell } = self;
  const name = word.replace(/^%/, "");
  const order = inOrder(self);
  if (name === "" || name === "+" || name === "%") return order.at(-1);
  if (name === "-") return order.at(-2) ?? order.at(-1);
  return shell.jobs.find((pid) => {
    const job = shell.jobTable[pid];
    return /^\d+$/.test(name) ? job?.number === Number(name) : job?.text.startsWith(name);
  });
}

/** `kill %1 %2` as `kill 23 24`; undefined if there is no such job, which the shell then has said. */
export function withoutJobs(self: ShellCaller, argv: readonly string[]): string[] | undefined {
  const words: string[] = [];
  for (const word of argv) {
    const pid = word.startsWith("%") ? jobOf(self, word) : undefined;
    if (word.startsWith("%") && pid === undefined) {
      noSuchJob(self, argv[0]!, word);
      return undefined;
    }
    words.push(pid === undefined ? word : String(pid));
  }
  return words;
}

export function noSuchJob(self: ShellCaller, command: string, word: string): void {
  const { flavour } = self.shell;
  const texts = {
    bash: `${command}: ${word}: no such job`,
    dash: `${command}: No such job: ${word}`,
    busybox: `${command}: no such job: ${word}`,
  };
  complainAs(self, texts[flavour]);
}

function stateOf({ shell, container }: ShellCaller, pid: number): string {
  const status = shell.children[pid];
  if (status === undefined) return container.processes.get(pid)?.stopped ? "Stopped" : "Running";
  if (status === 0) return "Done";
  if (status > 0) return shell.flavour === "bash" ? `Exit ${status}` : `Done(${status})`;
  return SIGNAL_WORDS[-status] ?? `Signal ${-status}`;
}

/** The current one is last: the newest, or the newest of those that stand still. */
function inOrder({ shell, container }: ShellCaller): number[] {
  const stands = (pid: number): boolean => container.processes.get(pid)?.stopped === true;
  return [...shell.jobs.filter((pid) => !stands(pid)), ...shell.jobs.filter(stands)];
}

function jobLine(self: ShellCaller, pid: number, withPid = false): string {
  const { shell } = self;
  const { number, text } = shell.jobTable[pid]!;
  const order = inOrder(self);
  const sign = order.at(-1) === pid ? "+" : order.at(-2) === pid ? "-" : " ";
  const state = stateOf(self, pid);
  const shown = withPid ? `${pid} ` : "";
  if (shell.flavour === "bash") {
    const head = `[${number}]${sign} ${shown || " "}`;
    return `${head}${state.padEnd(24)}${text}${state === "Running" ? " &" : ""}\n`;
  }
  const head = shell.flavour === "dash" ? `[${number}] ${sign} ` : `[${number}]${sign}  `;
  return `${`${head}${shown}${state}`.padEnd(33)}${text}\n`;
}

/** Says which jobs have ended, and forgets them. */
export function reportEnded(self: ShellCaller): void {
  const { shell } = self;
  for (const pid of shell.jobs) {
    if (shell.children[pid] === undefined || !shell.jobTable[pid]) continue;
    write(self, 2, jobLine(self, pid));
    delete shell.children[pid];
    forgetJob(shell, pid);
  }
}

/** Ctrl-Z: what runs in the foreground stands still and becomes a job. */
export function suspendForeground(self: ShellCaller): boolean {
  const { shell, container } = self;
  const pids = pidsOf(shell.pending);
  if (pids.length === 0) return false;
  const words = pids.map((pid) => container.processes.get(pid)?.argv.join(" ") ?? "");
  const text = shell.foreground ?? words.join(" | ");
  signalAll(self, container, pids, STOP);
  shell.pending = undefined;
  addJob(shell, pids, text);
  write(self, 2, `\n${jobLine(self, pids.at(-1)!)}`);
  return true;
}

function pidsOf(pending: Pending | undefined): number[] {
  if (pending?.kind === "child") return [pending.pid];
  return pending?.kind === "pipeline" ? pending.pids : [];
}

/** Jobs and all that they started. */
function signalAll(kernel: Kernel, container: Container, pids: readonly number[], signal: number): void {
  const withChildren = (pid: number): Process[] => {
    const own = container.processes.get(pid);
    const below = [...container.processes.values()].filter(({ parent }) => parent === pid);
    return [...(own ? [own] : []), ...below.flatMap((child) => withChildren(child.pid))];
  };
  for (const { pid } of pids.flatMap(withChildren)) signalProcess(kernel, container, pid, signal, true);
}

export const jobs: Builtin = ({ self, argv, context }) => {
  const { shell } = self;
  const asksPids = argv.includes("-p");
  const order = shell.flavour === "dash" ? inOrder(self).toReversed() : [...shell.jobs];
  for (const pid of order) {
    if (!shell.jobTable[pid]) continue;
    context.out(asksPids ? `${pid}\n` : jobLine(self, pid, argv.includes("-l")));
    if (shell.children[pid] !== undefined && shell.interactive) {
      delete shell.children[pid];
      forgetJob(shell, pid);
    }
  }
  return 0;
};

/** fg waits for the job, bg lets it run on in the background. */
export const goOn: Builtin = ({ self, argv, context }) => {
  const { shell, container } = self;
  const [command = "fg", word] = argv;
  const pid = jobOf(self, word);
  const job = pid === undefined ? undefined : shell.jobTable[pid];
  if (pid === undefined || !job) {
    if (word !== undefined) noSuchJob(self, command, word);
    else if (shell.flavour === "bash") complainAs(self, `${command}: current: no such job`);
    else complainAs(self, `${command}: No current job`);
    return shell.flavour === "bash" ? 1 : 2;
  }
  const isFront = command === "fg";
  const bash = shell.flavour === "bash";
  context.out(
    isFront ? `${job.text}\n` : `[${job.number}]${bash ? "+" : ""} ${job.text}${bash ? " &" : ""}\n`,
  );
  signalAll(self, container, job.pids, CONTINUE);
  if (!isFront) return 0;
  forgetJob(shell, pid);
  shell.pending = job.pids.length > 1 ? { kind: "pipeline", pids: job.pids } : { kind: "child", pid };
  shell.foreground = job.text;
  return "wait";
};

export const disown: Builtin = ({ self, argv }) => {
  const { shell } = self;
  if (shell.flavour !== "bash") {
    complainAs(self, "disown: not found");
    return 127;
  }
  const words = argv.slice(1).filter((word) => !word.startsWith("-"));
  const all = argv.includes("-a") ? [...shell.jobs] : undefined;
  const chosen = all ?? (words.length > 0 ? words : ["%+"]).map((word) => jobNamed(self, word));
  for (const [index, pid] of chosen.entries()) {
    if (pid === undefined) {
      noSuchJob(self, "disown", words[index] ?? "current");
      return 1;
    }
    forgetJob(shell, pid);
  }
  return 0;
};

/** By a job's number or its process. */
function jobNamed(self: ShellCaller, word: string): number | undefined {
  return word.startsWith("%") ? jobOf(self, word) : self.shell.jobs.find((pid) => pid === Number(word));
}
