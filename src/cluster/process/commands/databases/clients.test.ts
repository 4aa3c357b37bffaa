// Clients of databases against servers on the network stand-in of the container runtime's laboratory.
import { expect, test } from "vitest";
import type { JsonObject } from "#base/json";
import { createLab } from "../../testing.ts";

interface World {
  /** What connects. */
  open?: boolean;
  /** What names resolve to. */
  address?: string;
  raw?: string;
}

function run(image: string, command: string[], { open = true, address, raw = "" }: World): unknown {
  const lab = createLab();
  const { id } = lab.run({ image, command: ["sleep", "1000"] });
  const resolved: JsonObject = address
    ? { outcome: "resolved", addresses: [address] }
    : { outcome: "notFound" };
  const connected: JsonObject = open ? { outcome: "connected", connection: 1 } : { outcome: "refused" };
  lab.reply = (what) => {
    if (what === "resolve") return { answer: resolved };
    return { answer: what === "connect" ? connected : { outcome: "garbage", raw } };
  };
  const answer = lab.exec(id, command);
  return answer?.outcome === "exited" ? [answer.exit, answer.stdout, answer.stderr] : answer;
}

test("PROC-26: redis-cli prints replies, and says whom it could not reach", () => {
  expect(run("redis:7", ["redis-cli", "ping"], { raw: "+PONG\r\n" })).toEqual([0, "PONG\n", ""]);
  expect(
    run("redis:7-alpine", ["redis-cli", "-h", "cache", "get", "a"], {
      address: "10.96.0.7",
      raw: "$1\r\nb\r\n",
    }),
  ).toEqual([0, "b\n", ""]);
  expect(run("redis:7", ["sh", "-c", "echo ping | redis-cli"], { raw: "+PONG\r\n" })).toEqual([
    0,
    "PONG\n",
    "",
  ]);
  expect(run("redis:7", ["redis-cli", "-p", "6380", "ping"], { open: false })).toEqual([
    1,
    "",
    "Could not connect to Redis at 127.0.0.1:6380: Connection refused\n",
  ]);
});

test("PROC-26: mysqladmin and mysql", () => {
  const image = "mysql:8.4";
  expect(run(image, ["mysqladmin", "ping", "-uroot", "-psecret"], {})).toEqual([
    0,
    "mysqld is alive\n",
    "mysqladmin: [Warning] Using a password on the command line interface can be insecure.\n",
  ]);
  expect(run(image, ["mysqladmin", "ping"], { open: false })).toEqual([
    1,
    "",
    "mysqladmin: connect to server at 'localhost' failed\nerror: 'Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)'\nCheck that mysqld is running and that the socket: '/var/run/mysqld/mysqld.sock' exists!\n",
  ]);
  expect(run(image, ["mysql", "-h", "127.0.0.1", "-e", "SELECT 1"], {})).toEqual([0, "1\n1\n", ""]);
  expect(run(image, ["mysql", "-h", "db", "-e", "SELECT 1"], {})).toEqual([
    1,
    "",
    "ERROR 2005 (HY000): Unknown MySQL server host 'db' (-2)\n",
  ]);
  expect(run("mariadb:11", ["healthcheck.sh", "--connect", "--innodb_initialized"], {})).toEqual([0, "", ""]);
});

test("PROC-26: pg_isready and psql", () => {
  const image = "postgres:16-alpine";
  expect(run(image, ["pg_isready", "-U", "postgres"], {})).toEqual([
    0,
    "/var/run/postgresql:5432 - accepting connections\n",
    "",
  ]);
  expect(run(image, ["pg_isready", "-h", "127.0.0.1"], { open: false })).toEqual([
    2,
    "127.0.0.1:5432 - no response\n",
    "",
  ]);
  expect(run(image, ["psql", "-U", "postgres", "-c", "select 1"], {})).toEqual([
    0,
    " ?column? \n----------\n        1\n(1 row)\n\n",
    "",
  ]);
  expect(run(image, ["psql", "-h", "db"], { open: false, address: "10.96.0.7" })).toEqual([
    2,
    "",
    'psql: error: connection to server at "db" (10.96.0.7), port 5432 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?\n',
  ]);
});

test("PROC-26: mongosh", () => {
  const ping = ["mongosh", "--quiet", "--eval", "db.adminCommand('ping')"];
  expect(run("mongo:7", ping, {})).toEqual([0, "{ ok: 1 }\n", ""]);
  expect(run("mongo:7", ping, { open: false })).toEqual([
    1,
    "",
    "MongoNetworkError: connect ECONNREFUSED 127.0.0.1:27017\n",
  ]);
});
