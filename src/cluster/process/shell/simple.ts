// Simple commands: assignments, functions, builtins, and programs that run as children.
import { commandNamed } from "../commands/registry.ts";
import type { CommandContext } from "../commands/command.ts";
import { commandContext } from "../command-context.ts";
import { WORDS_A_STEP } from "../kernel.ts";
import { exit, spawn } from "../processes.ts";
import { loadProgram } from "../programs.ts";
import { become } from "../run.ts";
import type { Fd } from "../state.ts";
import { dropStreams } from "../wake.ts";
import { BUILTINS, hasBuiltin } from "./builtins.ts";
import { copyFds } from "../streams.ts";
import { cannotFork, exportedEnv } from "./children.ts";
import type { Assignment, Code, SimpleCommand, Word } from "./code.ts";
import { expandFields, expandText, type Expander } from "./expand.ts";
import { complainAs, expanderOf, type ShellCaller, type Step } from "./interpreter.ts";
import { withoutJobs } from "./jobs.ts";
import { closePipes, reopenPipes } from "./pipes.ts";
import { applyRedirects } from "./redirects.ts";
import { SPECIAL_BUILTINS } from "./reserved.ts";
import { readScript } from "./script.ts";
import { newFrame } from "./start.ts";
import type { Frame, ShellState } from "./state.ts";
import { traceAssignment, traceCommand } from "./trace.ts";
import { keyedItem, setItems, setVariable, valueAt, type Item } from "./variables.ts";

export function runSimple(
  self: ShellCaller,
  frame: Frame,
  command: SimpleCommand & { tested: boolean; line?: number },
): Step {
  const { shell, process } = self;
  if (command.line !== undefined) shell.line = command.line;
  const expander = expanderOf(self, frame);
  const argv = argumentsOf(expander, command.words);
  self.container.steps.used += argv.length / WORDS_A_STEP;
  const name = argv[0];
  if (name === undefined) return assignOnly(self, frame, expander, command);
  const before = assignFor(self, expander, command);
  if (shell.options.xtrace) traceCommand(self, argv);
  const fds = copyFds(process.fds);
  const failed = applyRedirects(self, expander, command.redirects, fds);
  const slots = frame.slots;
  if (frame.slots.length > 0) frame.slots = [];
  const pipes = closePipes(self);
  if (failed !== undefined) {
    complainAs(self, failed);
    restore(self, before);
    failRedirect(self, name);
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
    called.name = name;
    called.locals = keptOf(before);
    if (command.redirects.length > 0) {
      called.saved.push(process.fds);
      process.fds = fds;
    }
    shell.params = argv.slice(1);
    shell.frames.push(called);
    return "next";
  }
  if (hasBuiltin(shell.flavour, name)) {
    const step = runBuiltin(self, frame, argv, fds, before, command);
    // It waits and runs again, with what was filled in for it.
    if (step === "again") {
      frame.slots = slots;
      reopenPipes(self, pipes);
      return step;
    }
    for (const { name: array, items = [], append } of command.declared ?? [])
      setItems(expander, array, itemsOf(expander, items), append);
    return step;
  }
  const step = isLast(self, frame) ? replaceSelf(self, argv, fds) : runProgram(self, argv, fds);
  restore(self, before);
  return step;
}

