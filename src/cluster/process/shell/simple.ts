// Simple commands: assignments, functions, builtins, and programs that run as children.
import { commandNamed } from "../commands/registry.ts";
import type { CommandContext } from "../commands/command.ts";
import { commandContext } from "../command-context.ts";
import { exit, spawn } from "../processes.ts";
import { loadProgram } from "../programs.ts";
import { become } from "../run.ts";
import type { Fd } from "../state.ts";
import { write } from "../streams.ts";
import { dropStreams } from "../wake.ts";
import { BUILTINS, TABLE_BUILTINS } from "./builtins.ts";
import { cannotFork, copyFds, exportedEnv } from "./children.ts";
import type { Assignment, Code, SimpleCommand } from "./code.ts";
import { arithmetic, elementsOf, expandFields, expandText, mapOf, type Expander } from "./expand.ts";
import { complainAs, expanderOf, type ShellCaller, type Step } from "./interpreter.ts";
import { withoutJobs } from "./jobs.ts";
import { applyRedirects } from "./redirects.ts";
import { readScript } from "./script.ts";
import { newFrame } from "./start.ts";
import type { Frame, ShellState } from "./state.ts";

export function runSimple(
  self: ShellCaller,
  frame: Frame,
  command: SimpleCommand & { tested: boolean; line?: number },
): Step {
  const { shell, process } = self;
  if (command.line !== undefined) shell.line = command.line;
  const expander = expanderOf(self, frame);
  const argv = command.words.flatMap((word) => expandFields(expander, word));
  const name = argv[0];
  if (name === undefined) return assignOnly(self, frame, expander, command);
  const fds = copyFds(process.fds);
  const failed = applyRedirects(self, expander, command.redirects, fds);
  const before = assignFor(self, expander, command);
  if (frame.slots.length > 0) frame.slots = [];
  if (shell.options.xtrace) write(self, 2, `+ ${argv.join(" ")}\n`);
  if (failed !== undefined) {
    complainAs(self, failed);
    restore(self, before);
    shell.status = shell.flavour === "dash" ? 2 : 1;
    return "next";
  }
  const body = Object.hasOwn(shell.functions, name) ? shell.functions[name] : aliasBody(shell, name);
  if (body) {
    if (shell.frames.length > 200) {
      complainAs(self, "maximum nested function level reached");
      shell.exiting = 2;
      return "next";
    }
    const called = newFrame("function", body, command.tested || frame.tested);
    called.params = shell.params;
    if (command.redirects.length > 0) {
      called.saved.push(process.fds);
      process.fds = fds;
    }
    shell.params = argv.slice(1);
    shell.frames.push(called);
    return "next";
  }
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  if (builtin || TABLE_BUILTINS.has(name)) return runBuiltin(self, frame, argv, fds, before, command);
  const step = isLast(self, frame) ? replaceSelf(self, argv, fds) : runProgram(self, argv, fds);
  restore(self, before);
  return step;
}

/** Simplified: an alias is looked up when its command runs, and takes the words after it at its end. */
function aliasBody({ aliases }: ShellState, name: string): Code | undefined {
  const text = aliases && Object.hasOwn(aliases, name) ? aliases[name]! : undefined;
  if (text === undefined) return undefined;
  const isOwn = text.trim().split(/\s/)[0] === name;
  const script = readScript(`${isOwn ? "command " : ""}${text} "$@"`);
  return "code" in script ? script.code : undefined;
}

function assignOnly(self: ShellCaller, frame: Frame, expander: Expander, command: SimpleCommand): Step {
  const { shell } = self;
  for (const assignment of command.assignments) assign(self, expander, assignment);
  // The status of a lone assignment is that of its last substitution.
  if (frame.slots.length === 0) shell.status = 0;
  const failed = applyRedirects(self, expander, command.redirects, copyFds(self.process.fds));
  if (failed !== undefined) {
    complainAs(self, failed);
    shell.status = 1;
  }
  frame.slots = [];
  return "next";
}

function assign({ shell }: ShellCaller, expander: Expander, assignment: Assignment): void {
  const { name, append, word, index, items } = assignment;
  const isArray = shell.arrays !== undefined && Object.hasOwn(shell.arrays, name);
  const map = mapOf(shell, name);
  if (map) {
    setInMap(expander, map, assignment);
    return;
  }
  if (items) {
    const added = items.flatMap((item) => expandFields(expander, item));
    const before = append ? elementsOf(shell, name) : [];
    (shell.arrays ??= {})[name] = [...before, ...added];
    delete shell.variables[name];
    return;
  }
  const value = expandText(expander, word);
  if (!index && !isArray) {
    shell.variables[name] = append ? (shell.variables[name] ?? "") + value : value;
    return;
  }
  const array = ((shell.arrays ??= {})[name] = elementsOf(shell, name));
  delete shell.variables[name];
  const at = index ? arithmetic(expander, expandText(expander, index)) : 0;
  if (at >= 0 && at < MAX_ELEMENTS) array[at] = append ? (array[at] ?? "") + value : value;
}

