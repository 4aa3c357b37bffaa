// What Go's parser refuses of a template that could be read: variables that nothing declares, and the ends of loops that
// are not there. Called by the parser for each template.
// Kubernetes: text/template/parse/parse.go (kubectl v1.35)
import { problem } from "./go-template-error.ts";
import type { Operand, Pipe, TemplateNode } from "./go-template-parse.ts";

export function checkNodes(nodes: readonly TemplateNode[]): void {
  checkList(nodes, new Set(["$"]), false);
}

/** What is declared in a list is known behind it too, up to the end of the block. */
function checkList(nodes: readonly TemplateNode[], known: Set<string>, inRange: boolean): void {
  for (const node of nodes) {
    if (node.type === "text") continue;
    if (node.type === "break" || node.type === "continue") {
      if (!inRange) throw problem(`{{${node.type}}} outside {{range}}`);
      continue;
    }
    if (node.type === "print") checkPipe(node.pipe, known);
    else if (node.type === "template") {
      if (node.pipe) checkPipe(node.pipe, known);
    } else {
      const inner = new Set(known);
      checkPipe(node.pipe, inner);
      checkList(node.body, new Set(inner), inRange || node.type === "range");
      checkList(node.otherwise, new Set(inner), inRange);
    }
  }
}

function checkPipe({ names, assign, commands }: Pipe, known: Set<string>): void {
  if (assign) names.forEach((name) => requireKnown(name, known));
  for (const operand of commands.flat()) checkOperand(operand, known);
  if (!assign) names.forEach((name) => known.add(name));
}

function checkOperand(operand: Operand, known: Set<string>): void {
  if (operand.type === "variable") requireKnown(operand.name, known);
  if (operand.type === "group") checkPipe(operand.pipe, known);
}

function requireKnown(name: string, known: ReadonlySet<string>): void {
  if (!known.has(name)) throw problem(`undefined variable ${JSON.stringify(name)}`);
}
