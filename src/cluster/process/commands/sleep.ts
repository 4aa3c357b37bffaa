// sleep: waits for virtual time.
import { complain, defineCommand, DONE } from "./command.ts";

const UNITS: Record<string, number> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** Milliseconds of "5", "0.2", "1m"; undefined if it is no time. */
export function durationMs(text: string): number | undefined {
  if (text === "infinity" || text === "inf") return Number.MAX_SAFE_INTEGER;
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * UNITS[match[2]!]! * 1000 : undefined;
}

export const sleep = defineCommand({
  name: "sleep",
  run(context, resume) {
    if (resume) return DONE;
    const times = context.argv.slice(1);
    if (times.length === 0) {
      if (context.flavour === "busybox")
        context.err("BusyBox v1.37.0 multi-call binary.\n\nUsage: sleep [N]...\n");
      else complain(context, "missing operand\nTry 'sleep --help' for more information.");
      return { exit: 1 };
    }
    let total = 0;
    for (const time of times) {
      const ms = durationMs(time);
      if (ms === undefined) {
        const gnu = `invalid time interval '${time}'\nTry 'sleep --help' for more information.`;
        complain(context, context.flavour === "busybox" ? `invalid number '${time}'` : gnu);
        return { exit: 1 };
      }
      total += ms;
    }
    return total > 1e12
      ? { wait: { for: "signal" }, state: null }
      : { wait: { for: "time", ms: total }, state: null };
  },
});
