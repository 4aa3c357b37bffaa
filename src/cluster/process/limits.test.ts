import { expect, test } from "vitest";
import { createLab } from "./testing.ts";

/** Runs scripts in a shell of an image; what it says, and how it ends. */
function shell(image: string, command = "sh"): (script: string) => string {
  return (script) => {
    const lab = createLab();
    const { id } = lab.run({ image, command: ["sleep", "1000000"] });
    const answer = lab.exec(id, [command, "-c", script], { maxMs: 1500 });
    if (answer?.outcome !== "exited") return "runs on";
    const { stdout, stderr, exit } = answer;
    return `${stdout}${stderr === "" ? "" : `[stderr] ${stderr}`}${exit === 0 ? "" : `[exit ${exit}]`}`;
  };
}

const bash = shell("nginx", "bash");
const dash = shell("nginx");
const busybox = shell("busybox");

test("SHELL-5: loops that never wait run on, and the cluster with them", () => {
  for (const loop of ["while :; do :; done", "until false; do x=$x$x; done"]) {
    expect(bash(loop)).toBe("runs on");
    expect(busybox(loop)).toBe("runs on");
  }
  expect(bash("for ((;;)); do :; done")).toBe("runs on");
  expect(bash("yes | head -c 100000 | wc -c; yes a b | head -2")).toBe("100000\na b\na b\n");
});

test("SHELL-5: a container has room for so many processes, and shells say so", () => {
  const many = "i=0; while [ $i -lt 300 ]; do sleep 100 & i=$((i+1)); done";
  expect(bash(many)).toBe("[stderr] bash: line 1: fork: Resource temporarily unavailable\n[exit 254]");
  expect(dash(many)).toBe("[stderr] sh: 1: Cannot fork\n[exit 2]");
  expect(busybox(many)).toBe("[stderr] sh: can't fork: Resource temporarily unavailable\n[exit 2]");
  expect(bash(":(){ :|:& };: 2>/dev/null; sleep 1; echo alive")).toBe("alive\n");
  expect(bash("@x() { echo $1; }; @x here; a-b.c () { echo too; }; a-b.c")).toBe("here\ntoo\n");
});

test("SHELL-5: lists of braces have room for so many words", () => {
  expect(bash("echo {1..100000} | wc -c; echo {08..11}{a,b} x{1..3..2}y {c..a}")).toBe(
    "588895\n08a 08b 09a 09b 10a 10b 11a 11b x1y x3y c b a\n",
  );
  const refused = (count: string): string =>
    `[stderr] bash: line 1: brace expansion: failed to allocate memory for ${count} elements\n[exit 1]`;
  expect(bash("echo {1..1000000000}")).toBe(refused("1000000000"));
  expect(bash("echo {1..1000}{1..1000}{1..1000}")).toBe(refused("1000000"));
  expect(bash(`echo ${"{a,b}".repeat(40)}`)).toBe(refused("65536"));
});

test("SHELL-5: places of arrays, and names that stand for expressions, have an end", () => {
  expect(bash("a[1000000000]=x")).toBe("[stderr] bash: line 1: a[1000000000]: bad array subscript\n[exit 1]");
  expect(bash("a=(1 2); a[-3]=x")).toBe("[stderr] bash: line 1: a[-3]: bad array subscript\n[exit 1]");
  expect(bash("a=(1 2); a[-1]=x; a[9]=y; echo ${a[@]} ${#a[@]} ${!a[@]}")).toBe("1 x y 3 0 1 9\n");
  const names = "abcdefghijkl".split("");
  const values = names.map(
    (name, index) =>
      `${name}=${Array(4)
        .fill(names[index + 1] ?? "1")
        .join("+")}`,
  );
  expect(bash(`${values.join(" ")}; echo $((a))`)).toBe(
    "[stderr] bash: line 1: a: expression recursion level exceeded\n[exit 1]",
  );
  expect(bash("echo $((2**63)) $((2**64)) $((9223372036854775807+1))")).toBe(
    "-9223372036854775808 0 -9223372036854775808\n",
  );
});

