// watch: runs a command again and again and shows its newest output on a cleared screen.
import type { Json } from "#base/json";
import { MONTHS, toCivil } from "#base/time";
import { epochNow } from "../clock.ts";
import { defineCommand, type CommandContext } from "./command.ts";

interface State {
  command: string[];
  intervalMs: number;
  title: boolean;
  step: "run" | "pause";
}

const CLEAR = "\u001b[H\u001b[2J\u001b[3J";
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

export const watch = defineCommand({
  name: "watch",
  run(context, resume) {
    const state = resume ? (resume.state as unknown as State) : begin(context);
    if (!state) {
      context.err("Usage: watch [-t] [-n SECONDS] COMMAND\n");
      return { exit: 1 };
    }
    if (resume && state.step === "run")
      return { wait: { for: "time", ms: state.intervalMs }, state: asJson({ ...state, step: "pause" }) };
    context.out(CLEAR + (state.title ? titleOf(context, state) : ""));
    return { wait: { for: "child", argv: state.command }, state: asJson({ ...state, step: "run" }) };
  },
});

const asJson = (state: State): Json => state as unknown as Json;

function begin(context: CommandContext): State | undefined {
  const words = context.argv.slice(1);
  const state: State = { command: [], intervalMs: 2000, title: true, step: "run" };
  while (words[0]?.startsWith("-")) {
    const option = words.shift()!;
    if (option === "--") break;
    const [, attached] = /^(?:-n|--interval=?)(.+)?$/.exec(option) ?? [];
    if (/^(-n|--interval)/.test(option))
      state.intervalMs = Math.max(100, Number(attached ?? words.shift()) * 1000 || 2000);
    else if (option === "-t" || option === "--no-title") state.title = false;
  }
  if (words.length === 0) return undefined;
  state.command = ["sh", "-c", words.join(" ")];
  return state;
}

function titleOf(context: CommandContext, state: State): string {
  const left = `Every ${(state.intervalMs / 1000).toFixed(1)}s: ${state.command[2]}`;
  const right = `${context.hostname}: ${clockText(epochNow(context.context))}`;
  const columns = Number(context.env["COLUMNS"]) || 80;
  return `${left}${" ".repeat(Math.max(2, columns - left.length - right.length))}${right}\n\n`;
}

/** "Thu Jan  1 00:00:00 1970" of a time in milliseconds. */
function clockText(ms: number): string {
  const { year, month, day, hour, minute, second, weekday } = toCivil(ms);
  const time = [hour, minute, second].map((value) => String(value).padStart(2, "0")).join(":");
  return `${DAYS[weekday]} ${MONTHS[month - 1]} ${String(day).padStart(2)} ${time} ${year}`;
}