/** Simplified: an alias is looked up when its command runs, and takes the words after it at its end. */
function aliasBody({ aliases, flavour, interactive, shopts }: ShellState, name: string): Code | undefined {
  if (flavour === "bash" && !interactive && !shopts?.["expand_aliases"]) return undefined;
  const text = aliases && Object.hasOwn(aliases, name) ? aliases[name]! : undefined;
  if (text === undefined) return undefined;
  const isOwn = text.trim().split(/\s/)[0] === name;
  const script = readScript(`${isOwn ? "command " : ""}${text} "$@"`, flavour);
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

function assign(self: ShellCaller, expander: Expander, assignment: Assignment): void {
  const { name, append, word, index, items } = assignment;
  if (items) {
    setItems(expander, name, itemsOf(expander, items), append);
    return;
  }
  const value = expandText(expander, word);
  const target = index ? `${name}[${expandText(expander, index)}]` : name;
  if (self.shell.options.xtrace) traceAssignment(self, target, value, append);
  setVariable(expander, target, value, append);
  if (self.shell.options.allexport) self.shell.exported[name] = true;
}

function itemsOf(expander: Expander, words: readonly Word[]): Item[] {
  return words.map((word) => keyedItem(expander, word) ?? { values: expandFields(expander, word) });
}

type Before = { name: string; value: string | undefined; exported: boolean }[];

/** `A=1 command`: set and exported while the command starts. */
function assignFor(self: ShellCaller, expander: Expander, command: SimpleCommand): Before {
  const { shell } = self;
  const before: Before = [];
  for (const assignment of command.assignments) {
    const { name } = assignment;
    const value = Object.hasOwn(shell.variables, name) ? shell.variables[name] : undefined;
    before.push({ name, value, exported: shell.exported[name] === true });
    assign(self, expander, assignment);
    shell.exported[name] = true;
  }
  return before;
}

/** For the time of a function. */
function keptOf(before: Before): Frame["locals"] {
  if (before.length === 0) return undefined;
  return Object.fromEntries(
    before.map(({ name, value, exported }) => [
      name,
      { ...(value !== undefined && { value }), ...(!exported && { unexport: true as const }) },
    ]),
  );
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

/** bash's printf -v name: into a variable. */
function printInto(self: ShellCaller, frame: Frame, argv: string[], context: CommandContext): number {
  const [, , name = "", ...words] = argv;
  let text = "";
  const out = (piece: string): void => void (text += piece);
  const exit = runTableCommand(self, ["printf", ...words], { ...context, out });
  setVariable(expanderOf(self, frame), name, text);
  return exit;
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
  const depth = shell.frames.length;
  process.fds = fds;
  const context = Object.assign(commandContext(self, argv, process.env, shell), {
    isSet: (name: string) => valueAt(expanderOf(self, frame), name) !== undefined,
  });
  const builtin = Object.hasOwn(BUILTINS, argv[0]!) ? BUILTINS[argv[0]!] : undefined;
  let step: Step = "next";
  if (argv[0] === "printf" && argv[1] === "-v" && shell.flavour === "bash")
    shell.status = printInto(self, frame, argv, context);
  else if (builtin) {
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
  const opened = shell.frames.length > depth ? shell.frames.at(-1) : undefined;
  // POSIX's special builtins keep what was assigned for them, but for bash's.
  if (opened && shell.flavour === "bash") opened.locals = { ...keptOf(before), ...opened.locals };
  else if (shell.flavour === "bash" || !SPECIAL_BUILTINS.has(argv[0]!)) restore(self, before);
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

/** A redirection that fails ends a script where the command is one of POSIX's special ones. */
function failRedirect({ shell }: ShellCaller, name: string): void {
  shell.status = shell.flavour === "dash" ? 2 : 1;
  if (shell.flavour !== "bash" && SPECIAL_BUILTINS.has(name))
    shell.exiting = shell.flavour === "dash" ? 2 : 1;
}

/** Words of the command; bash does not split what is assigned by declare and the like. */
function argumentsOf(expander: Expander, words: readonly Word[]): string[] {
  const [first] = words[0] ?? [];
  const declares =
    first?.kind === "text" && ASSIGNING.has(first.text) && expander.shell.flavour !== "busybox";
  return words.flatMap((word) =>
    declares && isAssignment(word) ? [expandText(expander, word)] : expandFields(expander, word),
  );
}

const ASSIGNING = new Set(["declare", "typeset", "local", "readonly", "export"]);

function isAssignment([first]: Word): boolean {
  return first?.kind === "text" && !first.quoted && /^[A-Za-z_]\w*\+?=/.test(first.text);
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