test("printf has the digits of 64 bits and as many as are asked for, and no more room than there is", () => {
  expect(bash("printf '%d %u %x\\n' 9223372036854775807 -1 -255")).toBe(
    "9223372036854775807 18446744073709551615 ffffffffffffff01\n",
  );
  expect(bash("printf '%d\\n' 99999999999999999999")).toBe(
    "9223372036854775807\n[stderr] bash: line 1: printf: warning: 99999999999999999999: Numerical result out of range\n",
  );
  expect(bash("printf '%.120f' 1 | wc -c; printf '%.120e' 1 | wc -c; printf '%.120g\\n' 1.5")).toBe(
    "122\n126\n1.5\n",
  );
  expect(
    bash(
      "printf '[%5.3d] [%-6.1f] [%+d] [%06d] [%#x] [%*d] [%*d] [%.0e]\\n' 7 2.25 3 -42 255 4 1 -4 1 12345",
    ),
  ).toBe("[  007] [2.2   ] [+3] [-00042] [0xff] [   1] [1   ] [1e+04]\n");
  expect(bash("printf '%1000000000s' x")).toBe("[exit 137]");
});

test("seq ends where there is no room for more, and says so", () => {
  expect(bash("seq 1 100000000 > /tmp/n; echo $?; wc -c < /tmp/n")).toBe(
    "1\n1000005\n[stderr] seq: memory exhausted\n",
  );
  expect(bash('seq -s "$(seq 1000)" 100000 | wc -l')).toBe("255745\n[stderr] seq: memory exhausted\n");
  expect(bash("seq -f '%05.1f' 1 2; seq -w 8 10; seq 1 0 2")).toBe(
    "001.0\n002.0\n08\n09\n10\n[stderr] seq: invalid Zero increment value: '0'\nTry 'seq --help' for more information.\n[exit 1]",
  );
});

test("awk: programs that never end are ended, and long input is no such program", () => {
  const given = "awk: cmd. line:1: given up after 1000000 steps\n";
  expect(bash("awk 'BEGIN { while (1) x++ }'")).toBe(`[stderr] ${given}[exit 1]`);
  expect(bash("awk 'BEGIN { for (;;) ; }'")).toBe(`[stderr] ${given}[exit 1]`);
  expect(bash("awk 'BEGIN { while (1) print \"x\" }' | head -2")).toBe(`x\nx\n[stderr] ${given}`);
  expect(bash("seq 100000 | awk '{ n++; if ($1 % 2) s += $1; else t += $1 } END { print n, s, t }'")).toBe(
    "100000 2500000000 2500050000\n",
  );
  expect(bash("awk 'BEGIN { $100000000 = 1 }'")).toBe(
    "[stderr] awk: cmd. line:1: field 100000000 is too far to the right\n[exit 1]",
  );
});

test("awk: fields follow $0 and NF, and $0 follows them", () => {
  expect(bash('echo a-b c | awk \'{ gsub(/-/, " "); print NF, $2; $0 = "x y"; print $2, NF }\'')).toBe(
    "3 b\ny 2\n",
  );
  expect(bash('echo a b c | awk \'{ NF = 2; print; $4 = "d"; print NF, $0; $2 = ""; print }\'')).toBe(
    "a b\n4 a b  d\na   d\n",
  );
});

test("awk: loops that are left, elements that are deleted, and what an array has", () => {
  const program = `BEGIN {
    for (i = 1; i < 9; i++) { if (i == 2) continue; if (i == 5) break; a[i] = i }
    delete a[3]
    for (key in a) printf "%s ", key
    print ((3 in a) ? "yes" : "no"), (4 in a)
    do { n++ } while (n < 3)
    while (n < 9) { n++; if (n == 6) break }
    delete a
    printf "%d %5.1f|%-4s|%e|%c|%x\\n", n, 2.25, "ab", 12345, 65, 255
    print length(a[4]) (4 in a)
  }`;
  expect(bash(`awk '${program}'`)).toBe("1 4 no 1\n6   2.2|ab  |1.234500e+04|A|ff\n01\n");
});

test("SHELL-5: work of one program makes its container wait, not the cluster", () => {
  const turns = (work: string): number => {
    const lab = createLab();
    const { id } = lab.run({ image: "nginx", command: ["sleep", "1000000"] });
    lab.exec(id, ["bash", "-c", `while :; do ${work}; echo -n . >> /tmp/turns; done`], { maxMs: 3000 });
    return lab.runtime.readFile(id, "/tmp/turns")!.length;
  };
  expect(turns("awk 'BEGIN { while (1) x++ }' 2>/dev/null")).toBe(5);
  expect(turns("seq 100000 > /tmp/n")).toBe(35);
  expect(turns(":")).toBeGreaterThan(5000);
});
