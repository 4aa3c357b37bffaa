// What real shells printed: busybox 1.35, dash 0.5.12 and bash 5.2 of Debian 12, each script in an empty directory.
import { expect, test } from "vitest";
import language from "../fixtures/shell-language.json" with { type: "json" };
import measured from "../fixtures/shells.json" with { type: "json" };
import { createLab } from "../testing.ts";

const IMAGE = { busybox: "busybox:1.36", dash: "luksa/kubia", bash: "luksa/kubia" };

for (const { shell, script, stdout, stderr, exit } of [...measured, ...language] as {
  shell: keyof typeof IMAGE;
  script: string;
  stdout: string;
  stderr: string;
  exit: number;
}[]) {
  test(`SH-1: ${shell}: ${script}`, () => {
    const lab = createLab();
    const { id } = lab.run({ image: IMAGE[shell], workingDir: "/work", command: ["sleep", "100000"] });
    const name = shell === "bash" ? "bash" : "sh";
    const answer = lab.exec(id, [name, "-c", script], { maxMs: 60_000 });
    expect(answer).toEqual({ outcome: "exited", exit: exit < 0 ? 128 - exit : exit, stdout, stderr });
  });
}
