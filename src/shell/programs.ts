// The workstation's programs that run outside of its machine: kubectl, and text tools that just-bash brings along.
import { readOutside, writeOutside, type filesOf, type OutsideCall } from "#cluster/process/outside";
import type { Kernel } from "#cluster/process/kernel";
import { runKubectl } from "#kubectl/kubectl";
import type { OutdatedForm } from "#kubectl/outdated";
import type { Signal } from "./abort.ts";
import { createKubectlIo, type KubectlHost, type Seat } from "./kubectl-io.ts";
import type { Remote } from "./remote.ts";
import { todaysCommand, todaysVersion, type Hint } from "./todays-command.ts";

export interface OutsideSeat {
  call: OutsideCall;
  kernel(): Kernel;
  signal: Signal;
  files: ReturnType<typeof filesOf>;
  joined(remote: Remote): void;
  hint(hint: Hint): void;
  edit?(name: string, text: string): Promise<string | undefined>;
}

/** Runs the program to its end and returns its exit code. */
export async function runOutside(host: KubectlHost, outside: OutsideSeat): Promise<number> {
  const { call, kernel, files } = outside;
  const name = call.argv[0]?.replace(/^.*\//, "") ?? "";
  const seat: Seat = {
    stdout: (text) => writeOutside(kernel(), call, 1, text),
    stderr: (text) => writeOutside(kernel(), call, 2, text),
    readInput: () => readOutside(kernel(), call),
    typed: call.typed,
    tty: call.typed,
    signal: outside.signal,
    env: call.env,
    readFile: (path) => files.read(call.cwd, path),
    writeFile: (path, content) => void files.write(call.cwd, path, content),
    listFolder: (path) => files.list(call.cwd, path),
    joined: outside.joined,
    ...(outside.edit && { edit: outside.edit }),
  };
  if (name === "kubectl") return kubectl(host, seat, outside);
  return runTextTool(host, seat, call);
}

async function kubectl(host: KubectlHost, seat: Seat, { call, hint }: OutsideSeat): Promise<number> {
  let said = "";
  const forms: OutdatedForm[] = [];
  const noting: Seat = {
    ...seat,
    stderr: (text) => {
      if (said.length < 10_000) said += text;
      seat.stderr(text);
    },
    hint: (form) => void forms.push(form),
  };
  const exit = await runKubectl(call.argv.slice(1), createKubectlIo(host, noting));
  const command = todaysCommand(call.argv) ?? todaysVersion(said, call.argv);
  for (const form of forms) hint({ form, ...(command !== undefined && { command }) });
  return exit;
}

/** jq and the like work on their input and files as a whole: no stream, no time. */
async function runTextTool(host: KubectlHost, seat: Seat, call: OutsideCall): Promise<number> {
  const operands = call.argv.slice(1);
  const named: Record<string, string> = {};
  for (const word of operands) {
    const text = seat.readFile(word);
    if (text !== undefined) named[absolute(call.cwd, word)] = text;
  }
  const stdin = readsInput(call.argv, Object.keys(named).length)
    ? await createKubectlIo(host, seat).stdin()
    : "";
  if (seat.signal.aborted) return 130;
  const quoted = call.argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const result = await host.holding(runTool(quoted, stdin, named, call));
  if (result.stdout !== "") seat.stdout(result.stdout);
  if (result.stderr !== "") seat.stderr(result.stderr);
  return result.exitCode;
}

async function runTool(
  line: string,
  stdin: string,
  files: Record<string, string>,
  { cwd, env }: OutsideCall,
): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  const { Bash } = await import("just-bash/browser");
  return new Bash({ files, cwd, env: { ...env } }).exec(line, { stdin });
}

const absolute = (cwd: string, path: string): string =>
  path.startsWith("/") ? path : `${cwd === "/" ? "" : cwd}/${path}`;

/** Whether the tool reads standard input: no file is named, or "-" is. */
function readsInput(argv: readonly string[], files: number): boolean {
  const words = argv.slice(1);
  return (
    !words.some((word) => word === "-n" || word === "--null-input") && (files === 0 || words.includes("-"))
  );
}
