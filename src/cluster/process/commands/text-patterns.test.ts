import { expect, test } from "vitest";
import { shellOf } from "../testing.ts";

const debian = shellOf("nginx", "bash");
const busybox = shellOf("busybox");
const alpine = shellOf("alpine");
const A = "a".repeat(60);

test("REGEX-1: patterns that backtrack for ever elsewhere are answered at once", () => {
  expect(debian(`echo ${A}! | grep -E '(a+)+$'`)).toBe("[exit 1]");
  expect(debian(`echo ${A}! | grep -cE '^(a|aa)+$|(a*)*b'`)).toBe("0\n[exit 1]");
  expect(debian(`echo ${A}! | sed -E 's/(a+)+$/x/; s/(a|aa)+$/y/'`)).toBe(`${A}!\n`);
  expect(debian(`echo ${A}! | awk '/(a+)+$/ { print "no" } { gsub(/(a|aa)+!/, "[&]"); print }'`)).toBe(
    `[${A}!]\n`,
  );
  expect(debian(`[[ ${A}! =~ ^(a+)+$ ]] || echo no`)).toBe("no\n");
  const stars = "*a".repeat(25);
  expect(debian(`case ${A} in ${stars}*b) echo no;; *) echo other;; esac`)).toBe("other\n");
  expect(debian(`x=${A}; echo "\${x//${stars}b/y}" "\${x##${stars}b}" "\${x%${stars}b*}"`)).toBe(
    `${A} ${A} ${A}\n`,
  );
  expect(debian(`cd /tmp; touch ${A}; echo ${stars}b; find . -name '${stars}b'`)).toBe(`${stars}b\n`);
});

test("REGEX-1: the edges of a long value are found in one pass", () => {
  const long = "x=$(seq 50000 | tr -d '\\n')";
  expect(debian(`${long}; y=\${x##*b}; z=\${x%%b*}; v=\${x%0*}; echo \${#x} \${#y} \${#z} \${#v}`)).toBe(
    "238894 238894 238894 238893\n",
  );
  expect(
    debian(
      "x=$(seq 100000 | tr -d 0-9; echo x); echo ${#x}; basename $(seq 100000 | tr -d 0-9 | tr '\\n' /)x",
    ),
  ).toBe("100001\nx\n");
  expect(debian(`${long}; awk -v x="\${x}x" 'BEGIN { print (x == 1) }'`)).toBe("0\n");
});

test("REGEX-2: a pattern that refers back is given up, in words", () => {
  const much = "a".repeat(300);
  expect(debian(`echo ${much} | grep '\\(a*\\)*\\1b'`)).toBe("[stderr] grep: memory exhausted\n[exit 2]");
  expect(debian(`echo ${much} | grep -P '(?=(a+)+b)a'`)).toBe(
    "[stderr] grep: exceeded PCRE's backtracking limit\n[exit 2]",
  );
  expect(debian(`echo ${much} | sed 's/\\(a*\\)*\\1b/x/'`)).toBe("[stderr] sed: memory exhausted\n[exit 1]");
});

test("REGEX-3: grep refuses wrong patterns in the image's words", () => {
  const wrong = (sh: (script: string) => string, words: string): string => sh(`echo a | grep ${words}`);
  expect(wrong(debian, "-E '('")).toBe("[stderr] grep: Unmatched ( or \\(\n[exit 2]");
  expect(wrong(debian, "'[a'")).toBe("[stderr] grep: Unmatched [, [^, [:, [., or [=\n[exit 2]");
  expect(wrong(debian, "'[:space:]'")).toBe(
    "[stderr] grep: character class syntax is [[:space:]], not [:space:]\n[exit 2]",
  );
  expect(wrong(debian, "-E '*a'")).toBe("a\n[stderr] grep: warning: * at start of expression\n");
  expect(wrong(debian, "-P 'a**'")).toBe(
    "[stderr] grep: quantifier does not follow a repeatable item\n[exit 2]",
  );
  expect(wrong(busybox, "-E '('")).toBe("[stderr] grep: bad regex '(': Unmatched ( or \\(\n[exit 2]");
  expect(wrong(alpine, "-E '('")).toBe("[stderr] grep: bad regex '(': Missing ')'\n[exit 2]");
});

