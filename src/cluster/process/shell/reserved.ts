// Words that mean something to the parser, shell by shell, and small pieces of code that it puts together from them.
import type { Code, Flavour, Word } from "./code.ts";
import { Emitter } from "./emitter.ts";

export const LIST_ENDS = new Set([
  "then",
  "do",
  "done",
  "fi",
  "else",
  "elif",
  "esac",
  "}",
  ")",
  ";;",
  ";&",
  ";;&",
  "",
]);
export const RESERVED = new Set("if then elif else fi while until for do done case esac { } !".split(" "));
export const EXTRAS: Record<Flavour, Set<string>> = {
  dash: new Set(),
  busybox: new Set(["function", "[["]),
  bash: new Set(["function", "[[", "select"]),
};
const DECLARING = new Set(["declare", "typeset", "local", "readonly", "export"]);

export const literal = (text: string): Word => [{ kind: "text", text, quoted: false }];

export function isDeclaring(word: Word | undefined): boolean {
  const [only] = word ?? [];
  return word?.length === 1 && only?.kind === "text" && DECLARING.has(only.text);
}

/** a |& b: errors go into the pipe too. */
export function withErrors(stage: Code): Code {
  const out = new Emitter();
  out.code = stage;
  out.wrapRedirects(0, [{ fd: 2, operator: ">&", target: literal("1") }], []);
  return out.code;
}

/** Builtins that POSIX calls special: their errors end a script. */
export const SPECIAL_BUILTINS: ReadonlySet<string> = new Set(
  ". : break continue eval exec exit export readonly return set shift times trap unset".split(" "),
);