/** name[key]=value, name=([key]=value ...) */
function setInMap(expander: Expander, map: Record<string, string>, assignment: Assignment): void {
  const { append, word, index, items } = assignment;
  if (items && !append) for (const key of Object.keys(map)) delete map[key];
  for (const item of items ?? []) {
    const [, key, value = ""] = /^\[([^\]]*)\]=([^]*)$/.exec(expandText(expander, item)) ?? [];
    if (key !== undefined) map[key] = value;
  }
  if (items) return;
  const key = index ? expandText(expander, index) : "0";
  const value = expandText(expander, word);
  map[key] = append ? (map[key] ?? "") + value : value;
}

const MAX_ELEMENTS = 100_000;

type Before = { name: string; value: string | undefined; exported: boolean }[];

/** `A=1 command`: set and exported while the command starts. */
function assignFor(self: ShellCaller, expander: Expander, command: SimpleCommand): Before {
  const { shell } = self;
  const before: Before = [];
  for (const assignment of command.assignments) {
    const { name } = assignment;
    before.push({ name, value: shell.variables[name], exported: shell.exported[name] === true });
    assign(self, expander, assignment);
    shell.exported[name] = true;
  }
  return before;
}

function restore(self: ShellCaller, before: Before): void {
  for (const { name, value, exported } of before.reverse()) {
    if (value === undefined) delete self.shell.variables[name];
    else self.shell.variables[name] = value;
    if (!exported) delete self.shell.exported[name];
  }
}

function runTableCommand(self: ShellCaller, argv: string[], context: CommandContext): number {
  const words = argv[0] === "kill" ? withoutJobs(self, argv) : argv;
  if (!words) return 1;
  const outcome = commandNamed(words[0]!)!.run({ ...context, argv: words });
  return "exit" in outcome ? outcome.exit : 1;
}

function runBuiltin(
  self: ShellCaller,
  frame: Frame,
  argv: string[],
  fds: Record<number, Fd>,
  before: Before,
  command: SimpleCommand,
): Step {
  const { process, shell } = self;
  const keep = process.fds;
  process.fds = fds;
  const context = commandContext(self, argv, process.env, shell);
  const builtin = BUILTINS[argv[0]!];
  let step: Step = "next";
  if (builtin) {
    const result = builtin({ self, frame, argv, context, redirected: command.redirects.length > 0, keep });
    if (typeof result === "number") shell.status = result;
    else step = result;
  } else shell.status = runTableCommand(self, argv, context);
  // `exec > file` keeps its redirections for good; `read` takes its input from the shell's own descriptor.
  if (argv[0] === "exec" && argv.length === 1) process.fds = fds;
  else {
    const input = keep[0];
    const used = fds[0];
    if (input?.kind === "file" && used?.kind === "file" && used.path === input.path)
      input.offset = used.offset;
    process.fds = keep;
    dropStreams(self.container, fds);
  }
  restore(self, before);
  if (context.broken) {
    exit(self, 141);
    return "gone";
  }
  return step;
}

/** Whether nothing of the script comes after this command: shells then run it in their own place. */
function isLast(self: ShellCaller, frame: Frame): boolean {
  const { shell } = self;
  if (shell.interactive) return false;
  const isOnly = shell.frames.length === 1 && frame.kind === "script" && frame.at >= frame.code.length;
  return (
    isOnly && frame.saved.length === 0 && Object.keys(shell.traps).length === 0 && shell.jobs.length === 0
  );
}

function replaceSelf(self: ShellCaller, argv: string[], fds: Record<number, Fd>): Step {
  const env = exportedEnv(self);
  const loaded = loadProgram(self, self.container, argv, env, self.process.cwd);
  if ("error" in loaded) return runProgram(self, argv, fds);
  self.process.fds = fds;
  become(self, argv, env);
  return "gone";
}

function runProgram(self: ShellCaller, argv: string[], fds: Record<number, Fd>): Step {
  const { container, process, shell } = self;
  const env = exportedEnv(self);
  const loaded = loadProgram(self, container, argv, env, process.cwd);
  if ("error" in loaded) {
    const keep = process.fds;
    process.fds = fds;
    complainAs(self, startError(self, argv[0]!, loaded.error));
    process.fds = keep;
    shell.status = loaded.error === "permission denied" || loaded.error === "is a directory" ? 126 : 127;
    return "next";
  }
  const child = spawn(self, container, {
    parent: process.pid,
    argv: loaded.argv,
    env,
    cwd: process.cwd,
    fds,
    program: loaded.program,
  });
  if (child) shell.pending = { kind: "child", pid: child.pid };
  else cannotFork(self);
  return "wait";
}

export function startError(self: ShellCaller, name: string, error: string): string {
  const { flavour } = self.shell;
  if (error === "not found") return `${name}: ${flavour === "bash" ? "command not found" : "not found"}`;
  if (error === "no such file or directory") {
    return `${name}: ${flavour === "bash" ? "No such file or directory" : "not found"}`;
  }
  if (error === "is a directory" && flavour === "bash") return `${name}: Is a directory`;
  return `${name}: Permission denied`;
}
