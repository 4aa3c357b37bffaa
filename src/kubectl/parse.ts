// Flags as pflag parses them: long, short and combined, with values attached or following, mixed with arguments.
// Called by kubectl.ts with the flags of the command that was found.
// Kubernetes: github.com/spf13/pflag (kubectl v1.35)
import type { Flag, FlagValues } from "./command.ts";
import { DASH, GIVEN } from "./flags.ts";
import { goQuote, parseGoBool, parseGoDuration, parseGoInt } from "./go-values.ts";

export interface Parsed {
  args: string[];
  flags: FlagValues;
  help: boolean;
  /** "Flag --x has been deprecated, ..." */
  warnings: string[];
}

export type ParseOutcome = { ok: true; parsed: Parsed } | { ok: false; error: string };

class FlagError extends Error {}

export function parseFlags(words: readonly string[], flags: readonly Flag[]): ParseOutcome {
  try {
    return { ok: true, parsed: parse([...words], flags) };
  } catch (error) {
    if (error instanceof FlagError) return { ok: false, error: error.message };
    throw error;
  }
}

/** What a flag that stands alone means; undefined if it needs a value. */
export function bareValue(flag: Flag): string | undefined {
  return flag.bare ?? (flag.type === "bool" ? "true" : undefined);
}

interface State {
  rest: string[];
  parsed: Parsed;
  given: string[];
  byName: Map<string, Flag>;
  byShort: Map<string, Flag>;
}

function parse(rest: string[], flags: readonly Flag[]): Parsed {
  const given: string[] = [];
  const parsed: Parsed = { args: [], flags: { [GIVEN]: given }, help: false, warnings: [] };
  for (const flag of flags) parsed.flags[flag.name] = defaultOf(flag);
  const byShort = new Map(flags.flatMap((flag) => (flag.short ? [[flag.short, flag] as const] : [])));
  const state: State = {
    rest,
    parsed,
    given,
    byName: new Map(flags.map((flag) => [flag.name, flag])),
    byShort,
  };
  while (rest.length > 0) {
    const word = rest.shift()!;
    if (word === "--") {
      parsed.flags[DASH] = parsed.args.length;
      parsed.args.push(...rest);
      break;
    }
    if (!word.startsWith("-") || word === "-") parsed.args.push(word);
    else if (word.startsWith("--")) long(word, state);
    else shorts(word, state);
    if (parsed.help) break;
  }
  return parsed;
}

function defaultOf({ type, default: text }: Flag): FlagValues[string] {
  switch (type) {
    case "bool":
      return text === "true";
    case "int":
      return Number(text || 0);
    case "duration": {
      const read = parseGoDuration(text || "0");
      return read.ok ? read.value : 0;
    }
    case "stringList":
    case "stringArray":
    case "stringMap": {
      const inner = text.replace(/^\[|\]$/g, "");
      return inner === "" ? [] : inner.split(",");
    }
    default:
      return text;
  }
}

function long(word: string, state: State): void {
  const body = word.slice(2);
  if (body.startsWith("-") || body.startsWith("=")) throw new FlagError(`bad flag syntax: ${word}`);
  const equals = body.indexOf("=");
  const typed = equals < 0 ? body : body.slice(0, equals);
  const name = typed.replaceAll("_", "-");
  const flag = state.byName.get(name);
  if (!flag) {
    if (name !== "help") throw new FlagError(`unknown flag: --${name}`);
    state.parsed.help = asksForHelp(equals < 0 ? "true" : body.slice(equals + 1));
    return;
  }
  const bare = bareValue(flag);
  if (equals >= 0) set(flag, body.slice(equals + 1), state);
  else if (bare !== undefined) set(flag, bare, state);
  else if (state.rest.length > 0) set(flag, state.rest.shift()!, state);
  else throw new FlagError(`flag needs an argument: --${name}`);
}

function asksForHelp(value: string): boolean {
  const read = parseGoBool(value);
  if (!read.ok)
    throw new FlagError(`invalid argument ${goQuote(value)} for "-h, --help" flag: ${read.error}`);
  return read.value;
}

function shorts(word: string, state: State): void {
  let letters = word.slice(1);
  while (letters !== "") {
    const letter = letters[0]!;
    const rest = letters.slice(1);
    const flag = state.byShort.get(letter);
    if (!flag) {
      if (letter !== "h") throw new FlagError(`unknown shorthand flag: '${letter}' in -${letters}`);
      state.parsed.help = asksForHelp(/^=./.test(rest) ? rest.slice(1) : "true");
      return;
    }
    const bare = bareValue(flag);
    if (rest.startsWith("=") && rest.length > 1) return set(flag, rest.slice(1), state);
    if (bare !== undefined) {
      set(flag, bare, state);
      letters = rest;
      continue;
    }
    if (rest !== "") return set(flag, rest, state);
    if (state.rest.length === 0) throw new FlagError(`flag needs an argument: '${letter}' in -${letters}`);
    return set(flag, state.rest.shift()!, state);
  }
}

function set(flag: Flag, value: string, { parsed, given }: State): void {
  const first = !given.includes(flag.name);
  const fail = (error: string): never => {
    const shown = flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
    throw new FlagError(`invalid argument ${goQuote(value)} for "${shown}" flag: ${error}`);
  };
  const before = first ? [] : (parsed.flags[flag.name] as string[]);
  parsed.flags[flag.name] = valueOf(flag, value, before, fail);
  if (!first) return;
  given.push(flag.name);
  if (flag.deprecated) parsed.warnings.push(`Flag --${flag.name} has been deprecated, ${flag.deprecated}`);
}

function valueOf(
  { type }: Flag,
  value: string,
  before: readonly string[],
  fail: (error: string) => never,
): FlagValues[string] {
  if (type === "string") return value;
  if (type === "stringArray") return [...before, value];
  if (type === "stringMap") return [...before, ...keyValues(value, fail)];
  if (type === "stringList") return [...before, ...(value === "" ? [] : commaSeparated(value, fail))];
  const read =
    type === "bool" ? parseGoBool(value) : type === "int" ? parseGoInt(value) : parseGoDuration(value);
  return read.ok ? read.value : fail(read.error);
}

/** `a=1`, or several at commas; kept as they stand, for whoever reads them to take apart. */
function keyValues(value: string, fail: (error: string) => never): string[] {
  const alone = value.split("=").length <= 2;
  const pairs = alone ? [value.replace(/^"+|"+$/g, "")] : commaSeparated(value, fail);
  for (const pair of pairs) if (!pair.includes("=")) fail(`${pair} must be formatted as key=value`);
  return pairs;
}

/** One line of CSV: quoted items may hold commas. */
function commaSeparated(line: string, fail: (error: string) => never): string[] {
  const items: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"(?=,|$)/.exec(rest);
    const plain = /^[^,]*/.exec(rest)![0];
    if (!quoted && plain.includes('"')) {
      const column = line.length - rest.length + plain.indexOf('"') + 1;
      if (!plain.startsWith('"')) fail(`parse error on line 1, column ${column}: bare " in non-quoted-field`);
      fail(`parse error on line 1, column ${line.length + 1}: extraneous or missing " in quoted-field`);
    }
    items.push(quoted ? quoted[1]!.replaceAll('""', '"') : plain);
    rest = rest.slice(quoted ? quoted[0].length : plain.length);
    if (rest === "") return items;
    rest = rest.slice(1);
  }
}
