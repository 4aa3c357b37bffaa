// mongosh, MongoDB's shell: whether the server answers.
import { defineCommand } from "../command.ts";
import { parseOptions } from "../options.ts";
import { dial } from "./dial.ts";

const LONG = {
  eval: "eval=",
  quiet: "quiet",
  host: "host=",
  port: "port=",
  username: "u=",
  password: "p=",
  authenticationDatabase: "authenticationDatabase=",
  norc: "norc",
  tls: "tls",
};
const PORT = 27_017;

export const mongosh = defineCommand({
  name: "mongosh",
  run(context, resume) {
    const { values, operands } = parseOptions(context.argv, "", "up", LONG);
    const url = /^mongodb:\/\/(?:[^@/]*@)?([^:/,]+)(?::(\d+))?/.exec(operands[0] ?? "");
    const host = url?.[1] ?? values["host"];
    const port = Number(url?.[2] ?? values["port"] ?? PORT);
    return dial(context, resume, { host, port }, undefined, ({ outcome, ip }) => {
      if (outcome === "open") {
        context.out(answerTo(values["eval"] ?? ""));
        return { exit: 0 };
      }
      const reason = {
        refused: `connect ECONNREFUSED ${ip}:${port}`,
        timeout: "Server selection timed out after 30000 ms",
        unknown: `getaddrinfo ENOTFOUND ${host}`,
      };
      context.err(`MongoNetworkError: ${reason[outcome]}\n`);
      return { exit: 1 };
    });
  },
});

// Simplified: there are no collections; commands are answered with ok.
function answerTo(script: string): string {
  if (script === "") return "";
  if (/\.ok\b/.test(script)) return "1\n";
  return /ping|hello|isMaster|serverStatus|status\(\)/.test(script) ? "{ ok: 1 }\n" : "";
}
