// Scripts that were read before: thousands of pods with the same command share one parsed script.
import type { Code, Flavour } from "./code.ts";
import { parseScript } from "./parser.ts";
import type { ShellState } from "./state.ts";
import { ScriptError } from "./words.ts";

const MAX_REMEMBERED = 2000;
const remembered = new Map<string, ReadScript>();

export interface ScriptFault {
  found: string;
  expected?: string;
  line: number;
}

export type ReadScript = { code: Code } | { error: ScriptFault };

export function readScript(text: string, flavour: Flavour): ReadScript {
  const key = `${flavour} ${text}`;
  let result = remembered.get(key);
  if (!result) {
    try {
      result = { code: parseScript(text, flavour) };
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      const { found, expected, line = 1 } = error;
      result = { error: { found, line, ...(expected === undefined ? {} : { expected }) } };
    }
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(key, result);
  }
  return result;
}

/** What a shell says of a script that it cannot read. */
export function syntaxError({ found, expected }: ScriptFault, flavour: ShellState["flavour"]): string {
  if (flavour === "bash") {
    if (/^(unterminated|EOF)/.test(found) || (found === "end of file" && /^[)}]$/.test(expected ?? "")))
      return `unexpected EOF while looking for matching \`${expected ?? "`"}'`;
    if (found === "end of file") return "syntax error: unexpected end of file";
    return found.startsWith("bad ")
      ? `syntax error: ${found}`
      : `syntax error near unexpected token \`${found}'`;
  }
  if (/^(unterminated|bad|EOF)/.test(found)) {
    const text = found[0]!.toUpperCase() + found.slice(1);
    return flavour === "dash" ? `Syntax error: ${text}` : `syntax error: ${found}`;
  }
  const isSpecial = found === "end of file" || found === "newline" || found === "redirection";
  const expecting = expected === undefined ? "" : ` (expecting "${expected}")`;
  const shown = isSpecial ? found : `"${found}"`;
  return flavour === "dash"
    ? `Syntax error: ${shown} unexpected${expecting}`
    : `syntax error: unexpected ${shown}${expecting}`;
}

/** The same with the place in front, as a script's end or sh -c says it; bash adds the line that it stumbled over. */
export function placedSyntaxError(
  fault: ScriptFault,
  { flavour, name, isCommand }: { flavour: Flavour; name: string; isCommand: boolean },
  script: string,
): string {
  const text = syntaxError(fault, flavour);
  if (flavour === "busybox") return `${name}: ${text}`;
  if (flavour === "dash") return `${name}: ${fault.line}: ${text}`;
  const isEnd = fault.found === "end of file" && text.startsWith("syntax");
  const head = `${name}: ${isCommand ? "-c: " : ""}line ${fault.line + (isEnd ? 1 : 0)}: `;
  const line = text.includes("near unexpected")
    ? `\n${head}\`${script.split("\n")[fault.line - 1] ?? ""}'`
    : "";
  return `${head}${text}${line}`;
}