test("REGEX-3: sed says in which expression and at which character, busybox which pattern", () => {
  expect(debian("echo a | sed -E 'p;s/(/x/;p'")).toBe(
    "[stderr] sed: -e expression #1, char 9: Unmatched ( or \\(\n[exit 1]",
  );
  expect(debian("echo a | sed -E -e p -e '/a(/d;p'")).toBe(
    "[stderr] sed: -e expression #2, char 4: Unmatched ( or \\(\n[exit 1]",
  );
  expect(debian("echo a | sed 's/a'; echo a | sed 'p;k'; echo a | sed '/a'")).toBe(
    "[stderr] sed: -e expression #1, char 3: unterminated `s' command\nsed: -e expression #1, char 3: unknown command: `k'\nsed: -e expression #1, char 2: unterminated address regex\n[exit 1]",
  );
  expect(debian("echo a | sed -E 's/(a)/\\2/'; echo a | sed 's/a/b/k'; echo a | sed 1,")).toBe(
    "[stderr] sed: -e expression #1, char 9: invalid reference \\2 on `s' command's RHS\nsed: -e expression #1, char 7: unknown option to `s'\nsed: -e expression #1, char 2: unexpected `,'\n[exit 1]",
  );
  expect(busybox("echo a | sed -E 's/*a/x/'; echo a | sed 's/a'; echo a | sed k")).toBe(
    "[stderr] sed: bad regex '*a': Invalid preceding regular expression\nsed: unmatched '/'\nsed: unsupported command k\n[exit 1]",
  );
});

test("REGEX-3: awk refuses a pattern before it reads a line, and one that it makes when it meets it", () => {
  expect(debian("awk '/(/' </dev/null")).toBe(
    "[stderr] awk: line 1: regular expression compile failed (missing ')')\n(\n[exit 2]",
  );
  expect(busybox("awk '/a{2,1}/' </dev/null")).toBe(
    "[stderr] awk: bad regex 'a{2,1}': Invalid content of \\{\\}\n[exit 1]",
  );
  expect(busybox('echo a | awk \'{ print "x"; if ($0 ~ "[a") print }\'')).toBe(
    "x\n[stderr] awk: bad regex '[a': Unmatched [, [^, [:, [., or [=\n[exit 1]",
  );
});

test("REGEX-3: an expression that bash cannot read is neither a yes nor a no", () => {
  expect(debian("p='('; [[ a =~ $p ]]; echo $?; p='*a'; [[ a =~ $p ]]; echo $?; [[ a =~ b ]]; echo $?")).toBe(
    "2\n2\n1\n",
  );
});

// Measured on GNU grep 3.8 and sed 4.9, bash 5.2 and mawk 1.3.4.
test("REGEX-4: the leftmost match is found, and of those the longest", () => {
  expect(debian("echo abcd | grep -oE 'ab|abcd'; echo abcd | sed -E 's/(ab|abc)(cd)?/<\\1>/'")).toBe(
    "abcd\n<ab>\n",
  );
  expect(debian("echo 'pods-1 node' | grep -owE '[a-z]+|pods-1'; echo 'a -b' | grep -w -- -b")).toBe(
    "pods-1\nnode\na -b\n",
  );
  expect(debian("printf 'one\\ntwo\\nthree\\n' | grep -e 'o$' -e '^th'; echo 'a.c abc' | grep -oF a.c")).toBe(
    "two\nthree\na.c\n",
  );
  expect(debian("echo 'id=42 id=7' | grep -oP '(?<=id=)\\d+?'; echo X | grep -io x")).toBe("4\n7\nX\n");
  expect(
    debian("[[ abcd =~ (a|ab)(c|bcd)(d*) ]]; echo ${BASH_REMATCH[@]}; [[ a.c =~ 'a.c'$ ]] && echo yes"),
  ).toBe("abcd a bcd\nyes\n");
});

test("REGEX-4: sed's substitutions by number, by flag, with the last pattern, in brackets and lines", () => {
  expect(debian("echo aaaa | sed 's/a/b/2g'; echo aaaa | sed 's/a/b/3'; echo abc | sed 's/x*/-/g'")).toBe(
    "abbb\naaba\n-a-b-c-\n",
  );
  expect(debian("echo a/b | sed 's/[/]/X/'; echo a | sed -n 's/a/a/p'; echo foo | sed '/o*$/s//(&)/'")).toBe(
    "aXb\na\nf(oo)\n",
  );
  expect(
    debian("echo abab | sed 's/\\(a\\)\\(b\\)\\1/\\2\\1\\\\/'; echo A,b | sed 's,\\,, ,; s/a/x/I'"),
  ).toBe("ba\\b\nx b\n");
  expect(debian("printf 'a b\\n' | sed 's/ /\\n/; s/^b$/c/M; s/\\n/+/'; echo x | sed 's//y/'")).toBe(
    "a+c\n[stderr] sed: -e expression #1, char 0: no previous regular expression\n[exit 1]",
  );
});

test("REGEX-4: awk's fields and substitutions go by expressions", () => {
  expect(
    debian(
      "echo 'a:b,,c' | awk -F '[:,]+' '{ print $2, $3, NF }'; echo 'a(x)b' | awk -F '(x|[()])+' '{ print $2 }'",
    ),
  ).toBe("b c 3\nb\n");
  expect(
    debian('echo abab | awk \'{ n = gsub(/a|b$/, "<&>"); print n, $0; sub("<", "\\\\&"); print }\''),
  ).toBe("3 <a>b<a><b>\n&a>b<a><b>\n");
  expect(debian("echo 'a/b.c' | awk '/a\\/b\\.c/ && $0 ~ \"b[.]c$\" && !/\\tx/ { print \"yes\" }'")).toBe(
    "yes\n",
  );
});

