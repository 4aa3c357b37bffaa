// env and printenv: the environment, and env's way of running a program in another one.
import { ownValue } from "#base/json";
import { complain, defineCommand } from "./command.ts";

export const env = defineCommand({
  name: "env",
  run(context) {
    let words = context.argv.slice(1);
    const environment: Record<string, string> = { ...context.env };
    while (words[0]?.startsWith("-")) {
      const option = words.shift()!;
      if (option === "-i" || option === "-")
        for (const name of Object.keys(environment)) delete environment[name];
      else if (option === "-u") delete environment[words.shift() ?? ""];
      else if (option === "--") break;
    }
    while (words[0]?.includes("=")) {
      const at = words[0].indexOf("=");
      environment[words[0].slice(0, at)] = words[0].slice(at + 1);
      words = words.slice(1);
    }
    if (words.length > 0) return { become: words, env: environment };
    for (const [name, value] of Object.entries(environment)) context.out(`${name}=${value}\n`);
    return { exit: 0 };
  },
});

export const printenv = defineCommand({
  name: "printenv",
  run(context) {
    const names = context.argv.slice(1).filter((word) => word !== "-0");
    if (names.length === 0)
      for (const [name, value] of Object.entries(context.env)) context.out(`${name}=${value}\n`);
    let exit = 0;
    for (const name of names) {
      const value = ownValue(context.env, name);
      if (value === undefined) exit = 1;
      else context.out(`${value}\n`);
    }
    return { exit };
  },
});

/** nohup, nice, time, setsid: run a program as it is. */
export const nohup = defineCommand({
  name: "nohup",
  run(context) {
    let words = context.argv.slice(1);
    if (context.argv[0] === "nice" && words[0] === "-n") words = words.slice(2);
    if (words.length > 0) return { become: words };
    complain(context, "missing operand");
    return { exit: 125 };
  },
});

export const nice = { ...nohup, name: "nice" };

/** How long a command takes, in bash's words. */
export const time = defineCommand({
  name: "time",
  run(context, resume) {
    const words = context.argv.slice(1);
    if (words.length === 0) return { exit: 0 };
    const { now } = context.context;
    if (!resume) return { wait: { for: "child", argv: words }, state: now };
    const seconds = (now - Number(resume.state)) / 1000;
    const { exit, missing } = resume.answer as { exit: number; missing?: boolean };
    if (missing) context.err(`${words[0]}: command not found\n`);
    if (context.flavour === "busybox") {
      const line = (name: string, took: number): string =>
        `${name}\t${Math.floor(took / 60)}m ${(took % 60).toFixed(2)}s\n`;
      context.err(line("real", seconds) + line("user", 0) + line("sys", 0));
      return { exit };
    }
    const took = `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s`;
    context.err(`\nreal\t${took}\nuser\t0m0.000s\nsys\t0m0.000s\n`);
    return { exit };
  },
});
export const busybox = { ...nohup, name: "busybox" };
