// Clients of PostgreSQL: pg_isready and psql.
import { defineCommand, type CommandContext } from "../command.ts";
import { parseOptions, type Options } from "../options.ts";
import { dial, type Reached } from "./dial.ts";

const LONG = {
  host: "h=",
  port: "p=",
  username: "U=",
  dbname: "d=",
  timeout: "t=",
  quiet: "q",
  command: "c=",
  "tuples-only": "T",
  "no-align": "A",
};

function targetOf(options: Options, env: CommandContext["env"]): { host?: string; port: number } {
  const host = options.values["h"] ?? env["PGHOST"];
  const port = Number(options.values["p"] ?? env["PGPORT"] ?? 5432);
  // A path is the folder of the socket.
  return host === undefined || host.startsWith("/") ? { port } : { host, port };
}

export const pgIsready = defineCommand({
  name: "pg_isready",
  run(context, resume) {
    const options = parseOptions(context.argv, "q", "hpUdt", LONG);
    const target = targetOf(options, context.env);
    return dial(context, resume, target, undefined, ({ outcome }) => {
      const said = outcome === "open" ? "accepting connections" : "no response";
      const place = target.host ?? "/var/run/postgresql";
      if (options.values["q"] === undefined) context.out(`${place}:${target.port} - ${said}\n`);
      return { exit: outcome === "open" ? 0 : 2 };
    });
  },
});

export const psql = defineCommand({
  name: "psql",
  run(context, resume) {
    const options = parseOptions(context.argv, "tAqwWX", "hpUdcv", LONG);
    const target = targetOf(options, context.env);
    return dial(context, resume, target, undefined, (reached) => {
      if (reached.outcome !== "open") {
        context.err(`psql: error: ${failure(target, reached)}\n`);
        return { exit: 2 };
      }
      const isBare = options.values["t"] !== undefined || options.values["T"] !== undefined;
      context.out(answerTo(options.values["c"] ?? "", isBare));
      return { exit: 0 };
    });
  },
});

function failure({ host, port }: { host?: string; port: number }, { outcome, ip }: Reached): string {
  if (host === undefined) {
    const socket = `/var/run/postgresql/.s.PGSQL.${port}`;
    return `connection to server on socket "${socket}" failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?`;
  }
  if (outcome === "unknown")
    return `could not translate host name "${host}" to address: Name or service not known`;
  const reason = outcome === "refused" ? "Connection refused" : "Connection timed out";
  const shown = host === ip ? `"${host}"` : `"${host}" (${ip})`;
  return `connection to server at ${shown}, port ${port} failed: ${reason}\n\tIs the server running on that host and accepting TCP/IP connections?`;
}

// Simplified: there are no tables; a constant can be selected.
function answerTo(statement: string, isBare: boolean): string {
  const constant = /^\s*select\s+(\d+)\s*;?\s*$/i.exec(statement)?.[1];
  if (constant === undefined) return "";
  const value = constant.padStart(9);
  return isBare ? `${value}\n\n` : ` ?column? \n----------\n${value}\n(1 row)\n\n`;
}
