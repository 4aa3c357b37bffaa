// hostname, id, whoami, pwd, uname, nproc, uptime: who and where a process is.
import { toCivil } from "#base/time";
import { epochNow } from "../clock.ts";
import { complain, defineCommand } from "./command.ts";
import { parseOptions } from "./options.ts";

export const hostname = defineCommand({
  name: "hostname",
  run(context) {
    const { values } = parseOptions(context.argv, "fdisIA");
    const hosts = context.files.read("/etc/hosts");
    const full =
      "text" in hosts
        ? hosts.text
            .split("\n")
            .map((line) => line.trim().split(/\s+/))
            .find((words) => words.slice(1).includes(context.hostname))?.[1]
        : undefined;
    if (values["f"] !== undefined) context.out(`${full ?? context.hostname}\n`);
    else if (values["i"] !== undefined || values["I"] !== undefined) {
      context.out(`${context.context.network.ipOf(context.host)}${values["I"] !== undefined ? " " : ""}\n`);
    } else if (values["d"] !== undefined) context.out(`${(full ?? "").split(".").slice(1).join(".")}\n`);
    else if (values["s"] !== undefined) context.out(`${context.hostname.split(".")[0]}\n`);
    else context.out(`${context.hostname}\n`);
    return { exit: 0 };
  },
});

/** Images know few names; the simulated ones only root's. */
const named = (id: number): string => (id === 0 ? "0(root)" : String(id));

export const id = defineCommand({
  name: "id",
  run(context) {
    const { values } = parseOptions(context.argv, "ugnGr");
    const { uid, groups } = context.user;
    const [gid = 0] = groups;
    const asked = values["u"] !== undefined ? [uid] : values["g"] !== undefined ? [gid] : groups;
    const isOne = ["u", "g", "G"].some((letter) => values[letter] !== undefined);
    if (!isOne) context.out(`uid=${named(uid)} gid=${named(gid)} groups=${groups.map(named).join(",")}\n`);
    else if (values["n"] === undefined) context.out(`${asked.join(" ")}\n`);
    else context.out(`${asked.map((number) => (number === 0 ? "root" : String(number))).join(" ")}\n`);
    return { exit: 0 };
  },
});

export const whoami = defineCommand({
  name: "whoami",
  run(context) {
    const { uid } = context.user;
    if (uid === 0) {
      context.out("root\n");
      return { exit: 0 };
    }
    const busybox = `unknown uid ${uid}`;
    complain(context, context.flavour === "busybox" ? busybox : `cannot find name for user ID ${uid}`);
    return { exit: 1 };
  },
});

export const pwd = defineCommand({
  name: "pwd",
  run(context) {
    context.out(`${context.cwd}\n`);
    return { exit: 0 };
  },
});

export const uname = defineCommand({
  name: "uname",
  run(context) {
    const { values } = parseOptions(context.argv, "asnrvmpio");
    const all = values["a"] !== undefined;
    const parts: [string, string][] = [
      ["s", "Linux"],
      ["n", context.hostname],
      ["r", "6.8.0-45-generic"],
      ["v", "#45-Ubuntu SMP PREEMPT_DYNAMIC"],
      ["m", "x86_64"],
      ["o", context.flavour === "busybox" ? "Linux" : "GNU/Linux"],
    ];
    const wanted = parts.filter(([letter]) => all || values[letter] !== undefined).map(([, text]) => text);
    context.out(`${wanted.length > 0 ? wanted.join(" ") : "Linux"}\n`);
    return { exit: 0 };
  },
});

export const nproc = defineCommand({
  name: "nproc",
  run(context) {
    context.out("4\n");
    return { exit: 0 };
  },
});

export const uptime = defineCommand({
  name: "uptime",
  run(context) {
    const { hour, minute, second } = toCivil(epochNow(context.context));
    const two = (value: number): string => String(value).padStart(2, "0");
    const minutes = Math.floor(context.context.now / 60_000);
    context.out(
      ` ${two(hour)}:${two(minute)}:${two(second)} up ${minutes} min,  0 users,  load average: 0.08, 0.05, 0.01\n`,
    );
    return { exit: 0 };
  },
});
