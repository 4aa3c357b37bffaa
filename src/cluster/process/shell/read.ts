// The builtins read, which takes a line of input apart into variables, and mapfile, which takes all of them.
import { peekInput, takeInput } from "../streams.ts";
import { waitForTime } from "../wake.ts";
import type { BuiltinCall } from "./builtins.ts";
import { complainAs, expanderOf, type Step } from "./interpreter.ts";
import { setItems, setVariable } from "./variables.ts";

interface Wanted {
  raw: boolean;
  timeoutMs?: number;
  prompt?: string;
  array?: string;
  /** So many characters, or fewer where the delimiter comes before (-n). */
  count?: number;
  exact: boolean;
  delimiter: string;
  fd: number;
  names: string[];
}

const VALUED = { bash: "adinNptu", busybox: "dnptu", dash: "p" };
const FLAGS = { bash: "ers", busybox: "rs", dash: "r" };

/** The option that this shell's read does not know, or what it asks for. */
function optionsOf({ argv, self }: BuiltinCall): Wanted | string {
  const { flavour } = self.shell;
  const wanted: Wanted = { raw: false, exact: false, delimiter: "\n", fd: 0, names: [] };
  const words = argv.slice(1);
  while (/^-./.test(words[0] ?? "")) {
    const option = words.shift()!;
    if (option === "--") break;
    for (let at = 1; at < option.length; at++) {
      const letter = option[at]!;
      if (letter === "r") wanted.raw = true;
      if (FLAGS[flavour].includes(letter)) continue;
      if (!VALUED[flavour].includes(letter)) return letter;
      const value = option.slice(at + 1) || (option.length > at + 1 ? "" : (words.shift() ?? ""));
      if (letter === "a") wanted.array = value;
      if (letter === "d") wanted.delimiter = value.slice(0, 1) || "\0";
      if (letter === "n" || letter === "N") wanted.count = Number(value);
      if (letter === "N") wanted.exact = true;
      if (letter === "p") wanted.prompt = value;
      if (letter === "t") wanted.timeoutMs = Number(value) * 1000;
      if (letter === "u") wanted.fd = Number(value);
      break;
    }
  }
  wanted.names = words.length > 0 ? words : ["REPLY"];
  return wanted;
}

export function read(call: BuiltinCall): number | Step {
  const { self, context, keep } = call;
  const { shell, process } = self;
  const wanted = optionsOf(call);
  if (typeof wanted === "string") return refuse(call, wanted);
  if (wanted.fd !== 0) {
    const source = keep[wanted.fd];
    if (!source) {
      complainAs(self, `read: ${wanted.fd}: invalid file descriptor: Bad file descriptor`);
      return 1;
    }
    process.fds = { ...process.fds, 0: source };
  }
  // A prompt is for people: it is shown once, and at a terminal only.
  const fd = process.fds[0];
  const isTyped = fd?.kind === "stream" && self.container.streams.get(fd.id)?.tty === true;
  if (wanted.prompt !== undefined && isTyped && !shell.asking) context.err(wanted.prompt);
  shell.asking = true;
  const { text, ended } = peekInput(self);
  const end = lengthOf(text, wanted);
  if (end === undefined && !ended) {
    // Timed reads are rare: they wait for the time, then fail.
    if (wanted.timeoutMs !== undefined) {
      if (process.answer === null) {
        shell.asking = false;
        return shell.flavour === "bash" ? 142 : 1;
      }
      waitForTime(self, wanted.timeoutMs);
      return "again";
    }
    return waitForInput(call);
  }
  shell.asking = false;
  const line = end === undefined ? text : text.slice(0, end.length);
  takeInput(self, end === undefined ? text.length : end.length + end.taken);
  store(call, wanted, line);
  return end === undefined ? 1 : 0;
}

/** How much of the input answers, and how much after it goes too; undefined if more has to come. */
function lengthOf(text: string, wanted: Wanted): { length: number; taken: number } | undefined {
  const at = wanted.exact ? -1 : text.indexOf(wanted.delimiter);
  const { count } = wanted;
  if (count !== undefined && text.length >= count && (at < 0 || at >= count))
    return { length: count, taken: 0 };
  return at < 0 ? undefined : { length: at, taken: 1 };
}

