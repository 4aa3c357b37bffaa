// Clients of MySQL and MariaDB: mysqladmin, mysql and the health check of MariaDB's image.
import { defineCommand, type Command, type CommandContext, type Outcome, type Resume } from "../command.ts";
import { parseOptions, type Options } from "../options.ts";
import { dial, type Reached } from "./dial.ts";

const PORT = 3306;
const SOCKET = "/var/run/mysqld/mysqld.sock";
const LONG = {
  host: "h=",
  port: "P=",
  user: "u=",
  password: "p=",
  execute: "e=",
  database: "D=",
  protocol: "protocol=",
  silent: "s",
  "skip-column-names": "N",
  "connect-timeout": "connect-timeout=",
};

/** -p takes its value only where it is attached. */
function read(context: CommandContext): Options & { hasPassword: boolean } {
  const isPassword = (word: string): boolean => /^-p./.test(word) || word.startsWith("--password=");
  const hasPassword = context.argv.some(isPassword);
  const argv = context.argv.filter((word) => !isPassword(word) && word !== "-p" && word !== "--password");
  return { ...parseOptions(argv, "sNBtvA", "hPuDeS", LONG), hasPassword };
}

function reach(
  context: CommandContext,
  resume: Resume | undefined,
  options: Options & { hasPassword: boolean },
  done: (reached: Reached) => Outcome,
): Outcome {
  const [name = ""] = context.argv;
  if (!resume && options.hasPassword && /^(mysql|mysqladmin)$/.test(name.split("/").at(-1)!)) {
    context.err(`${name}: [Warning] Using a password on the command line interface can be insecure.\n`);
  }
  const target = { host: options.values["h"], port: Number(options.values["P"] ?? PORT) };
  return dial(context, resume, target, undefined, done);
}

/** Number and words of the error, as all of them have it. */
function failure(options: Options, reached: Reached): [code: string, text: string] {
  const { h: host, P: port = String(PORT) } = options.values;
  if (host === undefined || host === "localhost")
    return ["2002", `Can't connect to local MySQL server through socket '${SOCKET}' (2)`];
  if (reached.outcome === "unknown") return ["2005", `Unknown MySQL server host '${host}' (-2)`];
  const code = reached.outcome === "refused" ? 111 : 110;
  return ["2003", `Can't connect to MySQL server on '${host}:${port}' (${code})`];
}

const admin = (name: string): Command =>
  defineCommand({
    name,
    run(context, resume) {
      const options = read(context);
      return reach(context, resume, options, (reached) => {
        if (reached.outcome === "open") {
          if (options.operands.includes("ping")) context.out("mysqld is alive\n");
          return { exit: 0 };
        }
        const { h: host = "localhost", P: port = String(PORT) } = options.values;
        const hint =
          host === "localhost"
            ? `Check that mysqld is running and that the socket: '${SOCKET}' exists!`
            : `Check that mysqld is running on ${host} and that the port is ${port}.\nYou can check this by doing 'telnet ${host} ${port}'`;
        context.err(
          `${name}: connect to server at '${host}' failed\nerror: '${failure(options, reached)[1]}'\n${hint}\n`,
        );
        return { exit: 1 };
      });
    },
  });

export const mysqladmin = admin("mysqladmin");
export const mariadbAdmin = admin("mariadb-admin");

const client = (name: string): Command =>
  defineCommand({
    name,
    run(context, resume) {
      const options = read(context);
      return reach(context, resume, options, (reached) => {
        if (reached.outcome !== "open") {
          const [code, text] = failure(options, reached);
          context.err(`ERROR ${code} (HY000): ${text}\n`);
          return { exit: 1 };
        }
        context.out(answerTo(options.values["e"] ?? "", options.values["N"] !== undefined));
        return { exit: 0 };
      });
    },
  });

export const mysqlClient = client("mysql");
export const mariadbClient = client("mariadb");

// Simplified: there are no tables; a constant can be selected, and the server's own databases listed.
function answerTo(statement: string, isBare: boolean): string {
  const constant = /^\s*select\s+(\d+)\s*;?\s*$/i.exec(statement)?.[1];
  const [title, rows] =
    constant !== undefined
      ? [constant, [constant]]
      : /^\s*show\s+databases\s*;?\s*$/i.test(statement)
        ? ["Database", ["information_schema", "mysql", "performance_schema", "sys"]]
        : ["", []];
  return [...(isBare || title === "" ? [] : [title]), ...rows].map((line) => `${line}\n`).join("");
}

export const mariadbHealth = defineCommand({
  name: "healthcheck.sh",
  run: (context, resume) =>
    dial(context, resume, { port: PORT }, undefined, ({ outcome }) => ({ exit: outcome === "open" ? 0 : 1 })),
});
