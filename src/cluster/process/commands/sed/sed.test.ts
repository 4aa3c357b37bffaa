import { expect, test } from "vitest";
import { createLab } from "../../testing.ts";

const lab = createLab();
const { id } = lab.run({ image: "nginx", command: ["sleep", "1000000"] });
const sh = (script: string): string => lab.sh(id, script);
const { id: small } = lab.run({ image: "busybox", command: ["sleep", "1000000"] });

test("sed: lines are joined, by N and by the hold space", () => {
  expect(sh("seq 4 | sed ':a;N;$!ba;s/\\n/ /g'")).toBe("1 2 3 4\n");
  expect(sh("seq 4 | sed -e ':a' -e '$!{N;ba' -e '}' -e 's/\\n/,/g'")).toBe("1,2,3,4\n");
  expect(sh("seq 4 | sed 'N;s/\\n/-/'; seq 3 | sed 'N;s/\\n/-/'; seq 3 | sed -n 'N;p'")).toBe(
    "1-2\n3-4\n1-2\n3\n1\n2\n",
  );
  expect(sh("seq 3 | sed -n '1!G;h;$p'; seq 2 | sed G; seq 3 | sed -n 'H;${x;s/\\n/+/g;p}'")).toBe(
    "3\n2\n1\n1\n\n2\n\n+1+2+3\n",
  );
  expect(sh("seq 3 | sed 'x'; seq 2 | sed '1h;2g'")).toBe("\n1\n2\n1\n1\n");
});

test("sed: D and P work on the first line of several", () => {
  expect(sh("printf 'a\\na\\nb\\nb\\nc\\n' | sed '$!N; /^\\(.*\\)\\n\\1$/!P; D'")).toBe("a\nb\nc\n");
  expect(sh("seq 5 | sed '$!N;$!D'; seq 3 | sed -n '$!{N;P}'")).toBe("4\n5\n1\n");
});

test("sed: y, n, q with a code, Q, =, blocks and steps", () => {
  expect(sh("echo cab | sed 'y/abc/xyz/'; echo a/b | sed 'y,/,\\n,'")).toBe("zxy\na\nb\n");
  expect(sh("seq 4 | sed 'n;d'; seq 3 | sed '2q5'; seq 3 | sed 2Q; seq 2 | sed -n '$='")).toBe(
    "1\n3\n1\n2\n1\n2\n",
  );
  expect(sh("seq 6 | sed -n '2,5{/3/d;p}'; seq 6 | sed -n '1~3p;0~3s/$/!/p'")).toBe(
    "2\n4\n5\n1\n3!\n4\n6!\n",
  );
  expect(sh("seq 3 | sed '2q5'; echo $?")).toBe("1\n2\n5\n");
});

test("sed: jumps that depend on what was replaced", () => {
  expect(sh("echo 1234567 | sed ':a;s/\\B[0-9]\\{3\\}\\>/,&/;ta'")).toBe("1,234,567\n");
  expect(
    sh("printf 'a\\nb\\n' | sed 's/a/x/;t;s/$/ no/'; printf 'a\\nb\\n' | sed 's/a/x/;T;s/$/ yes/'"),
  ).toBe("x\nb no\nx yes\nb\n");
});

test("sed: texts before, after and instead of lines, and files", () => {
  expect(sh("seq 2 | sed -e '1i\\' -e 'top' -e '$a end' | sed '/top/d'")).toBe("1\n2\nend\n");
  expect(sh("seq 4 | sed '2,3c between'; seq 2 | sed '1a one \\\nmore\n$d'")).toBe(
    "1\nbetween\n4\n1\none \nmore\n",
  );
  expect(sh("cd /tmp; echo in > in; seq 2 | sed -n 'p;1r in'; seq 3 | sed -n '2,3w out'; cat out")).toBe(
    "1\nin\n2\n2\n3\n",
  );
  expect(sh("printf 'a\\nb' | sed s/b/c/; echo; printf 'a\\nb\\n' | sed -z 's/\\n/,/g'; echo")).toBe(
    "a\nc\na,b,\n",
  );
  expect(sh("cd /tmp; echo '# note\ns/a/b/ # more\np' > f.sed; echo a | sed -f f.sed")).toBe("b\nb\n");
});

test("sed: what is wrong with a script is said in GNU's and busybox's words", () => {
  const wrong = (script: string): string => sh(`echo a | sed '${script}'`);
  expect(wrong("y/ab/c/")).toBe(
    "[stderr] sed: -e expression #1, char 7: strings for `y' command are different lengths\n[exit 1]",
  );
  expect(wrong("{p")).toBe("[stderr] sed: -e expression #1, char 0: unmatched `{'\n[exit 1]");
  expect(wrong("b x")).toBe("[stderr] sed: can't find label for jump to `x'\n[exit 1]");
  expect(wrong("px")).toBe(
    "[stderr] sed: -e expression #1, char 2: extra characters after command\n[exit 1]",
  );
  expect(wrong("k")).toBe("[stderr] sed: -e expression #1, char 1: unknown command: `k'\n[exit 1]");
  expect(lab.sh(small, "echo a | sed 'b x'; echo a | sed k")).toBe(
    "[stderr] sed: can't find label for jump to 'x'\nsed: unsupported command k\n[exit 1]",
  );
  expect(sh("sed -y p")).toBe("[stderr] sed: invalid option -- 'y'\n[exit 1]");
});

test("sed: scripts that never end are ended, and those that grow for ever", () => {
  expect(sh("echo a | sed ':a; ba'")).toBe("[stderr] sed: given up after 1000000 steps\n[exit 1]");
  expect(sh("echo a | sed ':a; s/a/aa/g; ba'")).toBe("[stderr] sed: given up after 1000000 steps\n[exit 1]");
  expect(sh("seq 50000 | sed -n ':a; /../!b; s/.//; ta; $p' | wc -l")).toBe("0\n");
});
