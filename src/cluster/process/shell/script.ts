// Scripts that were read before: thousands of pods with the same command share one parsed script.
import type { Code } from "./code.ts";
import { parseScript } from "./parser.ts";
import type { ShellState } from "./state.ts";
import { ScriptError } from "./words.ts";

const MAX_REMEMBERED = 2000;
const remembered = new Map<string, ReadScript>();

export type ReadScript = { code: Code } | { error: { found: string; expected?: string } };

export function readScript(text: string): ReadScript {
  let result = remembered.get(text);
  if (!result) {
    try {
      result = { code: parseScript(text) };
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      const { found, expected } = error;
      result = { error: { found, ...(expected === undefined ? {} : { expected }) } };
    }
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(text, result);
  }
  return result;
}

/** What a shell says of a script that it cannot read. */
export function syntaxError(
  error: { found: string; expected?: string },
  flavour: ShellState["flavour"],
): string {
  const { found } = error;
  if (/^(unterminated|bad|EOF)/.test(found)) {
    const text = found[0]!.toUpperCase() + found.slice(1);
    return flavour === "dash" ? `Syntax error: ${text}` : `syntax error: ${found}`;
  }
  const isSpecial = found === "end of file" || found === "newline";
  if (flavour === "bash") {
    return found === "end of file"
      ? "syntax error: unexpected end of file"
      : `syntax error near unexpected token \`${found}'`;
  }
  const expecting = error.expected === undefined ? "" : ` (expecting "${error.expected}")`;
  const shown = isSpecial ? found : `"${found}"`;
  return flavour === "dash"
    ? `Syntax error: ${shown} unexpected${expecting}`
    : `syntax error: unexpected ${shown}${expecting}`;
}
