// timeout: runs a command as its child and ends it when the time is over.
import { signalNumber } from "../kernel.ts";
import { complain, defineCommand } from "./command.ts";
import { parseOptions } from "./options.ts";
import { durationMs } from "./sleep.ts";

const LONG = { signal: "s=", "kill-after": "k=", foreground: "f", "preserve-status": "p" };

export const timeout = defineCommand({
  name: "timeout",
  run(context, resume) {
    const { values, operands } = parseOptions(context.argv, "fpv", "sk", LONG, false);
    const [time = "", ...command] = operands;
    const signal = signalNumber(values["s"] ?? "TERM") ?? 15;
    if (!resume) {
      const ms = durationMs(time);
      if (ms === undefined || command.length === 0) {
        const isGnu = context.flavour === "gnu";
        if (operands.length > 0 && ms === undefined)
          complain(context, isGnu ? `invalid time interval '${time}'` : `invalid number '${time}'`);
        if (isGnu) context.err("Try 'timeout --help' for more information.\n");
        return { exit: isGnu ? 125 : 1 };
      }
      const limit = ms > 0 && ms < 1e12 ? { timeoutMs: ms } : {};
      return { wait: { for: "child", argv: command, ...limit }, state: "running" };
    }
    const answer = resume.answer as { exit?: number; signal?: number; missing?: boolean } | null;
    if (answer?.exit === undefined) {
      for (const child of context.processes()) {
        if (child.parent === context.pid) context.kill(child.pid, resume.state === "ended" ? 9 : signal);
      }
      const again = values["k"] === undefined ? {} : { timeoutMs: durationMs(values["k"]) ?? 1000 };
      return { wait: { for: "child", ...again }, state: "ended" };
    }
    if (answer.missing) {
      const busybox = `can't execute '${command[0]}': No such file or directory`;
      complain(
        context,
        context.flavour === "busybox"
          ? busybox
          : `failed to run command '${command[0]}': No such file or directory`,
      );
      return { exit: answer.exit };
    }
    if (resume.state !== "ended") return { exit: answer.exit };
    if (context.flavour === "busybox") {
      if (signal !== 9) context.err("Terminated\n");
      return { exit: signal === 9 ? 137 : 143 };
    }
    return {
      exit: values["p"] === undefined ? (answer.signal === 9 ? 137 : 124) : answer.exit,
    };
  },
  signals: { 15: 143 },
});
