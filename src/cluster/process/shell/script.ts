// Scripts that were read before: thousands of pods with the same command share one parsed script.
import type { Code } from "./code.ts";
import { parseScript } from "./parser.ts";
import { ScriptError } from "./words.ts";

const MAX_REMEMBERED = 2000;
const remembered = new Map<string, { code: Code } | { error: string }>();

export function readScript(text: string): { code: Code } | { error: string } {
  let result = remembered.get(text);
  if (!result) {
    try {
      result = { code: parseScript(text) };
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      const expected = error.expected === undefined ? "" : ` (expecting "${error.expected}")`;
      const unexpected =
        error.found === "end of file" || error.found === "newline" || error.found === "redirection";
      result = {
        error: /^(unterminated|bad|EOF)/.test(error.found)
          ? `syntax error: ${error.found}`
          : `syntax error: ${unexpected ? error.found : `"${error.found}"`} unexpected${expected}`,
      };
    }
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(text, result);
  }
  return result;
}
