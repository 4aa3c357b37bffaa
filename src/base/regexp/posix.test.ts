import { expect, test } from "vitest";
import { parsePerl } from "./perl.ts";
import { parsePosix, type PosixRules } from "./posix.ts";
import { glibcText, goText, muslText, PatternError, pcreText } from "./problems.ts";
import { compile } from "./program.ts";
import { expressionOf, find, findAll } from "./search.ts";

function problem(read: () => unknown, text: (error: PatternError) => string): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return text(error);
  }
}

/** What `grep -o` prints, in one line. */
function found(pattern: string, text: string, rules: PosixRules): string {
  const expression = expressionOf(parsePosix(pattern, rules), "longest");
  return [...findAll(expression, text)].flatMap(({ groups }) => groups[0] || []).join(" ");
}

// Measured on GNU grep 3.8.
test.each([
  ["ab|abcd", "abcd", "abcd"],
  ["a|ab|b+", "abbb", "ab bb"],
  ["a{,2}", "aaa", "aa a"],
  ["a{1}{2}", "aaa", "aa"],
  ["a{1", "xa{1x", "a{1"],
  ["a{x}", "a{x}", "a{x}"],
  ["a||b", "aab", "a a b"],
  ["a*?", "aa?", "aa"],
  ["a**", "aab", "aa"],
  ["a)", "a)b", "a)"],
  ["^a|b$", "abab", "a b"],
  ["[]a-]+", "b]a-]c", "]a-]"],
  ["[^]a]", "]ab", "b"],
  ["[a\\]", "a]\\", "a \\"],
  ["[[:digit:]x]+", "a1x2b", "1x2"],
  ["[[.a.]-[.c.]]+", "zabcd", "abc"],
  ["\\<a\\w*", "xa ab", "ab"],
  ["\\bb|c\\B", "abc b cd", "b c"],
  ["\\d\\t", "dt1", "dt"],
  ["(a.)\\1", "abab acad", "abab"],
  ["x$y|a", "xya", "a"],
])("REGEX-4: extended %s in %s", (pattern, text, wanted) => {
  expect(found(pattern, text, { extended: true, lenient: true })).toBe(wanted);
});

// Measured on GNU grep 3.8.
test.each([
  ["*a", "*ab", "*a"],
  ["a+b?", "a+b?ab", "a+b?"],
  ["ab\\+\\|c\\?d", "abb cd d", "abb cd d"],
  ["\\(^a\\)*", "aa", "a"],
  ["a^b$c", "a^b$c", "a^b$c"],
  ["a\\{2\\}", "aaa", "aa"],
  ["a{2}", "aa a{2}", "a{2}"],
  ["\\(a\\)\\(b\\)\\2\\1", "abba abab", "abba"],
  ["^*a", "*a", "*a"],
  ["a*\\?", "aa?", "aa"],
])("REGEX-4: basic %s in %s", (pattern, text, wanted) => {
  expect(found(pattern, text, { extended: false, lenient: true })).toBe(wanted);
});

// Measured on GNU sed 4.9 and busybox 1.35, both with glibc.
test.each([
  ["(a|ab)(c|bcd)(d*)", "abcd", ["abcd", "a", "bcd", ""]],
  ["(a*)(ab)*(b*)", "aab", ["aab", "aa", undefined, "b"]],
  ["((a)(b)?)*", "abaa", ["abaa", "a", "a", "b"]],
  ["(foo|foobar)(bar)?", "foobar", ["foobar", "foo", "bar"]],
  ["(.*) (.*)", "a b c", ["a b c", "a b", "c"]],
])(
  "REGEX-4: the groups of %s in %s are those of the first way to the longest match",
  (pattern, text, wanted) => {
    const expression = expressionOf(parsePosix(pattern, { extended: true }), "longest");
    expect(find(expression, text)?.groups).toEqual(wanted);
  },
);

test("REGEX-4: escapes of sed, awk and musl", () => {
  expect(found("a\\tb|[\\n]", "a\tb\n", { extended: true, escapes: "sed" })).toBe("a\tb \n");
  expect(found("[\\]]+\\.", "]].", { extended: true, escapes: "awk" })).toBe("]].");
  expect(found("\\d+\\t", "12\t", { extended: true, musl: true })).toBe("12\t");
  expect(found("^a|b$", "b\nab", { extended: true, lines: true })).toBe("b a b");
  expect(found("É", "é", { extended: true, ignoreCase: true })).toBe("é");
});

const grep: PosixRules = { extended: true, lenient: true };
const sed: PosixRules = { extended: true, escapes: "sed", strictClose: true };

