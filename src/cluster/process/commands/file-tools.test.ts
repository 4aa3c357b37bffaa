// diff, cmp, dumps, columns, sort and expr: whole outputs, as the real programs print them in Debian 12 and busybox.
import { expect, test } from "vitest";
import { createLab } from "../testing.ts";

const IMAGES = { gnu: "debian:12", busybox: "busybox:1.37" };

function sh(flavour: keyof typeof IMAGES, script: string): string {
  const lab = createLab();
  const { id } = lab.run({ image: IMAGES[flavour], workingDir: "/work", command: ["sleep", "100000"] });
  if (flavour === "gnu") lab.runtime.provideTools(id);
  return lab.sh(id, script);
}

const FILES = "printf 'a\\nb\\nc\\n' > 1; printf 'a\\nX\\nc\\nd\\n' > 2; printf 'a\\nb' > 3; ";

test.each<[keyof typeof IMAGES, string, string]>([
  ["gnu", "diff 1 2", "2c2\n< b\n---\n> X\n3a4\n> d\n[exit 1]"],
  ["gnu", "diff -u 1 2 | tail -n +3", "@@ -1,3 +1,4 @@\n a\n-b\n+X\n c\n+d\n"],
  ["gnu", "diff -u --label=x --label=y 1 2 | head -n 2", "--- x\n+++ y\n"],
  ["gnu", "diff 1 3", "2,3c2\n< b\n< c\n---\n> b\n\\ No newline at end of file\n[exit 1]"],
  ["gnu", "diff -q 1 2; diff -s 1 1", "Files 1 and 2 differ\nFiles 1 and 1 are identical\n"],
  ["gnu", "diff 1 nosuch", "[stderr] diff: nosuch: No such file or directory\n[exit 2]"],
  [
    "gnu",
    "mkdir a b; cp 1 a/f; cp 2 b/f; touch a/x; diff -r a b",
    "diff -r a/f b/f\n2c2\n< b\n---\n> X\n3a4\n> d\nOnly in a: x\n[exit 1]",
  ],
  ["gnu", "seq 10 > x; seq 2 11 > y; diff x y", "1d0\n< 1\n10a10\n> 11\n[exit 1]"],
  ["busybox", "diff 1 2", "--- 1\n+++ 2\n@@ -1,3 +1,4 @@\n a\n-b\n+X\n c\n+d\n[exit 1]"],
  [
    "busybox",
    "seq 10 > x; seq 2 11 > y; diff x y | tail -n +3",
    "@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -8,3 +7,4 @@\n 8\n 9\n 10\n+11\n",
  ],
  [
    "gnu",
    "cmp 1 2; cmp 1 3; cmp -s 1 2; echo $?; cmp -l 1 2",
    "1 2 differ: char 3, line 2\n1\n3 142 130\n[stderr] cmp: EOF on 3 after byte 3, in line 2\ncmp: EOF on 1 after byte 6\n[exit 1]",
  ],
  ["busybox", "cmp 1 3", "[stderr] cmp: EOF on 3\n[exit 1]"],
])("SH-21: %s: %s", (flavour, script, shown) => {
  expect(sh(flavour, FILES + script)).toBe(shown);
});

