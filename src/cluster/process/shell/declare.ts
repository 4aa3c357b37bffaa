// The builtins that make and forget variables: declare, local, export, readonly, unset.
import type { Builtin, BuiltinCall } from "./builtins.ts";
import { elementsOf, mapOf } from "./expand.ts";
import { complainAs, expanderOf } from "./interpreter.ts";
import { functionText } from "./function-text.ts";
import { inDoubleQuotes } from "./quoting.ts";
import type { Frame, ShellState } from "./state.ts";
import { hasAttribute, refuseReadOnly, setAttribute, setVariable, unsetVariable } from "./variables.ts";

const NAME = /^[A-Za-z_]\w*$/;

/** name, name=value or name+=value. */
function taken(word: string): { name: string; value?: string; append: boolean } {
  const [, name = word, plus, value] = /^([^=+]*)(?:(\+?)=([^]*))?$/.exec(word) ?? [];
  return { name, append: plus === "+", ...(value !== undefined && { value }) };
}

function isGoodName({ self, argv }: BuiltinCall, word: string, name: string): boolean {
  if (NAME.test(name)) return true;
  const { flavour } = self.shell;
  complainAs(
    self,
    flavour === "bash"
      ? `${argv[0]}: \`${word}': not a valid identifier`
      : `${argv[0]}: ${flavour === "dash" ? `${name}: ` : ""}bad variable name`,
  );
  return false;
}

export const exportNames: Builtin = (call) => {
  const { self, frame, argv, context } = call;
  const { shell } = self;
  const words = argv.slice(1).filter((word) => !/^-[np]$/.test(word));
  if (words.length === 0) {
    for (const name of Object.keys(shell.exported).sort()) {
      const value = shell.variables[name];
      context.out(
        shell.flavour === "bash"
          ? `declare -x ${name}${value === undefined ? "" : `=${inDoubleQuotes(value)}`}\n`
          : `export ${name}${value === undefined ? "" : `='${value}'`}\n`,
      );
    }
    return 0;
  }
  for (const word of words) {
    const { name, value, append } = taken(word);
    if (!isGoodName(call, word, name)) return failBadName(call);
    if (argv[1] === "-n") delete shell.exported[name];
    else shell.exported[name] = true;
    if (value !== undefined) setVariable(expanderOf(self, frame), name, value, append);
  }
  return 0;
};

/** Which is the end of a script, but for bash. */
function failBadName({ self }: BuiltinCall): number {
  const { shell } = self;
  if (shell.flavour === "bash") return 1;
  shell.exiting = 2;
  return 2;
}

export const makeReadOnly: Builtin = (call) => {
  const { self, frame, argv, context } = call;
  const { shell } = self;
  const words = argv.slice(1).filter((word) => !/^-[paAf]+$/.test(word));
  if (words.length === 0) {
    const names = Object.keys(shell.attributes ?? {}).filter((name) => hasAttribute(shell, name, "r"));
    for (const name of names.sort()) {
      const value = shell.variables[name] ?? "";
      context.out(shell.flavour === "bash" ? declaration(shell, name)! : `readonly ${name}='${value}'\n`);
    }
    return 0;
  }
  for (const word of words) {
    const { name, value, append } = taken(word);
    if (!isGoodName(call, word, name)) return failBadName(call);
    if (value !== undefined) setVariable(expanderOf(self, frame), name, value, append);
    setAttribute(shell, name, "r");
  }
  return 0;
};

export const local: Builtin = (call) => {
  const { self, frame } = call;
  const owner = self.shell.frames.findLast((item) => item.kind === "function");
  if (!owner) {
    if (self.shell.flavour === "busybox") complainAs(self, "local: line 0: not in a function");
    else
      complainAs(
        self,
        self.shell.flavour === "bash" ? "local: can only be used in a function" : "local: not in a function",
      );
    if (self.shell.flavour === "bash") return 1;
    self.shell.exiting = 2;
    return 2;
  }
  return declareIn(call, owner, frame);
};

/** In a function what it declares is local, unless -g says otherwise. */
export const declare: Builtin = (call) => {
  const { self, argv, frame } = call;
  if (argv.some((word) => /^-[a-zA-Z]*[pfF]/.test(word)) || argv.length === 1) return show(call);
  const isGlobal = argv.some((word) => /^-[a-zA-Z]*g/.test(word));
  const owner = isGlobal ? undefined : self.shell.frames.findLast((item) => item.kind === "function");
  return declareIn(call, owner, frame);
};

function declareIn(call: BuiltinCall, owner: Frame | undefined, frame: Frame): number {
  const { self, argv } = call;
  const { shell } = self;
  const isBash = shell.flavour === "bash";
  const options = argv.slice(1).filter((word) => isBash && /^[-+][a-zA-Z]+$/.test(word));
  const letters = options.filter((word) => word.startsWith("-")).join("");
  let status = 0;
  for (const word of argv.slice(1)) {
    if (options.includes(word)) continue;
    const { name, value, append } = taken(word);
    if (!isGoodName(call, word, name)) {
      status = 1;
      continue;
    }
    if (owner) remember(shell, owner, name, value);
    if (letters.includes("A")) (shell.maps ??= {})[name] ??= {};
    else if (letters.includes("a")) {
      (shell.arrays ??= {})[name] ??= elementsOf(shell, name);
      delete shell.variables[name];
    }
    for (const letter of ["i", "l", "u"]) if (letters.includes(letter)) setAttribute(shell, name, letter);
    if (value !== undefined) setVariable(expanderOf(self, frame), name, value, append);
    if (letters.includes("r")) setAttribute(shell, name, "r");
    if (letters.includes("x")) shell.exported[name] = true;
  }
  return status;
}

