// top: the container's processes, once with -n 1, else again every few seconds until Ctrl-C or q.
// Simplified: nobody uses any CPU, and memory is the same for all.
import { toCivil } from "#base/time";
import { epochNow } from "../clock.ts";
import { defineCommand, type CommandContext } from "./command.ts";
import { parseOptions } from "./options.ts";

const CLEAR = "\u001b[H\u001b[2J";

export const top = defineCommand({
  name: "top",
  run(context, resume) {
    const { values } = parseOptions(context.argv, "bHcSm", "ndpu");
    const shown = resume ? Number(resume.state) : 0;
    if (shown >= Number(values["n"] ?? Infinity)) return { exit: 0 };
    if (context.tty && values["b"] === undefined) context.out(CLEAR);
    else if (shown > 0) context.out("\n");
    context.out(context.flavour === "busybox" ? busyboxScreen(context) : screen(context));
    if (shown + 1 >= Number(values["n"] ?? Infinity)) return { exit: 0 };
    const pause = Number(values["d"] ?? (context.flavour === "busybox" ? 5 : 3)) * 1000;
    return { wait: { for: "time", ms: pause }, state: shown + 1 };
  },
  interrupted: () => 0,
});

function clock(context: CommandContext): string {
  const { hour, minute, second } = toCivil(epochNow(context.context));
  return [hour, minute, second].map((value) => String(value).padStart(2, "0")).join(":");
}

function screen(context: CommandContext): string {
  const rows = context.processes();
  const up = Math.floor(context.context.now / 60_000);
  const head = `top - ${clock(context)} up ${up} min,  0 users,  load average: 0.00, 0.00, 0.00
Tasks: ${String(rows.length).padStart(3)} total,   1 running, ${String(rows.length - 1).padStart(3)} sleeping,   0 stopped,   0 zombie
%Cpu(s):  0.0 us,  0.0 sy,  0.0 ni,100.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st
MiB Mem :   7953.0 total,   5120.0 free,   1210.0 used,   1623.0 buff/cache
MiB Swap:      0.0 total,      0.0 free,      0.0 used.   6500.0 avail Mem

    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
`;
  const lines = rows.map(({ pid, argv }) => {
    const name = (argv[0] ?? "").split("/").at(-1)!;
    return `${String(pid).padStart(7)} root      20   0    4500   3200   2900 ${pid === context.pid ? "R" : "S"}   0.0   0.0   0:00.00 ${name}\n`;
  });
  return head + lines.join("");
}

function busyboxScreen(context: CommandContext): string {
  const head = `Mem: 2833000K used, 5310000K free, 3100K shrd, 120000K buff, 1500000K cached
CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq
Load average: 0.00 0.00 0.00 1/${context.processes().length} ${context.pid}
  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND
`;
  const lines = context.processes().map(({ pid, parent, argv }) => {
    return `${String(pid).padStart(5)} ${String(parent).padStart(5)} root     ${pid === context.pid ? "R" : "S"}     4400   0%   0   0% ${argv.join(" ")}\n`;
  });
  return head + lines.join("");
}
