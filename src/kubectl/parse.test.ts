import { expect, test } from "vitest";
import type { Flag } from "./command.ts";
import { parseFlags } from "./parse.ts";

const FLAGS: Flag[] = [
  { name: "all-namespaces", short: "A", type: "bool", default: "false", help: "" },
  { name: "output", short: "o", type: "string", default: "", help: "" },
  { name: "replicas", type: "int", default: "1", help: "" },
  { name: "timeout", type: "duration", default: "30s", help: "" },
  { name: "label-columns", short: "L", type: "stringList", default: "[]", help: "" },
  { name: "from-literal", type: "stringArray", default: "[]", help: "" },
  { name: "dry-run", type: "string", default: "none", bare: "unchanged", help: "" },
];

const parse = (...words: string[]): unknown => {
  const outcome = parseFlags(words, FLAGS);
  if (!outcome.ok) return outcome.error;
  const { "": given, ...flags } = outcome.parsed.flags;
  const set = Object.fromEntries((given as string[]).map((name) => [name, flags[name]]));
  return { args: outcome.parsed.args, ...set, ...("--" in flags && { dash: flags["--"] }) };
};

test("KUBECTL-1: flags stand anywhere, long or short, with their values attached or following", () => {
  expect(parse("pods", "-o", "wide", "-A")).toEqual({
    args: ["pods"],
    output: "wide",
    "all-namespaces": true,
  });
  expect(parse("-Aowide", "pods")).toEqual({ args: ["pods"], output: "wide", "all-namespaces": true });
  expect(parse("-o=name", "--replicas=0x10")).toEqual({ args: [], output: "name", replicas: 16 });
  expect(parse("--all-namespaces=false", "--timeout", "1m30s")).toEqual({
    args: [],
    "all-namespaces": false,
    timeout: 90_000,
  });
  expect(parse("--dry-run", "client")).toEqual({ args: ["client"], "dry-run": "unchanged" });
  expect(parse("exec", "--", "-A", "--x")).toEqual({ args: ["exec", "-A", "--x"], dash: 1 });
  expect(parse("-")).toEqual({ args: ["-"] });
  expect(parse("--all_namespaces")).toEqual({ args: [], "all-namespaces": true });
});

test("KUBECTL-2: list flags split at commas and add up, array flags keep each value whole", () => {
  expect(parse("-L", 'app,"a,b"', "-L", "tier")).toEqual({
    args: [],
    "label-columns": ["app", "a,b", "tier"],
  });
  expect(parse("--from-literal=a=1,2", "--from-literal", "b=3")).toEqual({
    args: [],
    "from-literal": ["a=1,2", "b=3"],
  });
});

test("KUBECTL-3: what cannot be parsed is said in pflag's words", () => {
  expect(parse("--limit=1")).toBe("unknown flag: --limit");
  expect(parse("-Zx")).toBe("unknown shorthand flag: 'Z' in -Zx");
  expect(parse("-AZ")).toBe("unknown shorthand flag: 'Z' in -Z");
  expect(parse("-o")).toBe("flag needs an argument: 'o' in -o");
  expect(parse("--output")).toBe("flag needs an argument: --output");
  expect(parse("--=x")).toBe("bad flag syntax: --=x");
  expect(parse("-A=maybe")).toBe(
    'invalid argument "maybe" for "-A, --all-namespaces" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
  );
  expect(parse("--replicas=many")).toBe(
    'invalid argument "many" for "--replicas" flag: strconv.ParseInt: parsing "many": invalid syntax',
  );
  expect(parse("--timeout=5")).toBe(
    'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"',
  );
  expect(parse("--timeout=bad")).toBe(
    'invalid argument "bad" for "--timeout" flag: time: invalid duration "bad"',
  );
});
