// Commands that change the shell itself: variables, directories, control of the script, children and traps.
import type { CommandContext } from "../commands/command.ts";
import { resolvePath, stat } from "../files.ts";
import { become } from "../run.ts";
import { loadProgram } from "../programs.ts";
import type { Fd } from "../state.ts";
import { exportedEnv } from "./children.ts";
import type { Flavour } from "./code.ts";
import { declare, exportNames, local, makeReadOnly, unset } from "./declare.ts";
import { describe, runBuiltinOnly } from "./describe.ts";
import { arithmetic } from "./expand.ts";
import { stackOfFolders } from "./folders.ts";
import { getopts } from "./getopts.ts";
import { complainAs, expanderOf, leaveFrame, type ShellCaller, type Step } from "./interpreter.ts";
import { disown, goOn, jobOf, jobs, noSuchJob } from "./jobs.ts";
import { mapfile, read } from "./read.ts";
import { readScript, syntaxError } from "./script.ts";
import { setOptions, shopt, umask } from "./set.ts";
import { startError } from "./simple.ts";
import { newFrame } from "./start.ts";
import { trap } from "./trap.ts";
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
const TABLE_BUILTINS = new Set(["echo", "printf", "test", "[", "true", "false", "kill", "pwd"]);

function leaveLoops({ self, frame, argv }: BuiltinCall, again: boolean): number {
  const count = Math.max(1, Number(argv[1] ?? 1));
  if (frame.loops.length === 0 && self.shell.flavour === "bash")
    complainAs(self, `${argv[0]}: only meaningful in a \`for', \`while', or \`until' loop`);
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
  if (shell.flavour === "bash" && argv.length > 2) {
    complainAs(self, "cd: too many arguments");
    return 1;
  }
  if (shell.flavour === "bash" && argv[1] === "-" && shell.variables["OLDPWD"] === undefined) {
    complainAs(self, "cd: OLDPWD not set");
    return 1;
  }
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
  const script = readScript(text, self.shell.flavour);
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
  if (argv[1] === undefined && self.shell.flavour === "bash") {
    complainAs(self, `${argv[0]}: filename argument required`);
    context.err(`${argv[0]}: usage: ${argv[0]} filename [arguments]\n`);
    return 2;
  }
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

function wait({ self, argv }: BuiltinCall): number | Step {
  const { shell } = self;
  if (argv[1] === "-n" && shell.flavour !== "dash") {
    if (shell.jobs.length === 0) return 127;
    shell.pending = { kind: "wait", pids: null, any: true };
    shell.interruptible = true;
    return "wait";
  }
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
    complainAs(self, execError(self, words[0]!, loaded.error));
    self.shell.exiting = loaded.error === "permission denied" ? 126 : 127;
    return self.shell.exiting;
  }
  become(self, words, env);
  return "gone";
}

function execError(self: ShellCaller, name: string, error: string): string {
  const { flavour } = self.shell;
  const place = flavour === "busybox" ? "line 0: " : "";
  if (error === "permission denied" && flavour === "bash")
    return `exec: ${name}: cannot execute: Permission denied`;
  return `exec: ${place}${startError(self, name, error).replace("command not found", "not found")}`;
}

/** A count or status that is none ends a script, but for bash's shift. */
function badNumber({ self, argv }: BuiltinCall): number {
  const { shell } = self;
  const [name, word] = argv;
  const texts = {
    bash: `${name}: ${word}: numeric argument required`,
    dash: `${name}: Illegal number: ${word}`,
    busybox: `${name}: line 0: Illegal number: ${word}`,
  };
  complainAs(self, texts[shell.flavour]);
  if (shell.flavour === "bash" && name === "shift") return 1;
  shell.exiting = 2;
  return 2;
}

const isNumber = (word: string | undefined): boolean => word === undefined || /^-?\d+$/.test(word);

function shift(call: BuiltinCall): number {
  const { self, argv } = call;
  if (!isNumber(argv[1])) return badNumber(call);
  const count = Number(argv[1] ?? 1);
  if (count <= self.shell.params.length) {
    self.shell.params = self.shell.params.slice(count);
    return 0;
  }
  if (self.shell.flavour !== "dash") return 1;
  complainAs(self, "shift: can't shift that many");
  self.shell.exiting = 2;
  return 2;
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

export const BUILTINS: Record<string, Builtin> = {
  ":": () => 0,
  break: (call) => leaveLoops(call, false),
  continue: (call) => leaveLoops(call, true),
  cd: changeDirectory,
  export: exportNames,
  readonly: makeReadOnly,
  exit: (call) => {
    const { self, argv, context } = call;
    const { shell } = self;
    if (!isNumber(argv[1])) return badNumber(call);
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
  declare,
  typeset: declare,
  getopts,
  builtin: runBuiltinOnly,
  unset,
  shift,
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
  umask,
  times: ({ context }) => {
    context.out("0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n");
    return 0;
  },
  hash: () => 0,
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
  shopt,
  pushd: stackOfFolders,
  popd: stackOfFolders,
  dirs: stackOfFolders,
  let: ({ self, frame, argv }) => {
    const results = argv.slice(1).map((text) => arithmetic(expanderOf(self, frame), text));
    return results.at(-1) === 0 ? 1 : 0;
  },
};

const ONLY_BASH = new Set(
  "declare typeset mapfile readarray shopt pushd popd dirs disown builtin".split(" "),
);
const NOT_DASH = new Set(["source", "let", "history"]);

/** Whether this shell has such a command of its own. */
export function hasBuiltin(flavour: Flavour, name: string): boolean {
  if (TABLE_BUILTINS.has(name)) return true;
  if (!Object.hasOwn(BUILTINS, name)) return false;
  return flavour === "bash" || !(ONLY_BASH.has(name) || (flavour === "dash" && NOT_DASH.has(name)));
}
