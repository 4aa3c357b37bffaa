// The editor that edit opens: the page's own, or what KUBE_EDITOR and EDITOR name.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/editor/editor.go (v1.35)
import type { KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";

/** The text after editing; the same text if nothing was saved. */
export async function openEditor(io: KubectlIo, file: string, text: string): Promise<string> {
  const program = io.env["KUBE_EDITOR"] || io.env["EDITOR"] || "vi";
  const scripted = byScript(program, text);
  if (scripted !== undefined) return scripted;
  if (io.edit) return (await io.edit(file, text)) ?? text;
  throw plainError(`unable to launch the editor ${JSON.stringify(program)}`);
}

/** Editors that need no one to sit before them: true, cat, and sed -i with s commands. */
function byScript(program: string, text: string): string | undefined {
  if (/^(\/bin\/|\/usr\/bin\/)?(true|cat)$/.test(program.trim())) return text;
  const script = /^sed\s+-i(?:\s+-E)?\s+(?:-e\s+)?(['"]?)(.+)\1\s*$/.exec(program.trim())?.[2];
  if (script === undefined) return undefined;
  return script.split(/;(?=s\W)/).reduce((now, command) => substitute(now, command.trim()), text);
}

function substitute(text: string, command: string): string {
  const mark = command[1] ?? "/";
  const [, pattern = "", replacement = "", flags = ""] = command.split(mark);
  const expression = new RegExp(pattern, flags.includes("g") ? "g" : "");
  return text
    .split("\n")
    .map((line) => line.replace(expression, replacement.replace(/\\(\d)/g, "$$$1").replaceAll("&", "$&")))
    .join("\n");
}
