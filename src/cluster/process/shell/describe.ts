// The builtins command and type: what a word would run, or running it without the shell's functions.
import type { Builtin, BuiltinCall } from "./builtins.ts";
import { hasBuiltin } from "./builtins.ts";
import { functionText } from "./function-text.ts";
import { complainAs, type Step } from "./interpreter.ts";
import { SPECIAL_BUILTINS } from "./reserved.ts";
import { runSimple } from "./simple.ts";
import { newFrame } from "./start.ts";
import type { ShellState } from "./state.ts";

const KEYWORDS = new Set("if then else elif fi case esac for while until do done in { } !".split(" "));
const BASH_KEYWORDS = new Set("[[ ]] function select time coproc".split(" "));

type Kind = "alias" | "keyword" | "function" | "builtin" | "file";

function kindOf({ self, context }: BuiltinCall, name: string): { kind: Kind; path: string } | undefined {
  const { shell } = self;
  if (shell.aliases && Object.hasOwn(shell.aliases, name)) return { kind: "alias", path: name };
  if (KEYWORDS.has(name) || (shell.flavour === "bash" && BASH_KEYWORDS.has(name)))
    return { kind: "keyword", path: name };
  if (Object.hasOwn(shell.functions, name)) return { kind: "function", path: name };
  if (hasBuiltin(shell.flavour, name)) return { kind: "builtin", path: name };
  const path = context.which(name);
  return path === undefined ? undefined : { kind: "file", path };
}

export const describe: Builtin = (call) => {
  const { self, argv } = call;
  const options = [];
  let words = argv.slice(1);
  while (/^-[a-zA-Z]+$/.test(words[0] ?? "")) {
    options.push(words[0]!.slice(1));
    words = words.slice(1);
  }
  const letters = options.join("");
  if (argv[0] === "command" && !/[vV]/.test(letters))
    return words.length === 0 ? 0 : runWithoutFunctions(call, words);
  let status = 0;
  for (const name of words) {
    const found = kindOf(call, name);
    if (argv[0] === "command" && letters.includes("v")) {
      if (found?.kind === "alias") call.context.out(`alias ${name}='${self.shell.aliases![name]}'\n`);
      else if (found) call.context.out(`${found.path}\n`);
      else status = self.shell.flavour === "bash" ? 1 : 127;
    } else if (/[tpP]/.test(letters) && self.shell.flavour === "bash") {
      status = short(call, letters, name, found) ? status : 1;
    } else status = long(call, name, found) ? status : self.shell.flavour === "bash" ? 1 : 127;
  }
  return status;
};

function short(
  { context }: BuiltinCall,
  letters: string,
  name: string,
  found: ReturnType<typeof kindOf>,
): boolean {
  if (letters.includes("t")) {
    if (found) context.out(`${found.kind}\n`);
    return found !== undefined;
  }
  const path = letters.includes("P") ? context.which(name) : found?.kind === "file" ? found.path : undefined;
  if (path !== undefined) context.out(`${path}\n`);
  return path !== undefined || found !== undefined;
}

function long(call: BuiltinCall, name: string, found: ReturnType<typeof kindOf>): boolean {
  const { self, argv, context } = call;
  const { shell } = self;
  if (!found) {
    if (shell.flavour === "bash") complainAs(self, `${argv[0]}: ${name}: not found`);
    else context.out(`${name}: not found\n`);
    return false;
  }
  context.out(`${name} is ${told(shell, name, found)}\n`);
  if (found.kind === "function" && shell.flavour === "bash")
    context.out(functionText(name, shell.functionTexts?.[name] ?? ""));
  return true;
}

function told(shell: ShellState, name: string, { kind, path }: { kind: Kind; path: string }): string {
  const { flavour } = shell;
  if (kind === "alias")
    return flavour === "bash"
      ? `aliased to \`${shell.aliases![name]}'`
      : `an alias for ${shell.aliases![name]}`;
  if (kind === "keyword") return "a shell keyword";
  if (kind === "function") return flavour === "dash" ? "a shell function" : "a function";
  if (kind === "builtin")
    return flavour !== "bash" && SPECIAL_BUILTINS.has(name) ? "a special shell builtin" : "a shell builtin";
  return path;
}

function runWithoutFunctions({ self }: BuiltinCall, names: string[]): number | Step {
  const words = names.map((text) => [{ kind: "text", text, quoted: true } as const]);
  const command = { assignments: [], words, redirects: [], tested: true };
  const { functions, flavour } = self.shell;
  const frame = hasBuiltin(flavour, names[0]!) ? self.shell.frames.at(-1)! : newFrame("eval", []);
  self.shell.functions = Object.fromEntries(Object.entries(functions).filter(([name]) => name !== names[0]));
  const step = runSimple(self, frame, command);
  self.shell.functions = functions;
  // A builtin has said its status already.
  return step === "next" ? self.shell.status : step;
}

export const runBuiltinOnly: Builtin = (call) => {
  const [, name] = call.argv;
  if (name === undefined) return 0;
  if (hasBuiltin("bash", name)) return runWithoutFunctions(call, call.argv.slice(1));
  complainAs(call.self, `builtin: ${name}: not a shell builtin`);
  return 1;
};
