// What may be wrong with a pattern, and how the libraries that read patterns say it.

export type Problem =
  | "openGroup"
  | "closeGroup"
  | "openBracket"
  | "bareBracket"
  | "className"
  | "classSyntax"
  | "collation"
  | "range"
  | "openBrace"
  | "braces"
  | "nothingToRepeat"
  | "repeatTwice"
  | "backslash"
  | "reference"
  | "escape"
  | "groupSyntax"
  | "groupName"
  | "tooBig"
  | "tooDeep";

/** What is longer is too big to be read. */
export const LONGEST_PATTERN = 50_000;

export class PatternError extends Error {
  readonly problem: Problem;
  /** The piece of the pattern that is meant, where the parser tells. */
  readonly piece: string;
  constructor(problem: Problem, piece = "") {
    super(`${problem}: ${piece}`);
    this.problem = problem;
    this.piece = piece;
  }
}

/** A match that would take too long. A RangeError, because it is the end of who asked for it, unless that one knows better. */
export class TooManySteps extends RangeError {}

/** As grep, sed and busybox say it with glibc. */
const GLIBC: Partial<Record<Problem, string>> = {
  openGroup: "Unmatched ( or \\(",
  closeGroup: "Unmatched ) or \\)",
  openBracket: "Unmatched [, [^, [:, [., or [=",
  className: "Invalid character class name",
  classSyntax: "character class syntax is [[:space:]], not [:space:]",
  collation: "Invalid collation character",
  range: "Invalid range end",
  openBrace: "Unmatched \\{",
  braces: "Invalid content of \\{\\}",
  nothingToRepeat: "Invalid preceding regular expression",
  backslash: "Trailing backslash",
  reference: "Invalid back reference",
  tooBig: "Regular expression too big",
  tooDeep: "Regular expression too big",
};

export function glibcText({ problem }: PatternError): string {
  return GLIBC[problem] ?? "Invalid regular expression";
}

/** As Alpine's tools say it, which have musl. */
const MUSL: Partial<Record<Problem, string>> = {
  openGroup: "Missing ')'",
  closeGroup: "Missing ')'",
  openBracket: "Missing ']'",
  bareBracket: "Missing ']'",
  className: "Unknown character class name",
  collation: "Unknown collating element",
  range: "Invalid character range",
  openBrace: "Missing '}'",
  braces: "Invalid contents of {}",
  nothingToRepeat: "Repetition not preceded by valid expression",
  backslash: "Trailing backslash",
  reference: "Invalid back reference",
  tooBig: "Out of memory",
  tooDeep: "Out of memory",
};

export function muslText({ problem }: PatternError): string {
  return MUSL[problem] ?? "Invalid regexp";
}

/** As grep -P says it. */
const PCRE: Partial<Record<Problem, string>> = {
  openGroup: "missing closing parenthesis",
  closeGroup: "unmatched closing parenthesis",
  openBracket: "missing terminating ] for character class",
  className: "unknown POSIX class name",
  range: "range out of order in character class",
  braces: "numbers out of order in {} quantifier",
  nothingToRepeat: "quantifier does not follow a repeatable item",
  repeatTwice: "quantifier does not follow a repeatable item",
  backslash: "\\ at end of pattern",
  reference: "reference to non-existent subpattern",
  escape: "unrecognized character follows \\",
  groupSyntax: "unrecognized character after (? or (?-",
  groupName: "syntax error in subpattern name (missing terminator?)",
  tooBig: "regular expression is too large",
  tooDeep: "parentheses are too deeply nested",
};

export function pcreText({ problem }: PatternError): string {
  return PCRE[problem] ?? "internal error";
}

/** As Go's regexp package says it. */
const GO: Partial<Record<Problem, string>> = {
  openGroup: "missing closing )",
  closeGroup: "unexpected )",
  openBracket: "missing closing ]",
  className: "invalid character class range",
  range: "invalid character class range",
  braces: "invalid repeat count",
  nothingToRepeat: "missing argument to repetition operator",
  repeatTwice: "invalid nested repetition operator",
  backslash: "trailing backslash at end of expression",
  reference: "invalid escape sequence",
  escape: "invalid escape sequence",
  groupSyntax: "invalid or unsupported Perl syntax",
  groupName: "invalid named capture",
  tooBig: "expression too large",
  tooDeep: "expression nests too deeply",
};

export function goText({ problem, piece }: PatternError): string {
  return `error parsing regexp: ${GO[problem] ?? "invalid escape sequence"}: \`${piece}\``;
}