/** What the caller's variable was, to come back at the function's end. */
function remember(shell: ShellState, owner: Frame, name: string, value: string | undefined): void {
  refuseReadOnly(shell, name);
  owner.locals ??= {};
  if (!Object.hasOwn(owner.locals, name)) {
    owner.locals[name] = {
      ...(Object.hasOwn(shell.variables, name) && { value: shell.variables[name]! }),
      ...(shell.arrays && Object.hasOwn(shell.arrays, name) && { array: shell.arrays[name]! }),
      ...(mapOf(shell, name) && { map: mapOf(shell, name)! }),
      ...(shell.attributes?.[name] !== undefined && { attributes: shell.attributes[name] }),
    };
    if (shell.arrays) delete shell.arrays[name];
    if (shell.maps) delete shell.maps[name];
    if (shell.attributes) delete shell.attributes[name];
    // dash's and busybox's keep the caller's value until one is given.
    if (value === undefined && shell.flavour === "bash") delete shell.variables[name];
  }
}

/** declare -p, -f, -F. */
function show({ self, argv, context }: BuiltinCall): number {
  const { shell } = self;
  const names = argv.slice(1).filter((word) => !word.startsWith("-"));
  const letters = argv
    .slice(1)
    .filter((word) => word.startsWith("-"))
    .join("");
  if (/[fF]/.test(letters)) {
    const chosen = names.length > 0 ? names : Object.keys(shell.functions).sort();
    for (const name of chosen) {
      if (!Object.hasOwn(shell.functions, name)) return 1;
      if (!letters.includes("F")) context.out(functionText(name, shell.functionTexts?.[name] ?? ""));
      else context.out(names.length > 0 ? `${name}\n` : `declare -f ${name}\n`);
    }
    return 0;
  }
  let status = 0;
  const all = Object.keys({ ...shell.variables, ...shell.arrays, ...shell.maps }).sort();
  for (const name of names.length > 0 ? names : all) {
    const text = declaration(shell, name);
    if (text !== undefined) context.out(text);
    else {
      complainAs(self, `declare: ${name}: not found`);
      status = 1;
    }
  }
  return status;
}

function declaration(shell: ShellState, name: string): string | undefined {
  const map = mapOf(shell, name);
  const array = shell.arrays && Object.hasOwn(shell.arrays, name) ? shell.arrays[name] : undefined;
  const value = Object.hasOwn(shell.variables, name) ? shell.variables[name] : undefined;
  if (!map && !array && value === undefined && !Object.hasOwn(shell.exported, name)) return undefined;
  const own = Array.from("irlu").filter((letter) => hasAttribute(shell, name, letter));
  const letters = [map ? "A" : array ? "a" : "", ...own, Object.hasOwn(shell.exported, name) ? "x" : ""].join(
    "",
  );
  const head = `declare -${letters || "-"} ${name}`;
  const quoted = (key: string): string => (/^[\w.%+,/:@^-]+$/.test(key) ? key : inDoubleQuotes(key));
  if (map) {
    const entries = Object.entries(map).map(([key, item]) => `[${quoted(key)}]=${inDoubleQuotes(item)} `);
    return `${head}=(${entries.join("")})\n`;
  }
  if (array) {
    const entries = Object.entries(array).map(([key, item]) => `[${key}]=${inDoubleQuotes(item)}`);
    return `${head}=(${entries.join(" ")})\n`;
  }
  return value === undefined ? `${head}\n` : `${head}=${inDoubleQuotes(value)}\n`;
}

export const unset: Builtin = (call) => {
  const { self, frame, argv } = call;
  const { shell } = self;
  const isFunction = argv[1] === "-f";
  for (const word of argv.slice(1).filter((item) => !/^-[fvn]$/.test(item))) {
    if (isFunction) {
      delete shell.functions[word];
      continue;
    }
    const name = word.replace(/\[[^]*$/, "");
    if (!isGoodName(call, word, name)) return failBadName(call);
    if (hasAttribute(shell, name, "r")) {
      if (shell.flavour === "bash") complainAs(self, `unset: ${name}: cannot unset: readonly variable`);
      else complainAs(self, `unset: ${name}: is read only`);
      return failBadName(call);
    }
    const known = valueKnown(shell, name);
    unsetVariable(expanderOf(self, frame), word);
    if (!known && argv[1] !== "-v" && shell.flavour === "bash") delete shell.functions[word];
  }
  return 0;
};

function valueKnown(shell: ShellState, name: string): boolean {
  return elementsOf(shell, name).length > 0 || mapOf(shell, name) !== undefined;
}
