// set -x: commands as they are run, after everything was filled in.
import { write } from "../streams.ts";
import type { ShellCaller } from "./interpreter.ts";
import { traced } from "./quoting.ts";

export function trace(self: ShellCaller, text: string): void {
  const { shell } = self;
  const sign = shell.variables["PS4"] ?? "+ ";
  // bash shows how deep in substitutions a command runs.
  const first = shell.flavour === "bash" ? sign.slice(0, 1).repeat(1 + (shell.level ?? 0)) : sign.slice(0, 1);
  write(self, 2, `${first}${sign.slice(1)}${text}\n`);
}

export function traceCommand(self: ShellCaller, argv: readonly string[]): void {
  trace(self, argv.map((word) => traced(word, self.shell.flavour)).join(" "));
}

export function traceAssignment(self: ShellCaller, name: string, value: string, append: boolean): void {
  trace(self, `${name}${append ? "+" : ""}=${value === "" ? "" : traced(value, self.shell.flavour)}`);
}
