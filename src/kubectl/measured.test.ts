// What kubectl 1.35.2 itself printed when it asked this API server, line by line: each group of lines begins with a new
// cluster. Lines without an expectation stand there for what they change, or because their help is worded otherwise.
import { expect, test } from "vitest";
import measured from "./fixtures/kubectl-1.35.2.json";
import { terminal } from "./testing/terminal.ts";

interface Measured {
  line: string;
  stdin?: string;
  env?: Record<string, string>;
  stdout?: string;
  stderr?: string;
  exit?: number;
}

test.each(measured.groups as unknown as { name: string; lines: Measured[] }[])(
  "kubectl 1.35.2 prints the same: $name",
  async ({ lines }) => {
    const it = terminal(measured.world, { imagesPresent: true });
    it.cluster.advance(6000);
    for (const [path, content] of Object.entries(measured.files)) it.files.set(path, content);
    for (const { line, stdin = "", env = {}, stdout = "", stderr = "", exit } of lines) {
      const printed = await it.run(line, { stdin, env });
      if (exit !== undefined) expect({ line, ...printed }).toEqual({ line, stdout, stderr, exit });
      // About as long as kubectl took.
      it.cluster.advance(100);
    }
  },
  60_000,
);
