// The editor that edit opens: the page's own, or what KUBE_EDITOR and EDITOR name.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/editor/editor.go (v1.35)
import { parsePosix } from "#base/regexp/posix";
import { glibcText, PatternError, TooManySteps } from "#base/regexp/problems";
import { expressionOf, replaced, type Expression, type Found } from "#base/regexp/search";
import type { KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { goQuote } from "../../go-values.ts";

/** The text after editing; the same text if nothing was saved. */
export async function openEditor(io: KubectlIo, file: string, text: string): Promise<string> {
  const program = io.env["KUBE_EDITOR"] || io.env["EDITOR"] || "vi";
  const [, simple] = /^(?:\/bin\/|\/usr\/bin\/)?(cat|false)$/.exec(program.trim()) ?? [];
  if (simple === "false") throw plainError(`there was a problem with the editor ${goQuote(program)}`);
  if (simple === "cat") io.stdout(text);
  const scripted = byScript(program, text);
  if (scripted !== undefined) return scripted;
  if (io.edit) return (await io.edit(file, text)) ?? text;
  throw plainError(`unable to launch the editor ${JSON.stringify(program)}`);
}

/** Editors that need no one to sit before them: true, cat, which shows the text, and sed -i with s commands. */
function byScript(program: string, text: string): string | undefined {
  if (/^(\/bin\/|\/usr\/bin\/)?(true|cat)$/.test(program.trim())) return text;
  const [, extended, , script] = /^sed\s+-i(\s+-E)?\s+(?:-e\s+)?(['"]?)(.+)\2\s*$/.exec(program.trim()) ?? [];
  if (script === undefined) return undefined;
  return script
    .split(/;(?=s\W)/)
    .reduce((now, command) => substitute(now, command.trim(), extended !== undefined), text);
}

function substitute(text: string, command: string, extended: boolean): string {
  const mark = command[1] ?? "/";
  const [, pattern = "", replacement = "", flags = ""] = command.split(mark);
  const expression = expressionFor(pattern, extended);
  const replace = ({ groups }: Found): string =>
    replacement.replace(/\\([^])|&/g, (sign, code: string | undefined) => {
      if (code === undefined) return groups[0]!;
      return /\d/.test(code) ? (groups[Number(code)] ?? "") : sign.slice(1);
    });
  try {
    return text
      .split("\n")
      .map((line) => replaced(expression, line, flags.includes("g"), replace))
      .join("\n");
  } catch (error) {
    throw error instanceof TooManySteps ? plainError("sed: memory exhausted") : error;
  }
}

function expressionFor(pattern: string, extended: boolean): Expression {
  try {
    return expressionOf(parsePosix(pattern, { extended, escapes: "sed", strictClose: true }), "longest");
  } catch (error) {
    throw error instanceof PatternError ? plainError(`sed: ${glibcText(error)}`) : error;
  }
}