test("REGEX-5: shell patterns", () => {
  expect(
    debian(
      "for x in a-1 '[' 7 A; do case $x in [[:alpha:]]) echo alpha;; [!a-z]) echo other;; *[0-9]) echo end;; esac; done",
    ),
  ).toBe("end\nother\nother\nalpha\n");
  expect(
    debian('x=a.b.c; echo ${x#*.} ${x##*.} ${x%.*} ${x%%.*} ${x/./-} ${x//[.b]/_} ${x#"*"} ${x%c}'),
  ).toBe("b.c c a.b a a-b.c a___c a.b.c a.b.\n");
  expect(
    debian("cd /tmp; rm -rf *; touch a1 ab '[x'; echo [a]? [[] ./[[]* a[!0-9]; x='*'; echo \"$x\"b $x"),
  ).toBe("a1 ab [[] ./[x ab\n*b [x a1 ab\n");
});

test("REGEX-5: what is no bracket is text, and a pattern of any length ends", () => {
  expect(debian("case '[a' in [a) echo text;; esac; case '[a' in [[]a) echo set;; esac")).toBe("text\nset\n");
  const open = "x=$(seq 20000 | tr -d 0-9 | tr '\\n' '[');";
  expect(debian(`${open} case a in $x*) echo yes;; *) echo no;; esac; y=\${x##$x*}; echo \${#y}`)).toBe(
    "no\n0\n",
  );
  expect(debian("x=$(seq 60000 | tr -d 0-9 | tr '\\n' '*'); (case a in $x) echo yes;; esac); echo $?")).toBe(
    "137\n",
  );
});

test("REGEX-6: fifty thousand lines", () => {
  expect(
    debian("seq 50000 | grep -cE '(1|2)+7$'; seq 50000 | sed -nE 's/^([0-9])9+$/\\1/p' | tail -n 1"),
  ).toBe("1000\n4\n");
});

// Measured on mawk 1.3.4.
test("REGEX-4: awk splits texts and tells where they match", () => {
  const first = `{ n = split($0, p, ":"); print n, p[1], p[3]; n = split("x1y22z", q, /[0-9]+/); print n, q[2], q[3] }`;
  expect(debian(`echo a:b:c | awk '${first}'`)).toBe("3 a c\n3 y z\n");
  expect(
    debian(`echo a:b:c | awk '{ split($0, p, ":"); split("x", p, ":"); print p[2] "." split("", z) }'`),
  ).toBe(".0\n");
  expect(debian(`echo abc | awk '{ split($0, p, ""); print p[1], p[3] }'`)).toBe("a c\n");
  expect(
    debian(
      `echo 'foo bar' | awk '{ print match($0, /o+/), RSTART, RLENGTH; print match($0, "zz"), RSTART, RLENGTH }'`,
    ),
  ).toBe("2 2 2\n0 0 -1\n");
});

// Measured on GNU grep 3.8.
test("REGEX-7: grep prints lines around a match", () => {
  const lines = "printf '1\\n2\\nx3\\n4\\n5\\n6\\nx7\\n8\\n' > /tmp/f; cd /tmp; ";
  expect(debian(`${lines}grep -A1 x f; echo; grep -B1 x f`)).toBe("x3\n4\n--\nx7\n8\n\n2\nx3\n--\n6\nx7\n");
  expect(debian(`${lines}grep -nC1 x f; echo; grep -nHA1 3 f; echo; cat f | grep -2 x7`)).toBe(
    "2-2\n3:x3\n4-4\n--\n6-6\n7:x7\n8-8\n\nf:3:x3\nf-4-4\n\n5\n6\nx7\n8\n",
  );
  expect(
    debian(`${lines}grep -m1 -A2 x f; grep -oA1 'x.' f; grep -A5 -B5 x f | tail -n 1; grep -c -A1 x f`),
  ).toBe("x3\n4\n5\nx3\n--\nx7\n8\n2\n");
  expect(debian(`${lines}cp f g; grep -B1 x f g; grep -L zz f; grep -L x f g`)).toBe(
    "f-2\nf:x3\n--\nf-6\nf:x7\n--\ng-2\ng:x3\n--\ng-6\ng:x7\nf\n",
  );
  expect(
    debian(
      "mkdir -p /tmp/d/e; cd /tmp/d; echo x > a; echo x > e/b; grep -r x; grep -r x .; grep -r x a; grep -rl x e",
    ),
  ).toBe("a:x\ne/b:x\n./a:x\n./e/b:x\nx\ne/b\n");
});

test("REGEX-7: grep counts lines and keeps the earlier ones while its input comes", () => {
  expect(debian("for i in 1 2 3 x 5; do echo $i; sleep 0.1; done | grep -n -C1 x")).toBe("3-3\n4:x\n5-5\n");
  expect(debian("for i in 1 x 3 x 5; do echo $i; sleep 0.1; done | grep -n -m 1 x; echo $?")).toBe(
    "2:x\n0\n",
  );
});