// Measured on GNU grep 3.8 and sed 4.9: extended, and in sed as an expression of its own.
test.each([
  ["(", "Unmatched ( or \\(", "Unmatched ( or \\("],
  [")", undefined, "Unmatched ) or \\)"],
  ["[a", "Unmatched [, [^, [:, [., or [=", "Unmatched [, [^, [:, [., or [="],
  ["a[", "Invalid regular expression", "Invalid regular expression"],
  ["[[:foo:]]", "Invalid character class name", "Invalid character class name"],
  [
    "[:space:]",
    "character class syntax is [[:space:]], not [:space:]",
    "character class syntax is [[:space:]], not [:space:]",
  ],
  ["[z-a]", "Invalid range end", "Invalid range end"],
  ["[[.foo.]]", "Invalid collation character", "Invalid collation character"],
  ["a{", undefined, "Unmatched \\{"],
  ["a{2,1}", "Invalid content of \\{\\}", "Invalid content of \\{\\}"],
  ["a{x}", undefined, "Invalid content of \\{\\}"],
  ["a{99999}", "Regular expression too big", "Regular expression too big"],
  ["*a", undefined, "Invalid preceding regular expression"],
  ["(*b)", undefined, "Invalid preceding regular expression"],
  ["a\\", "Trailing backslash", "Trailing backslash"],
  ["(a)\\2", "Invalid back reference", "Invalid back reference"],
])("REGEX-3: %s is refused in glibc's words", (pattern, byGrep, bySed) => {
  expect(problem(() => parsePosix(pattern, grep), glibcText)).toBe(byGrep);
  expect(problem(() => parsePosix(pattern, sed), glibcText)).toBe(bySed);
});

test("REGEX-3: basic patterns have mistakes of their own, and grep warns of others", () => {
  const basic = { extended: false, strictClose: true };
  expect(problem(() => parsePosix("\\)", basic), glibcText)).toBe("Unmatched ) or \\)");
  expect(problem(() => parsePosix("a**", basic), glibcText)).toBe("Invalid preceding regular expression");
  expect(problem(() => parsePosix("\\{1\\}", basic), glibcText)).toBe("Invalid preceding regular expression");
  expect(parsePosix("*a|{1}b", grep).warnings).toEqual([
    "* at start of expression",
    "{...} at start of expression",
  ]);
  expect(problem(() => parsePosix("*a", { extended: true, musl: true }), muslText)).toBe(
    "Repetition not preceded by valid expression",
  );
  expect(problem(() => parsePosix("(", { extended: true, musl: true }), muslText)).toBe("Missing ')'");
});

// Measured on Go 1.26 and on PCRE2 by GNU grep -P.
test.each([
  ["a(", "missing closing ): `a(`", "missing closing parenthesis"],
  ["a)", "unexpected ): `a)`", "unmatched closing parenthesis"],
  ["b[a", "missing closing ]: `[a`", "missing terminating ] for character class"],
  ["[[:foo:]]", "invalid character class range: `[:foo:]`", "unknown POSIX class name"],
  ["[z-a]", "invalid character class range: `z-a`", "range out of order in character class"],
  ["a{2,1}", "invalid repeat count: `{2,1}`", "numbers out of order in {} quantifier"],
  ["a{1001}", "invalid repeat count: `{1001}`", undefined],
  ["(a{500}){3}", "invalid repeat count: `{3}`", undefined],
  ["*a", "missing argument to repetition operator: `*`", "quantifier does not follow a repeatable item"],
  ["a**", "invalid nested repetition operator: `**`", "quantifier does not follow a repeatable item"],
  ["a*+", "invalid nested repetition operator: `*+`", undefined],
  ["^*", undefined, "quantifier does not follow a repeatable item"],
  ["a\\", "trailing backslash at end of expression: ``", "\\ at end of pattern"],
  ["\\1", "invalid escape sequence: `\\1`", "reference to non-existent subpattern"],
  ["\\y", "invalid escape sequence: `\\y`", "unrecognized character follows \\"],
  ["(?=a)", "invalid or unsupported Perl syntax: `(?=`", undefined],
  ["(?z)", "invalid or unsupported Perl syntax: `(?z`", "unrecognized character after (? or (?-"],
  ["(?P<n", "invalid named capture: `(?P<n`", "syntax error in subpattern name (missing terminator?)"],
  ["(?<=a)", "invalid named capture: `(?<=a)`", undefined],
])("REGEX-3: %s is refused in the words of Go and of PCRE", (pattern, byGo, byPcre) => {
  expect(problem(() => parsePerl(pattern, "go"), goText)).toBe(byGo && `error parsing regexp: ${byGo}`);
  expect(problem(() => parsePerl(pattern, "pcre"), pcreText)).toBe(byPcre);
});

test("REGEX-3: what is too large or nests too deeply is refused", () => {
  expect(problem(() => compile(parsePosix("(a{1000}){1000}", grep)), glibcText)).toBe(
    "Regular expression too big",
  );
  expect(problem(() => parsePosix("(".repeat(2_000), grep), glibcText)).toBe("Regular expression too big");
  expect(problem(() => parsePosix(`a${"{1}".repeat(2_000)}`, grep), glibcText)).toBe(
    "Regular expression too big",
  );
  const nothing = "(?:".repeat(20) + "){1000}".repeat(20);
  expect(problem(() => compile(parsePerl(nothing, "pcre")), pcreText)).toBe(undefined);
  expect(problem(() => parsePosix("a{".repeat(100_000), grep), glibcText)).toBe("Regular expression too big");
  expect(problem(() => parsePosix("[" + "[:".repeat(20_000), grep), glibcText)).toBe(
    "Unmatched [, [^, [:, [., or [=",
  );
  expect(problem(() => parsePerl("(".repeat(300), "pcre"), pcreText)).toBe(
    "parentheses are too deeply nested",
  );
});
