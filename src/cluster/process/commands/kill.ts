// kill: signals for processes of the container.
import { signalName, signalNumber, SIGNALS } from "../kernel.ts";
import { complain, defineCommand, type CommandContext } from "./command.ts";

const USAGE = {
  bash: "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]",
  dash: "Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or",
};

export const kill = defineCommand({
  name: "kill",
  run(context) {
    const words = context.argv.slice(1);
    const { shell } = context;
    if (words[0] === "-l" || (words[0] === "-L" && shell === "bash")) return list(context, words.slice(1));
    let signal: number | undefined = 15;
    let given = "";
    if (words[0] === "-s" || words[0] === "-n") {
      given = words[1] ?? "";
      signal = signalNumber(given);
      words.splice(0, 2);
    } else if (words[0] !== undefined && /^-./.test(words[0]) && words[0] !== "--") {
      given = words.shift()!.slice(1);
      signal = signalNumber(given);
    }
    if (words[0] === "--") words.shift();
    if (signal === undefined) {
      complain(context, badSignal(context, given));
      return { exit: shell === "dash" ? 2 : 1 };
    }
    if (words.length === 0) return noTarget(context);
    let exit = 0;
    for (const word of words) {
      const problem = /^-?\d+$/.test(word) ? send(context, word, signal) : badTarget(context, word);
      if (problem === undefined) continue;
      complain(context, problem);
      exit = shell === "dash" && !/^-?\d+$/.test(word) ? 2 : 1;
    }
    return { exit };
  },
});

function badSignal({ shell }: CommandContext, given: string): string {
  if (shell === "bash") return `${given}: invalid signal specification`;
  if (shell === "dash") return `invalid signal number or name: ${given}`;
  return `bad signal name '${given}'`;
}

function noTarget(context: CommandContext): { exit: number } {
  if (context.shell === "bash") context.err(`${USAGE.bash}\n`);
  else if (context.shell === "dash") {
    const { name = "sh", line = 1 } = context.shellPlace ?? {};
    context.err(`${name}: ${line}: kill: ${USAGE.dash}\nkill -l [exitstatus]\n`);
  } else complain(context, "you need to specify whom to kill");
  return { exit: context.shell === "bash" || context.shell === "dash" ? 2 : 1 };
}

function badTarget({ shell }: CommandContext, word: string): string {
  if (shell === "bash") return `${word}: arguments must be process or job IDs`;
  if (shell === "dash") return `Illegal number: ${word}`;
  return `invalid number '${word}'`;
}

function send(context: CommandContext, word: string, signal: number): string | undefined {
  if (context.kill(Math.abs(Number(word)), signal)) return undefined;
  if (context.flavour === "busybox") return `can't kill pid ${word}: No such process`;
  return context.shell === "dash" ? "No such process\n" : `(${word}) - No such process`;
}

/** kill -l: all signals, or a number's name and a name's number. */
function list(context: CommandContext, words: readonly string[]): { exit: number } {
  if (words.length === 0) {
    context.out(signalTable(context.shell ?? (context.flavour === "busybox" ? "busybox" : "gnu")));
    return { exit: 0 };
  }
  let exit = 0;
  for (const word of words) {
    const number = Number(word);
    const name = signalName(number > 128 ? number - 128 : number);
    if (/^\d+$/.test(word) && name !== undefined) context.out(`${name}\n`);
    else if (SIGNALS[word.toUpperCase().replace(/^SIG/, "")] !== undefined && context.shell !== "dash")
      context.out(`${signalNumber(word)}\n`);
    else {
      const texts = {
        bash: `${word}: invalid signal specification`,
        dash: /^\d/.test(word) ? `Illegal number: ${word}` : `Illegal number: ${word}`,
        busybox: `unknown signal '${word}'`,
      };
      complain(context, texts[context.shell ?? "busybox"]);
      exit = context.shell === "dash" ? 2 : 1;
    }
  }
  return { exit };
}

const REAL_TIME = [
  ...Array.from({ length: 16 }, (_, at) => (at === 0 ? "RTMIN" : `RTMIN+${at}`)),
  ...Array.from({ length: 15 }, (_, at) => (at === 14 ? "RTMAX" : `RTMAX-${14 - at}`)),
];

/** The signals as each program lists them. */
export function signalTable(flavour: "bash" | "dash" | "busybox" | "gnu"): string {
  const entries = Object.entries(SIGNALS);
  if (flavour === "gnu") return `${Object.keys(SIGNALS).join(" ")}\n`;
  const all = [...entries, ...REAL_TIME.map((name, at) => [name, 34 + at] as const)];
  if (flavour === "dash") {
    const names = Array.from(
      { length: 64 },
      (_, at) => all.find(([, number]) => number === at + 1)?.[0] ?? String(at + 1),
    );
    return `0\n${names.join("\n")}\n`;
  }
  if (flavour === "busybox")
    return all
      .filter(([name]) => !/RTM\w+[-+]/.test(name))
      .map(([name, number]) => `${String(number).padStart(2)}) ${name}\n`)
      .join("");
  let text = "";
  all.forEach(([name, number], index) => {
    const isEnd = index % 5 === 4 || index === all.length - 1;
    text += `${String(number).padStart(2)}) SIG${name}${isEnd ? "\n" : "\t"}`;
  });
  return text;
}
