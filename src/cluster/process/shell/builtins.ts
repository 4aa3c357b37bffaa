// Commands that change the shell itself: variables, directories, control of the script, children and traps.
import { commandNamed } from "../commands/registry.ts";
import type { CommandContext } from "../commands/command.ts";
import { resolvePath, stat } from "../files.ts";
import { signalNumber } from "../kernel.ts";
import { become } from "../run.ts";
import { loadProgram } from "../programs.ts";
import type { Fd } from "../state.ts";
import { exportedEnv } from "./children.ts";
import { expandFields } from "./expand.ts";
import { complainAs, expanderOf, leaveFrame, type ShellCaller, type Step } from "./interpreter.ts";
import { disown, goOn, jobOf, jobs, noSuchJob } from "./jobs.ts";
import { mapfile, read } from "./read.ts";
import { readScript, syntaxError } from "./script.ts";
import { setOptions } from "./set.ts";
import { runSimple, startError } from "./simple.ts";
import { newFrame } from "./start.ts";
import type { Frame } from "./state.ts";

export interface BuiltinCall {
  self: ShellCaller;
  frame: Frame;
  argv: string[];
  context: CommandContext;
  redirected: boolean;
  /** The shell's descriptors without the command's redirections. */
  keep: Record<number, Fd>;
}

/** A status, or how the shell goes on. */
export type Builtin = (call: BuiltinCall) => number | Step;

/** Commands of the table that shells run themselves. */
export const TABLE_BUILTINS = new Set(["echo", "printf", "test", "[", "true", "false", "kill", "pwd"]);

function leaveLoops({ self, frame, argv }: BuiltinCall, again: boolean): number {
  const count = Math.max(1, Number(argv[1] ?? 1));
  for (let left = count; left > 1 && frame.loops.length > 1; left--) frame.loops.pop();
  const loop = frame.loops.at(-1);
  if (!loop) return 0;
  frame.cases.length = loop.cases;
  if (frame.saved.length > loop.saved) {
    Object.assign(self.process, { fds: frame.saved[loop.saved] });
    frame.saved.length = loop.saved;
  }
  frame.at = again ? loop.again : loop.end;
  return 0;
}

function changeDirectory({ self, argv, context }: BuiltinCall): number {
  const { shell, process, container } = self;
  const given = argv[1] ?? shell.variables["HOME"] ?? "/";
  const target = given === "-" ? (shell.variables["OLDPWD"] ?? process.cwd) : given;
  const path = resolvePath(process.cwd, target);
  const entry = stat(self, container, path);
  if (entry?.kind !== "directory") {
    const reason = entry ? "Not a directory" : "No such file or directory";
    const text = {
      busybox: `cd: line 0: can't cd to ${target}: ${reason}`,
      dash: `cd: can't cd to ${target}`,
      bash: `cd: ${target}: ${reason}`,
    };
    complainAs(self, text[shell.flavour]);
    return shell.flavour === "bash" ? 1 : 2;
  }
  shell.variables["OLDPWD"] = process.cwd;
  process.cwd = path;
  shell.variables["PWD"] = path;
  if (given === "-") context.out(`${path}\n`);
  return 0;
}

function exportNames({ self, argv, context }: BuiltinCall): number {
  const { shell } = self;
  if (argv.length === 1 || argv[1] === "-p") {
    for (const name of Object.keys(shell.exported).sort())
      context.out(`export ${name}='${shell.variables[name] ?? ""}'\n`);
    return 0;
  }
  for (const item of argv.slice(1)) {
    const [, name = "", value] = /^([^=]*)(?:=([^]*))?$/.exec(item) ?? [];
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      complainAs(self, `export: ${item}: bad variable name`);
      return 2;
    }
    shell.exported[name] = true;
    if (value !== undefined) shell.variables[name] = value;
  }
  return 0;
}

function leaveFunction({ self, argv }: BuiltinCall): number | Step {
  const { shell } = self;
  const status = argv[1] === undefined ? shell.status : Number(argv[1]) & 255;
  while (shell.frames.length > 1 && shell.frames.at(-1)!.kind === "eval") leaveFrame(self);
  shell.status = status;
  if (shell.frames.at(-1)?.kind === "script" && shell.frames.length === 1) shell.exiting = status;
  else {
    const frame = shell.frames.at(-1)!;
    frame.at = frame.code.length;
    if (frame.kind === "trap") frame.status = status;
  }
  return status;
}

