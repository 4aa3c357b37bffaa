// Measured on bash 5.2 and dash 0.5.12 at a terminal; what is typed is not echoed here.
import { expect, test } from "vitest";
import type { Kernel } from "../kernel.ts";
import {
  interruptSession,
  openSession,
  suspendSession,
  takeSessionOutput,
  typeIntoSession,
} from "../session.ts";
import { createLab } from "../testing.ts";

/** A shell at a terminal of its own; `type` gives what it shows within so many milliseconds. */
function terminal(shell: string, image = "debian:12") {
  const lab = createLab();
  const { id } = lab.run({ image, command: ["sleep", "1000000"] });
  const kernel = lab.machine.enter("runtime") as unknown as Kernel;
  const env = { PS1: "$ " };
  openSession(kernel, "t", { container: id, command: [shell], stdin: true, tty: true, env });
  const shown = (ms: number): string => {
    lab.advance(ms);
    return takeSessionOutput(kernel, "t")
      .output.map(({ text }) => text)
      .join("");
  };
  shown(10);
  return {
    type: (line: string, ms = 10): string => {
      typeIntoSession(kernel, "t", `${line}\n`, false);
      return shown(ms);
    },
    suspend: (): string => {
      suspendSession(kernel, "t");
      return shown(10);
    },
    interrupt: (): string => {
      interruptSession(kernel, "t");
      return shown(10);
    },
  };
}

test("SH-14: bash tells of its jobs: running, done, ended by a signal or with a status", () => {
  const { type } = terminal("bash");
  expect(type("sleep 100 &")).toBe("[1] 3\n$ ");
  expect(type("sleep 0.2 &")).toBe("[2] 4\n$ ");
  expect(type("jobs")).toBe(
    "[1]-  Running                 sleep 100 &\n[2]+  Running                 sleep 0.2 &\n$ ",
  );
  expect(type("", 500)).toBe("$ ");
  expect(type("")).toBe("[2]+  Done                    sleep 0.2\n$ ");
  expect(type("kill %1")).toBe("[1]+  Terminated              sleep 100\n$ ");
  expect(type("false &")).toBe("[1] 5\n$ ");
  expect(type("")).toBe("[1]+  Exit 1                  false\n$ ");
  expect(type("sleep 0.1 & wait", 500)).toBe("[1] 6\n[1]+  Done                    sleep 0.1\n$ ");
  expect(type("fg; fg %7; kill %9; wait %1")).toBe(
    "bash: fg: current: no such job\nbash: fg: %7: no such job\nbash: kill: %9: no such job\nbash: wait: %1: no such job\n$ ",
  );
  expect(type("sleep 60 & disown; jobs")).toBe("[1] 7\n$ ");
});

test("SH-15: Ctrl-Z stops what is in the foreground; bg and fg let it go on", () => {
  const { type, suspend, interrupt } = terminal("bash");
  expect(type("sleep 5; echo over")).toBe("");
  expect(suspend()).toBe("\n[1]+  Stopped                 sleep 5\nover\n$ ");
  expect(type("jobs", 20_000)).toBe("[1]+  Stopped                 sleep 5\n$ ");
  expect(type("echo $?")).toBe("0\n$ ");
  expect(type("sleep 1 &")).toBe("[2] 4\n$ ");
  expect(type("", 2000)).toBe("$ ");
  expect(type("jobs -l")).toBe(
    "[1]+ 3 Stopped                 sleep 5\n[2]- 4 Done                    sleep 1\n$ ",
  );
  expect(type("fg")).toBe("sleep 5\n$ ");
  expect(type("sleep 7")).toBe("");
  suspend();
  expect(type("bg")).toBe("[1]+ sleep 7 &\n$ ");
  expect(type("fg")).toBe("sleep 7\n");
  expect(interrupt()).toMatch(/\$ $/);
  expect(type("jobs")).toBe("$ ");
});

test("SH-14: dash and ash have their own layout", () => {
  const dash = terminal("sh");
  expect(dash.type("sleep 100 &")).toBe("$ ");
  expect(dash.type("sleep 200 & sleep 0.1 & jobs")).toBe(
    "[3] + Running                    sleep 0.1\n[2] - Running                    sleep 200\n[1]   Running                    sleep 100\n$ ",
  );
  expect(dash.type("", 500) + dash.type("")).toBe("$ [3] + Done                       sleep 0.1\n$ ");
  const ash = terminal("sh", "busybox");
  expect(ash.type("sleep 100 & jobs")).toBe("[1]+  Running                    sleep 100\n$ ");
});
