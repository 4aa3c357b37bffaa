import { expect, test } from "vitest";
import { parseYaml } from "./parse.ts";

function read(text: string): unknown {
  const result = parseYaml(text);
  return result.ok ? result.parsed.value : result.problem.text;
}

test("KUBECTL-72: plain words are numbers where the Go parser takes them for such", () => {
  const words = {
    "0644": 420,
    "0o600": 384,
    "0b101": 5,
    "0x1F": 31,
    "-0x1F": -31,
    "08": 8,
    "1_000": 1000,
    "+12": 12,
    "1e3": 1000,
    "1.": 1,
    ".5": 0.5,
    "-.5": -0.5,
    "1.50": 1.5,
    ".": ".",
    "..": "..",
    "1.2.3": "1.2.3",
    e5: "e5",
    "12e": "12e",
    "1:30": "1:30",
    "190:20:30": "190:20:30",
    "2024-01-02": "2024-01-02",
    "1e999": "1e999",
    "0b12": "0b12",
    _1: "_1",
    ".5_0": ".5_0",
    "10.244.0.0/16": "10.244.0.0/16",
    "80/tcp": "80/tcp",
    "5d": "5d",
    "0xg": "0xg",
  };
  const read1 = Object.fromEntries(Object.keys(words).map((word) => [word, read(`- ${word}\n`)]));
  expect(read1).toEqual(Object.fromEntries(Object.entries(words).map(([word, value]) => [word, [value]])));
});
