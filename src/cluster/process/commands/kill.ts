// kill: signals for processes of the container.
import { signalNumber, SIGNALS } from "../kernel.ts";
import { complain, defineCommand } from "./command.ts";

export const kill = defineCommand({
  name: "kill",
  run(context) {
    const words = context.argv.slice(1);
    let signal: number | undefined = 15;
    if (words[0] === "-l") {
      context.out(`${Object.keys(SIGNALS).join(" ")}\n`);
      return { exit: 0 };
    }
    if (words[0] === "-s" || words[0] === "-n") {
      signal = signalNumber(words[1] ?? "");
      words.splice(0, 2);
    } else if (words[0]?.startsWith("-") && words[0] !== "--") signal = signalNumber(words.shift()!.slice(1));
    if (words[0] === "--") words.shift();
    if (signal === undefined) {
      complain(context, "bad signal name");
      return { exit: 1 };
    }
    if (words.length === 0) {
      complain(context, "you need to specify whom to kill");
      return { exit: 1 };
    }
    let exit = 0;
    for (const word of words) {
      if (!/^-?\d+$/.test(word)) {
        complain(context, `invalid number '${word}'`);
        exit = 1;
      } else if (!context.kill(Math.abs(Number(word)), signal)) {
        const gnu = context.shell === "dash" ? "No such process\n" : `(${word}) - No such process`;
        complain(context, context.flavour === "busybox" ? `can't kill pid ${word}: No such process` : gnu);
        exit = 1;
      }
    }
    return { exit };
  },
});