function waitForInput({ self, keep }: BuiltinCall): Step {
  const { process } = self;
  const fd = process.fds[0];
  process.waiting = "input";
  process.waitsOn = fd?.kind === "stream" ? fd.id : undefined;
  process.fds = keep;
  return "again";
}

function refuse({ self, context }: BuiltinCall, letter: string): number {
  const { flavour } = self.shell;
  if (flavour === "bash") {
    complainAs(self, `read: -${letter}: invalid option`);
    context.err(
      "read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]\n",
    );
  } else
    complainAs(
      self,
      flavour === "dash" ? `read: Illegal option -${letter}` : `read: line 0: illegal option -${letter}`,
    );
  return 2;
}

/** Takes the line apart: a name a field, the last one all that is left. */
function store(call: BuiltinCall, { raw, array, names, exact }: Wanted, line: string): void {
  const { self, frame } = call;
  const expander = expanderOf(self, frame);
  const value = raw ? line : line.replace(/\\(\n|[^])/g, (_, char: string) => (char === "\n" ? "" : char));
  const ifs = self.shell.variables["IFS"] ?? " \t\n";
  if (array !== undefined) {
    const fields: string[] = [];
    for (let rest = trim(value, ifs); rest !== "";) {
      const [field, after] = cut(rest, ifs);
      fields.push(field);
      rest = after;
    }
    setItems(expander, array, [{ values: fields }], false);
    return;
  }
  let rest = ifs === "" || exact ? value : trim(value, ifs);
  if (names.length === 1 && names[0] === "REPLY" && call.argv.at(-1) !== "REPLY") rest = value;
  names.forEach((name, index) => {
    if (index === names.length - 1 || ifs === "") {
      setVariable(expander, name, rest);
      rest = "";
      return;
    }
    const [field, after] = cut(rest, ifs);
    setVariable(expander, name, field);
    rest = after;
  });
}

/** The first field, and what comes after it and its separator. */
function cut(text: string, ifs: string): [field: string, rest: string] {
  let at = 0;
  while (at < text.length && !ifs.includes(text[at]!)) at++;
  if (at === text.length) return [text, ""];
  let next = at;
  const isSpace = (char: string | undefined): boolean =>
    char !== undefined && ifs.includes(char) && /\s/.test(char);
  while (isSpace(text[next])) next++;
  if (text[next] !== undefined && ifs.includes(text[next]!)) next++;
  while (isSpace(text[next])) next++;
  return [text.slice(0, at), text.slice(next)];
}

/** mapfile, readarray: all lines of the input into an array. */
export function mapfile(call: BuiltinCall): number | Step {
  const { self, argv, frame } = call;
  const { text, ended } = peekInput(self);
  if (!ended) return waitForInput(call);
  takeInput(self, text.length);
  let name = "MAPFILE";
  const values: Record<string, string> = {};
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index]!;
    const letter = word[1] ?? "";
    if (!word.startsWith("-")) name = word;
    else if ("dnOsuCc".includes(letter)) values[letter] = word.slice(2) || (argv[++index] ?? "");
    else values[letter] = "";
  }
  const delimiter = values["d"] === undefined ? "\n" : values["d"].slice(0, 1) || "\0";
  const lines: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = text.indexOf(delimiter, at);
    const next = end < 0 ? text.length : end + 1;
    lines.push(text.slice(at, values["t"] === undefined || end < 0 ? next : end));
    at = next;
  }
  const from = Number(values["s"] ?? 0);
  const count = Number(values["n"] ?? 0);
  const chosen = lines.slice(from, count > 0 ? from + count : undefined);
  setItems(expanderOf(self, frame), name, [{ values: chosen }], false);
  return 0;
}

function trim(text: string, ifs: string): string {
  let start = 0;
  let end = text.length;
  const isSpace = (char: string | undefined): boolean =>
    char !== undefined && ifs.includes(char) && /\s/.test(char);
  while (start < end && isSpace(text[start])) start++;
  while (end > start && isSpace(text[end - 1])) end--;
  return text.slice(start, end);
}
