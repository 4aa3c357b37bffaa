// Databases: they want their passwords, take a while to listen, and do not speak HTTP.
import { formatDate } from "../process/commands/date.ts";
import type { HttpAnswer } from "../network/types.ts";
import { defineImage, type IncomingRequest, type ServerContext, type ServerProgram } from "./image.ts";
import { DEBIAN_BASE_COMMANDS } from "./tools.ts";

const DEBIAN_FILES = { "/docker-entrypoint.sh": "" };
const STOPS = (signal: number): { exit: number; afterMs: number } | undefined =>
  signal === 15 || signal === 2 || signal === 3 ? { exit: 0, afterMs: 200 } : undefined;

const isSet = (server: ServerContext, ...names: string[]): boolean =>
  names.some((name) => (server.env[name] ?? "") !== "");

/** What a client says that does not speak HTTP: netcat sends its text as a body without a method. */
function plainText(request: IncomingRequest): string | undefined {
  return request.method === "" ? request.body : undefined;
}

const redisProgram: ServerProgram = {
  title: "redis-server",
  start: (server) => {
    const at = server.args.indexOf("--port");
    const port = Number(
      (at >= 0 ? server.args[at + 1] : server.args.find((word) => /^\d+$/.test(word))) ?? 6379,
    );
    const time = formatDate("%d %b %Y %H:%M:%S", server.epochNow);
    return {
      listen: [{ port }],
      startMs: 50,
      log: [
        `1:C ${time}.000 * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
        `1:M ${time}.010 * Running mode=standalone, port=${port}.`,
        `1:M ${time}.020 * Ready to accept connections tcp`,
      ],
      state: {},
    };
  },
  plainText: true,
  answer: (request, server) => {
    const text = plainText(request);
    // Redis takes an HTTP request for an attack and hangs up.
    if (text === undefined) return { answer: { hangUp: true } };
    const store = { ...(server.state as Record<string, string>) };
    const raw = text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== "")
      .map((line) => redisReply(line.trim().split(/\s+/), store))
      .join("");
    return { answer: { raw }, state: store };
  },
  signal: STOPS,
};

function redisReply([command = "", key = "", ...rest]: string[], store: Record<string, string>): string {
  switch (command.toUpperCase()) {
    case "PING":
      return "+PONG\r\n";
    case "SET":
      store[key] = rest.join(" ").replace(/^"|"$/g, "");
      return "+OK\r\n";
    case "GET":
      return store[key] === undefined ? "$-1\r\n" : `$${store[key].length}\r\n${store[key]}\r\n`;
    case "INCR":
      store[key] = String(Number(store[key] ?? 0) + 1);
      return `:${store[key]}\r\n`;
    case "INFO":
      return "$21\r\n# Server\r\nredis_mode:standalone\r\n";
    case "QUIT":
      return "+OK\r\n";
    default:
      return `-ERR unknown command '${command}', with args beginning with: ${key === "" ? "" : `'${key}' `}\r\n`;
  }
}

export const redis = defineImage({
  repository: "docker.io/library/redis",
  sizeBytes: 52_000_000,
  cmd: ["redis-server"],
  flavour: "gnu",
  commands: [...DEBIAN_BASE_COMMANDS, "redis-cli"],
  servers: { "redis-server": redisProgram },
  files: DEBIAN_FILES,
});

function mysqlLike(name: string, version: string, prefix: string): ServerProgram {
  return {
    title: name,
    start: (server) => {
      const time = formatDate("%F %T+00:00", server.epochNow);
      const kinds = ["ROOT_PASSWORD", "ALLOW_EMPTY_PASSWORD", "RANDOM_ROOT_PASSWORD"];
      const names = kinds.flatMap((kind) => [`MYSQL_${kind}`, `${prefix}_${kind}`, `${prefix}_${kind}_FILE`]);
      const begin = `${time} [Note] [Entrypoint]: Entrypoint script for ${version} started.`;
      if (!isSet(server, ...names)) {
        const wanted = kinds.map((kind) => `    - ${prefix}_${kind}`);
        return {
          exit: 1,
          afterMs: 300,
          log: [begin],
          stderr: [
            `${time} [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified`,
            "    You need to specify one of the following as an environment variable:",
            ...wanted,
          ],
        };
      }
      const ready = `${time} 0 [System] [MY-010931] [Server] ${name}: ready for connections. Version: '${version}'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306`;
      return { listen: [{ port: 3306 }], startMs: 3000, log: [begin], stderr: [ready] };
    },
    plainText: true,
    answer: () => ({ answer: { raw: `J\u0000\u0000\u0000\n${version.split(" ").at(-1)}\u0000` } }),
    signal: STOPS,
  };
}

const mysqldProgram = mysqlLike("/usr/sbin/mysqld", "MySQL Server 8.4.7-1.el9", "MYSQL");
const mariadbdProgram = mysqlLike("mariadbd", "MariaDB Server 1:11.8.3+maria~ubu2404", "MARIADB");

export const mysql = defineImage({
  repository: "docker.io/library/mysql",
  sizeBytes: 233_000_000,
  cmd: ["mysqld"],
  flavour: "gnu",
  commands: [...DEBIAN_BASE_COMMANDS, "mysql", "mysqladmin"],
  servers: { mysqld: mysqldProgram },
  files: DEBIAN_FILES,
});

export const mariadb = defineImage({
  repository: "docker.io/library/mariadb",
  sizeBytes: 106_000_000,
  cmd: ["mariadbd"],
  flavour: "gnu",
  commands: [...DEBIAN_BASE_COMMANDS, "mariadb", "mariadb-admin", "healthcheck.sh"],
  servers: { mariadbd: mariadbdProgram },
  files: DEBIAN_FILES,
});

const postgresProgram: ServerProgram = {
  title: "postgres",
  start: (server) => {
    const trusted = server.env["POSTGRES_HOST_AUTH_METHOD"] === "trust";
    if (!isSet(server, "POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE") && !trusted) {
      return {
        exit: 1,
        afterMs: 100,
        stderr: [
          "Error: Database is uninitialized and superuser password is not specified.",
          "       You must specify POSTGRES_PASSWORD to a non-empty value for the",
          '       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".',
          "",
          '       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all',
          "       connections without a password. This is *not* recommended.",
          "",
          '       See PostgreSQL documentation about "trust":',
          "       https://www.postgresql.org/docs/current/auth-trust.html",
        ],
      };
    }
    const time = formatDate("%F %T.000 UTC [1]", server.epochNow);
    return {
      listen: [{ port: 5432 }],
      startMs: 1500,
      stderr: [
        `${time} LOG:  listening on IPv4 address "0.0.0.0", port 5432`,
        `${time} LOG:  database system is ready to accept connections`,
      ],
    };
  },
  plainText: true,
  answer: () => ({ answer: { hangUp: true } }),
  signal: STOPS,
};

export const postgres = defineImage({
  repository: "docker.io/library/postgres",
  sizeBytes: 156_000_000,
  cmd: ["postgres"],
  stopSignal: "SIGINT",
  flavour: "gnu",
  commands: [...DEBIAN_BASE_COMMANDS, "psql", "pg_isready"],
  servers: { postgres: postgresProgram },
  files: DEBIAN_FILES,
});

const MONGO_TEXT = "It looks like you are trying to access MongoDB over HTTP on the native driver port.\n";

const mongodProgram: ServerProgram = {
  title: "mongod",
  start: (server) => ({
    listen: [{ port: 27_017 }],
    startMs: 1000,
    log: [
      `{"t":{"$date":"${formatDate("%FT%T.000+00:00", server.epochNow)}"},"s":"I","c":"NETWORK","id":23016,"ctx":"listener","msg":"Waiting for connections","attr":{"port":27017,"ssl":"off"}}`,
    ],
  }),
  plainText: true,
  answer: (request) => {
    const answer: HttpAnswer =
      plainText(request) === undefined
        ? {
            status: 200,
            headers: {
              Connection: "close",
              "Content-Type": "text/plain",
              "Content-Length": String(MONGO_TEXT.length),
            },
            body: MONGO_TEXT,
            close: true,
          }
        : { hangUp: true };
    return { answer };
  },
  signal: STOPS,
};

export const mongo = defineImage({
  repository: "docker.io/library/mongo",
  sizeBytes: 310_000_000,
  cmd: ["mongod"],
  flavour: "gnu",
  commands: [...DEBIAN_BASE_COMMANDS, "mongosh"],
  servers: { mongod: mongodProgram },
  files: DEBIAN_FILES,
});

const memcachedProgram: ServerProgram = {
  title: "memcached",
  start: () => ({ listen: [{ port: 11_211 }], startMs: 20 }),
  plainText: true,
  answer: (request) => ({
    plainText: true,
    answer: plainText(request)?.startsWith("version") ? { raw: "VERSION 1.6.39\r\n" } : { raw: "ERROR\r\n" },
  }),
  signal: STOPS,
};

export const memcached = defineImage({
  repository: "docker.io/library/memcached",
  sizeBytes: 31_000_000,
  cmd: ["memcached"],
  flavour: "gnu",
  commands: DEBIAN_BASE_COMMANDS,
  servers: { memcached: memcachedProgram },
});
