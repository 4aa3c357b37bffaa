// redis-cli: one command from its arguments, or one a line from its input.
import { defineCommand, WAIT_FOR_INPUT, type CommandContext, type Outcome } from "../command.ts";
import { parseOptions } from "../options.ts";
import { dial, type Reached } from "./dial.ts";

const LONG = { "no-auth-warning": "no-auth-warning", raw: "raw", pass: "a=", user: "u=", tls: "tls" };

export const redisCli = defineCommand({
  name: "redis-cli",
  run(context, resume) {
    const { values, operands } = parseOptions(context.argv, "cx", "hpanurist", LONG, false);
    const target = { host: values["h"], port: Number(values["p"] ?? 6379) };
    let words = operands.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(" ");
    if (operands.length === 0) {
      const { text, ended } = context.input();
      if (!ended) return WAIT_FOR_INPUT;
      words = text.trim();
      if (words === "") return { exit: 0 };
    }
    const isUnderWay = resume !== undefined && resume.state !== null;
    return dial(context, isUnderWay ? resume : undefined, target, `${words}\r\n`, (reached) =>
      tell(context, target, reached),
    );
  },
});

function tell(
  context: CommandContext,
  { host = "127.0.0.1", port }: { host?: string | undefined; port: number },
  reached: Reached,
): Outcome {
  if (reached.outcome !== "open") {
    const reason = {
      refused: "Connection refused",
      timeout: "Connection timed out",
      unknown: "Name or service not known",
    };
    context.err(`Could not connect to Redis at ${host}:${port}: ${reason[reached.outcome]}\n`);
    return { exit: 1 };
  }
  context.out(shown(reached.answer ?? ""));
  return { exit: 0 };
}

/** Replies as they look where nobody watches. */
function shown(reply: string): string {
  const lines = reply.split("\r\n");
  let text = "";
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    if (/^[+:]/.test(line)) text += `${line.slice(1)}\n`;
    else if (line.startsWith("-")) text += `${line.slice(1)}\n`;
    else if (line === "$-1") text += "\n";
    else if (line.startsWith("$")) text += `${lines[++index] ?? ""}\n`;
  }
  return text;
}
