import { expect, test } from "vitest";
import { nextInt, seedRandom } from "../random.ts";
import { isAnywhere } from "./automaton.ts";
import { backtrack } from "./backtrack.ts";
import { parsePerl } from "./perl.ts";
import { parsePosix } from "./posix.ts";
import { TooManySteps } from "./problems.ts";
import { compile } from "./program.ts";
import { expressionOf, find, findAll, matches, replaced } from "./search.ts";
import { simulate } from "./simulate.ts";
import { wildcard } from "./wildcard.ts";

interface Pattern {
  text: string;
  mayBeEmpty: boolean;
}

/**
 * Random patterns that mean the same to the browser's engine: no loop around what may be empty, no group in a loop,
 * which that engine would forget in each round.
 */
function randomPattern(draw: (limit: number) => number, depth: number, groups = true): Pattern {
  const kind = draw(depth > 0 ? 10 : 5);
  const pick = (...of: string[]): string => of[draw(of.length)]!;
  const inner = (mayGroup = groups): Pattern => randomPattern(draw, depth - 1, mayGroup);
  if (kind < 3) return { text: pick("a", "b", "c", "ab", "\\."), mayBeEmpty: false };
  const sets = [".", "[ab]", "[^a]", "[a-c]", "\\w", "\\W", "\\d", "[\\s\\d.]", "\\S"];
  if (kind === 3) return { text: pick(...sets), mayBeEmpty: false };
  if (kind === 4) return { text: pick("^", "$", "\\b", "\\B", ""), mayBeEmpty: true };
  if (kind < 7) {
    const [one, two] = [inner(), inner()];
    return { text: one.text + two.text, mayBeEmpty: one.mayBeEmpty && two.mayBeEmpty };
  }
  if (kind === 7) {
    const [one, two] = [inner(), inner()];
    return { text: `(?:${one.text}|${two.text})`, mayBeEmpty: one.mayBeEmpty || two.mayBeEmpty };
  }
  if (kind === 8) {
    const one = inner();
    return { text: groups ? `(${one.text})` : `(?:${one.text})`, mayBeEmpty: one.mayBeEmpty };
  }
  const one = inner(false);
  if (one.mayBeEmpty) return one;
  const sign = pick("*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?", "{2,}");
  return { text: `(?:${one.text})${sign}`, mayBeEmpty: /^[*?]|^\{0/.test(sign) };
}

test("REGEX-1: random patterns find what a browser's engine finds, in all ways of matching", () => {
  const state = seedRandom("patterns");
  const draw = (limit: number): number => nextInt(state, limit);
  const differences: unknown[] = [];
  for (let round = 0; round < 1500; round++) {
    const { text: pattern } = randomPattern(draw, 4);
    const ignoreCase = draw(3) === 0;
    const program = compile(parsePerl(pattern, "pcre", { ignoreCase }));
    const theirs = new RegExp(pattern, ignoreCase ? "i" : "");
    for (let count = 0; count < 3; count++) {
      const text = Array.from({ length: draw(9) }, () => "aabbc. AB1"[draw(10)]).join("");
      const match = theirs.exec(text);
      const wanted = match && [match.index, ...match.map((group) => group ?? "-")].join();
      const said = (slots: Int32Array | undefined): string | null => {
        if (!slots) return null;
        const ends = [...slots].map((start, slot) => [start, slots[slot + 1]!] as const);
        const groups = ends.filter((_, slot) => slot % 2 === 0);
        return [slots[0], ...groups.map(([start, end]) => (start < 0 ? "-" : text.slice(start, end)))].join();
      };
      const budget = { left: 1e6 };
      const found = [
        said(simulate(program, text, 0, "first", true, budget)),
        said(backtrack(program, text, 0, "first", budget)),
      ];
      const isThere = isAnywhere(program, text, 0, budget) ?? match !== null;
      if (found.some((one) => one !== wanted) || isThere !== (match !== null))
        differences.push({ pattern, text, ignoreCase, wanted, found, isThere });
    }
  }
  expect(differences).toEqual([]);
});

const HOSTILE: [pattern: string, text: string][] = [
  ["(a+)+$", `${"a".repeat(2000)}!`],
  ["(a|aa)+$", `${"a".repeat(2000)}!`],
  ["(a*)*b", "a".repeat(2000)],
  ["^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(2000)],
  ["(.*)(.*)(.*)(.*)(.*)x", "a".repeat(2000)],
  ["(a?){50}a{50}$", `${"a".repeat(2000)}b`],
  ["(([a-c]+)|[b-d]*)*!", "abcd".repeat(500)],
];

test.each(HOSTILE)("REGEX-1: %s takes steps by the text's length times its own", (pattern, text) => {
  const program = compile(parsePerl(pattern, "go"));
  const size = program.kinds.length * (text.length + 1);
  const used = (run: (budget: { left: number }) => unknown): number => {
    const budget = { left: 1e9 };
    run(budget);
    return 1e9 - budget.left;
  };
  for (const preference of ["first", "longest"] as const)
    expect(used((budget) => simulate(program, text, 0, preference, true, budget))).toBeLessThan(2 * size);
  expect(used((budget) => isAnywhere(program, text, 0, budget))).toBeLessThan(2 * size);
});

test("REGEX-2: what refers back or looks around is given up after 2,000,000 steps", () => {
  const hostile: [string, string][] = [
    ["(a*)*\\1b", "a".repeat(100)],
    ["(?=(a+)+$)a", `${"a".repeat(100)}!`],
    ["(a+)+(?!b)$", `${"a".repeat(100)}!`],
  ];
  for (const [pattern, text] of hostile) {
    const expression = expressionOf(parsePerl(pattern, "pcre"), "first");
    const before = expression.budget.left;
    expect(() => find(expression, text)).toThrow(TooManySteps);
    expect(before - expression.budget.left).toBeLessThan(2_000_010);
  }
});

test("REGEX-2: an expression may take so many steps over its life, and the automaton so many states", () => {
  const long = "a".repeat(20_000);
  const again = expressionOf(parsePosix("a|a.*b", { extended: true }), "longest");
  expect(() => [...findAll(again, long)]).toThrow(TooManySteps);
  // The automaton would need a state for each set of places of the last 14 characters.
  const wide = compile(parsePerl("(a|b)*a(a|b){13}c", "go"));
  const state = seedRandom("wide");
  const text = Array.from({ length: 5_000 }, () => "ab"[nextInt(state, 2)]).join("");
  expect(isAnywhere(wide, text, 0, { left: 1e9 })).toBe(undefined);
  expect(matches(expressionOf(parsePerl("(a|b)*a(a|b){13}c", "go"), "first"), `${text}c`)).toBe(
    text.at(-14) === "a",
  );
});

const pcre = (pattern: string, text: string, ignoreCase = false): (string | undefined)[] | undefined =>
  find(expressionOf(parsePerl(pattern, "pcre", { ignoreCase }), "first"), text)?.groups;

test("REGEX-3: PCRE's signs", () => {
  expect(pcre("^/something(/|$)(.*)", "/something/new?a")).toEqual(["/something/new?a", "/", "new?a"]);
  expect(pcre("^/something(/|$)(.*)", "/something")).toEqual(["/something", "", ""]);
  expect(pcre("^/API/v\\d+", "/api/v12", true)).toEqual(["/api/v12"]);
  expect(pcre("^/(?!admin)(\\w+)", "/admin")).toBe(undefined);
  expect(pcre("^/(?!admin)(\\w+)", "/users")).toEqual(["/users", "users"]);
  expect(pcre("(?<=x)b|(?<!x)c", "ab xb")).toEqual(["b"]);
  expect(pcre("(\\w)\\1", "abccd")).toEqual(["cc", "c"]);
  expect(pcre("(?i)HeLLo(?-i)W", "helloW")).toEqual(["helloW"]);
  expect(pcre("(?i:a)b", "Ab")).toEqual(["Ab"]);
  expect(pcre("(?P<year>\\d{4})-(?<month>\\d\\d)", "on 2026-11-24")).toEqual(["2026-11", "2026", "11"]);
  expect(pcre("\\Qa.b\\E+", "xa.bb")).toEqual(["a.bb"]);
  expect(pcre("[[:alpha:]\\d_-]+", "!a-1_b!")).toEqual(["a-1_b"]);
  expect(pcre("[]a]+[^]b]", "]a]c")).toEqual(["]a]c"]);
  expect(pcre("\\x41\\x{42}\\t", "AB\t")).toEqual(["AB\t"]);
  expect(pcre("(?>a+)ab", "aaab")).toBe(undefined);
  expect(pcre("a++ab", "aaab")).toBe(undefined);
  expect(pcre("a{,2}b{x", "a{,2}b{x")).toEqual(["a{,2}b{x"]);
  expect(pcre("ab$", "ab\n")).toEqual(["ab"]);
  expect(pcre("(?s)a.b|(?m)^c$", "a\nb")).toEqual(["a\nb"]);
  expect(pcre("(a)|(b)", "b")).toEqual(["b", undefined, "b"]);
  expect(pcre("É+", "ééÉ", true)).toEqual(["ééÉ"]);
  expect(pcre(".", "😀")).toEqual(["😀"]);
});

test("REGEX-4: a match of nothing does not follow another one directly", () => {
  const all = (pattern: string, text: string): string =>
    replaced(expressionOf(parsePosix(pattern, { extended: true }), "longest"), text, true, () => "-");
  expect(all("x*", "abc")).toBe("-a-b-c-");
  expect(all("a*", "baaac")).toBe("-b-c-");
  expect(all("b|$", "abab")).toBe("a-a-");
  expect(replaced(wildcard("b"), "b", false, () => "c")).toBe("c");
});

test("REGEX-5: names with *", () => {
  const fits = (pattern: string, name: string, isFile = false): boolean =>
    matches(wildcard(pattern, isFile), name);
  expect(["web", "web-1", "a.web"].map((name) => fits("web*", name))).toEqual([true, true, false]);
  expect(["a.b", "axb"].map((name) => fits("a.b", name))).toEqual([true, false]);
  expect(["a?b", "axb"].map((name) => fits("a?b", name))).toEqual([true, false]);
  expect(["a.yaml", "b/a.yaml"].map((name) => fits("*.y?ml", name, true))).toEqual([true, false]);
  expect(["a1", "ab", "[1"].map((name) => fits("a[0-9]", name, true))).toEqual([true, false, false]);
  expect(fits(`${"*a".repeat(50)}b`, "a".repeat(3000))).toBe(false);
});