function evaluateText(self: ShellCaller, text: string, params?: string[]): number | Step {
  const script = readScript(text);
  if ("error" in script) {
    complainAs(self, syntaxError(script.error, self.shell.flavour));
    return 2;
  }
  const frame = newFrame("eval", script.code, self.shell.frames.at(-1)?.tested ?? false);
  if (params && params.length > 0) {
    frame.params = self.shell.params;
    self.shell.params = params;
  }
  self.shell.status = 0;
  self.shell.frames.push(frame);
  return "next";
}

function source({ self, argv, context }: BuiltinCall): number | Step {
  const file = context.files.read(argv[1] ?? "");
  if ("error" in file) {
    const { flavour } = self.shell;
    const isBash = flavour === "bash";
    const name = argv[1] ?? "";
    const texts = {
      busybox: `${argv[0]}: line 0: can't open '${name}': ${file.error}`,
      dash: `${argv[0]}: cannot open ${name}: ${file.error.replace(" or directory", "")}`,
      bash: `${name}: ${file.error}`,
    };
    complainAs(self, texts[flavour]);
    if (isBash) return 1;
    self.shell.exiting = 2;
    return 2;
  }
  return evaluateText(self, file.text, argv.slice(2));
}

function trap({ self, argv, context }: BuiltinCall): number {
  const { shell } = self;
  const words = argv[1] === "--" ? argv.slice(2) : argv.slice(1);
  if (words.length === 0) {
    for (const [signal, action] of Object.entries(shell.traps))
      context.out(`trap -- '${action}' ${signal}\n`);
    return 0;
  }
  const isReset = words[0] === "-" || (words.length === 1 && signalNumber(words[0]!) !== undefined);
  const names = words.length === 1 ? words : words.slice(1);
  for (const name of names) {
    const signal = name === "EXIT" || name === "0" ? 0 : signalNumber(name);
    if (signal === undefined) {
      complainAs(
        self,
        `trap: ${name}: ${shell.flavour === "bash" ? "invalid signal specification" : "bad trap"}`,
      );
      return 1;
    }
    if (isReset) delete shell.traps[signal];
    else shell.traps[signal] = words[0]!;
  }
  return 0;
}

function wait({ self, argv }: BuiltinCall): number | Step {
  const { shell } = self;
  const pids: number[] = [];
  for (const word of argv.slice(1)) {
    const pid = word.startsWith("%") ? jobOf(self, word) : Number(word);
    if (pid !== undefined && shell.jobs.includes(pid)) pids.push(pid);
    else {
      if (pid === undefined) noSuchJob(self, "wait", word);
      else if (shell.flavour === "bash") complainAs(self, `wait: pid ${word} is not a child of this shell`);
      return 127;
    }
  }
  shell.pending = { kind: "wait", pids: pids.length > 0 ? pids : null };
  shell.interruptible = true;
  return "wait";
}

function exec({ self, argv }: BuiltinCall): number | Step {
  if (argv.length === 1) return 0;
  const words = argv.slice(1);
  const env = exportedEnv(self);
  const loaded = loadProgram(self, self.container, words, env, self.process.cwd);
  if ("error" in loaded) {
    complainAs(self, startError(self, words[0]!, loaded.error));
    self.shell.exiting = loaded.error === "permission denied" ? 126 : 127;
    return self.shell.exiting;
  }
  become(self, words, env);
  return "gone";
}

function local({ self, frame, argv }: BuiltinCall): number {
  const owner = [...self.shell.frames].reverse().find((item) => item.kind === "function") ?? frame;
  const isMap = argv.some((word) => /^-[a-z]*A/i.test(word) && word.includes("A"));
  for (const item of argv.slice(1).filter((word) => !/^-[a-zA-Z]+$/.test(word))) {
    const [name = "", ...rest] = item.split("=");
    if (isMap) (self.shell.maps ??= {})[name] ??= {};
    if (isMap) continue;
    owner.locals ??= {};
    if (!(name in owner.locals)) owner.locals[name] = self.shell.variables[name] ?? null;
    self.shell.variables[name] = rest.length > 0 ? rest.join("=") : "";
  }
  return 0;
}

function alias({ self, argv, context }: BuiltinCall): number {
  const aliases = (self.shell.aliases ??= {});
  let status = 0;
  const print = (name: string): void => context.out(`alias ${name}='${aliases[name]}'\n`);
  if (argv.length === 1) Object.keys(aliases).sort().forEach(print);
  for (const word of argv.slice(1)) {
    const [, name = "", value] = /^([^=]*)(?:=([^]*))?$/.exec(word) ?? [];
    if (value !== undefined) aliases[name] = value;
    else if (Object.hasOwn(aliases, name)) print(name);
    else {
      complainAs(self, `alias: ${name}: not found`);
      status = 1;
    }
  }
  return status;
}