test.each<[keyof typeof IMAGES, string, string]>([
  ["gnu", "seq 8 | od", "0000000 005061 005062 005063 005064 005065 005066 005067 005070\n0000020\n"],
  ["gnu", "echo hello | od -c", "0000000   h   e   l   l   o  \\n\n0000006\n"],
  ["gnu", "echo hello | od -An -tx1", " 68 65 6c 6c 6f 0a\n"],
  [
    "gnu",
    "echo hi | od -A x -t x1z",
    "000000 68 69 0a                                         >hi.<\n000003\n",
  ],
  [
    "busybox",
    "echo hello | hexdump -C",
    "00000000  68 65 6c 6c 6f 0a                                 |hello.|\n00000006\n",
  ],
  [
    "busybox",
    "printf '%050d' 0 | hexdump -C",
    "00000000  30 30 30 30 30 30 30 30  30 30 30 30 30 30 30 30  |0000000000000000|\n*\n00000030  30 30                                             |00|\n00000032\n",
  ],
  ["busybox", "echo hello | xxd", "00000000: 6865 6c6c 6f0a                           hello.\n"],
  ["gnu", "seq 5 | paste -s -d,; seq 4 | paste - -", "1,2,3,4,5\n1\t2\n3\t4\n"],
  [
    "gnu",
    "printf 'a bb c\\naaa b c\\n' | column -t; seq 10 | column -c 40",
    "a    bb  c\naaa  b   c\n1\t3\t5\t7\t9\n2\t4\t6\t8\t10\n",
  ],
  ["gnu", "printf 'a\\n\\nb\\n' | nl", "     1\ta\n       \n     2\tb\n"],
  ["gnu", "printf 'a\\nb\\n' > x; printf 'b\\nc\\n' > y; comm x y; comm -12 x y", "a\n\t\tb\n\tc\nb\n"],
  [
    "busybox",
    "cal 2 2024",
    "   February 2024\nSu Mo Tu We Th Fr Sa\n             1  2  3\n 4  5  6  7  8  9 10\n11 12 13 14 15 16 17\n18 19 20 21 22 23 24\n25 26 27 28 29\n                     \n",
  ],
  ["gnu", "who", ""],
  [
    "gnu",
    "mkdir -p a/.h a/b/c; touch a/1; ls -R a; ls -aR a/b; ls a/1 a nosuch",
    "a:\n1\nb\n\na/b:\nc\n\na/b/c:\na/b:\n.\n..\nc\n\na/b/c:\n.\n..\na/1\n\na:\n1\nb\n[stderr] ls: cannot access 'nosuch': No such file or directory\n[exit 2]",
  ],
  [
    "gnu",
    "touch 1; ls -j; ls --color=auto 1",
    "1\n[stderr] ls: invalid option -- 'j'\nTry 'ls --help' for more information.\n",
  ],
  ["busybox", "ls -R nosuch", "[stderr] ls: nosuch: No such file or directory\n[exit 1]"],
  [
    "gnu",
    "sort -y 1; seq -y 1; sort --what 1",
    "[stderr] sort: invalid option -- 'y'\nTry 'sort --help' for more information.\nseq: invalid option -- 'y'\nTry 'seq --help' for more information.\nsort: unrecognized option '--what'\nTry 'sort --help' for more information.\n[exit 2]",
  ],
  ["busybox", "sort -y 1", "[stderr] sort: invalid option -- 'y'\n[exit 2]"],
  ["gnu", "seq 20000 | xargs -n 5000 echo | wc -l", "4\n"],
])("SH-22: %s: %s", (flavour, script, shown) => {
  expect(sh(flavour, script)).toBe(shown);
});

test.each<[keyof typeof IMAGES, string, string]>([
  [
    "gnu",
    "printf 'B\\na\\nC\\n' | sort -f; printf '1.10\\n1.9\\n' | sort -V; printf '10K\\n1M\\n5\\n' | sort -h",
    "a\nB\nC\n1.9\n1.10\n5\n10K\n1M\n",
  ],
  [
    "gnu",
    "printf 'a 3\\nb 1\\na 2\\n' | sort -k1,1 -k2,2nr; printf 'b:2\\na:10\\n' | sort -t: -k2n",
    "a 3\na 2\nb 1\nb:2\na:10\n",
  ],
  [
    "gnu",
    "printf 'a 1\\nb 1\\n' | sort -u -k2,2; printf '2\\n1\\n' | sort -c",
    "a 1\n[stderr] sort: -:2: disorder: 1\n[exit 1]",
  ],
  ["gnu", "printf 'A\\na\\nb\\n' | uniq -ci", "      2 A\n      1 b\n"],
  ["gnu", "seq 0.5 0.5 1.5; seq -f '%02g' 2; seq -w 9 10", "0.5\n1.0\n1.5\n01\n02\n09\n10\n"],
  [
    "gnu",
    "expr length abc; expr substr hello 2 3; expr abc : 'a\\(.\\)'; expr \\( 1 + 2 \\) \\* 3; expr 1 +",
    "3\nell\nb\n9\n[stderr] expr: syntax error: missing argument after '+'\n[exit 2]",
  ],
  ["gnu", "printf 'a\\tb\\n' | cat -A; printf 'a\\n\\nb\\n' | cat -b", "a^Ib$\n     1\ta\n\n     2\tb\n"],
])("SH-23: %s: %s", (flavour, script, shown) => {
  expect(sh(flavour, script)).toBe(shown);
});