function unset({ self, argv }: BuiltinCall): number {
  for (const name of argv.slice(1)) {
    const [, array, at] = /^(\w+)\[(\d+)\]$/.exec(name) ?? [];
    if (array !== undefined) delete self.shell.arrays?.[array]?.[Number(at)];
    delete self.shell.variables[name];
    delete self.shell.maps?.[name];
    delete self.shell.arrays?.[name];
    delete self.shell.exported[name];
    if (argv[1] === "-f") delete self.shell.functions[name];
  }
  return 0;
}

/** `command -v name`, `type name`: what a word would run. */
function describe({ self, argv, context }: BuiltinCall): number | Step {
  const names = argv.slice(1).filter((word) => !/^-[vVp]$/.test(word));
  if (argv[0] === "command" && names.length === argv.length - 1) {
    const words = names.map((text) => [{ kind: "text", text, quoted: true } as const]);
    if (Object.hasOwn(BUILTINS, names[0] ?? "") || TABLE_BUILTINS.has(names[0] ?? "")) {
      return runSimple(self, self.shell.frames.at(-1)!, {
        assignments: [],
        words,
        redirects: [],
        tested: true,
      });
    }
    return runSimple(self, newFrame("eval", []), { assignments: [], words, redirects: [], tested: true });
  }
  let status = 0;
  for (const name of names) {
    const own =
      Object.hasOwn(self.shell.functions, name) || Object.hasOwn(BUILTINS, name) || TABLE_BUILTINS.has(name);
    const path = own ? name : context.which(name);
    if (path === undefined) {
      const isBash = self.shell.flavour === "bash";
      status = argv[0] === "type" && isBash ? 1 : 127;
      if (argv[0] === "type" && isBash) complainAs(self, `type: ${name}: not found`);
      else if (argv[0] === "type") context.out(`${name}: not found\n`);
    } else context.out(argv[0] === "type" ? `${name} is ${own ? "a shell builtin" : path}\n` : `${path}\n`);
  }
  return status;
}

export const BUILTINS: Record<string, Builtin> = {
  ":": () => 0,
  break: (call) => leaveLoops(call, false),
  continue: (call) => leaveLoops(call, true),
  cd: changeDirectory,
  export: exportNames,
  readonly: exportNames,
  exit: ({ self, argv, context }) => {
    const { shell } = self;
    shell.exiting = argv[1] === undefined ? shell.status : Number(argv[1]) & 255;
    if (shell.interactive) {
      shell.interactive.leaving = true;
      if (shell.flavour === "bash") context.err("exit\n");
    }
    return shell.exiting;
  },
  return: leaveFunction,
  eval: ({ self, argv }) => evaluateText(self, argv.slice(1).join(" ")),
  ".": source,
  source,
  trap,
  wait,
  exec,
  local,
  declare: local,
  typeset: local,
  unset,
  shift: ({ self, argv }) => {
    const count = Number(argv[1] ?? 1);
    if (count > self.shell.params.length) return 1;
    self.shell.params = self.shell.params.slice(count);
    return 0;
  },
  set: setOptions,
  read,
  mapfile,
  readarray: mapfile,
  command: describe,
  type: describe,
  jobs,
  fg: goOn,
  bg: goOn,
  disown,
  umask: () => 0,
  ulimit: () => 0,
  alias,
  unalias: ({ self, argv }) => {
    for (const name of argv.slice(1)) delete self.shell.aliases?.[name];
    return 0;
  },
  history: ({ self, argv, context }) => {
    const { history } = self.shell.interactive ?? { history: [] };
    if (argv[1] === "-c") history.length = 0;
    const count = /^\d+$/.test(argv[1] ?? "") ? Number(argv[1]) : history.length;
    history.forEach((line, index) => {
      if (index >= history.length - count) context.out(`${String(index + 1).padStart(5)}  ${line}\n`);
    });
    return 0;
  },
  shopt: () => 0,
  let: ({ self, frame, argv }) => {
    const expander = expanderOf(self, frame);
    const word = [
      {
        kind: "arithmetic",
        word: [{ kind: "text", text: argv.slice(1).join(","), quoted: true }],
        quoted: true,
      },
    ] as const;
    return expandFields(expander, structuredWord(word))[0] === "0" ? 1 : 0;
  },
};

function structuredWord(word: readonly unknown[]): Parameters<typeof expandFields>[1] {
  return [...word] as Parameters<typeof expandFields>[1];
}

/** Whether a name is one of the shell's own commands. */
export function isBuiltin(name: string): boolean {
  return Object.hasOwn(BUILTINS, name) || (TABLE_BUILTINS.has(name) && commandNamed(name) !== undefined);
}
