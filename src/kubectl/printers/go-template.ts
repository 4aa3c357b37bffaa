// Runs Go templates over plain data, as -o go-template does.
// Kubernetes: text/template/exec.go and funcs.go (kubectl v1.35)
import { isObject } from "#base/json";
import { goPrint } from "./go-format.ts";
import { callFunction, ExecutionError, failed, truth } from "./go-template-functions.ts";
import {
  type BlockNode,
  type NamedNode,
  type Operand,
  type Pipe,
  type TemplateNode,
  type Templates,
} from "./go-template-parse.ts";

export interface TemplateOptions {
  allowMissing: boolean;
}

interface Scope {
  options: TemplateOptions;
  templates: Templates;
  /** How many templates are being run. */
  depth: number;
  variables: Map<string, unknown>;
  out: string[];
}

class LoopSignal extends Error {
  readonly kind: "break" | "continue";
  constructor(kind: "break" | "continue") {
    super(kind);
    this.kind = kind;
  }
}

// Simplified: Go lets templates call each other 100000 deep.
const DEEPEST = 1000;

export function runTemplate(templates: Templates, data: unknown, options: TemplateOptions): string {
  const out: string[] = [];
  runNamed("output", data, { options, templates, depth: 0, variables: new Map(), out });
  return out.join("");
}

/** A template sees its own data and none of the variables where it is called. */
function runNamed(name: string, data: unknown, scope: Scope): void {
  const inner = { ...scope, depth: scope.depth + 1, variables: new Map([["$", data]]) };
  try {
    walk(scope.templates.get(name)!, data, inner);
  } catch (error) {
    throw error instanceof ExecutionError ? error.within(name) : error;
  }
}

function runCalled(node: NamedNode, dot: unknown, scope: Scope): void {
  if (!scope.templates.has(node.name))
    throw failed(node, `template ${JSON.stringify(node.name)} not defined`);
  if (scope.depth > DEEPEST) throw failed(node, "exceeded maximum template depth (100000)");
  runNamed(node.name, node.pipe && evaluate(node.pipe, dot, scope), scope);
}

function walk(nodes: readonly TemplateNode[], dot: unknown, scope: Scope): void {
  for (const node of nodes) {
    if (node.type === "text") scope.out.push(node.text);
    else if (node.type === "print") {
      const value = evaluate(node.pipe, dot, scope);
      if (node.pipe.names.length === 0) scope.out.push(printed(value));
    } else if (node.type === "break" || node.type === "continue") throw new LoopSignal(node.type);
    else if (node.type === "template") runCalled(node, dot, scope);
    else if (node.type === "range") range(node, dot, scope);
    else {
      const inner = { ...scope, variables: new Map(scope.variables) };
      const value = evaluate(node.pipe, dot, inner);
      if (truth(value)) walk(node.body, node.type === "with" ? value : dot, inner);
      else walk(node.otherwise, dot, inner);
    }
  }
}

/** Lists by index, maps by sorted key, numbers from 0. */
function entriesOf(value: unknown): [key: unknown, item: unknown][] | undefined {
  if (Array.isArray(value)) return value.map((item, index) => [index, item]);
  if (isObject(value))
    return Object.keys(value)
      .sort()
      .map((key) => [key, value[key]]);
  if (typeof value === "number") return Array.from({ length: value }, (_, index) => [index, index]);
  if (value === null || value === undefined) return [];
  return undefined;
}

function range(node: BlockNode, dot: unknown, scope: Scope): void {
  const { names } = node.pipe;
  const value = evaluate({ ...node.pipe, names: [] }, dot, scope);
  const entries = entriesOf(value);
  if (!entries) {
    const first = node.pipe.commands[0]![0]!;
    throw failed(first, `range can't iterate over ${goPrint(value)}`);
  }
  if (entries.length === 0) return walk(node.otherwise, dot, scope);
  for (const [key, item] of entries) {
    const variables = new Map(scope.variables);
    if (names.length === 1) variables.set(names[0]!, item);
    if (names.length === 2) variables.set(names[0]!, key).set(names[1]!, item);
    try {
      walk(node.body, item, { ...scope, variables });
    } catch (error) {
      if (!(error instanceof LoopSignal)) throw error;
      if (error.kind === "break") return;
    }
    // `=` reaches variables that were declared outside of the loop.
    for (const name of scope.variables.keys())
      if (!names.includes(name)) scope.variables.set(name, variables.get(name));
  }
}

const printed = (value: unknown): string =>
  value === undefined || value === null ? "<no value>" : goPrint(value);

function evaluate(pipe: Pipe, dot: unknown, scope: Scope): unknown {
  let result: unknown;
  for (const [index, command] of pipe.commands.entries())
    result = runCommand(command, dot, scope, index > 0 ? [result] : []);
  for (const name of pipe.names) scope.variables.set(name, result);
  return result;
}

function runCommand(operands: readonly Operand[], dot: unknown, scope: Scope, last: unknown[]): unknown {
  const [first, ...rest] = operands;
  if (first!.type !== "function") {
    if (rest.length > 0 || last.length > 0) {
      const field = /^\.(?:.*\.)?([^.]+)$/.exec(first!.text)?.[1];
      throw failed(
        first!,
        field
          ? `${field} is not a method but has arguments`
          : `can't give argument to non-function ${first!.text}`,
      );
    }
    return valueOf(first!, dot, scope);
  }
  const { name } = first!;
  if (name === "and" || name === "or") return shortCircuit(name, rest, dot, scope, last);
  const whole = { text: operands.map(({ text }) => text).join(" "), at: first!.at };
  return callFunction(name, [...rest.map((item) => valueOf(item, dot, scope)), ...last], whole);
}

function shortCircuit(
  name: "and" | "or",
  operands: readonly Operand[],
  dot: unknown,
  scope: Scope,
  last: unknown[],
): unknown {
  let value: unknown;
  for (const operand of operands) {
    value = valueOf(operand, dot, scope);
    if (truth(value) === (name === "or")) return value;
  }
  return last.length > 0 ? last[0] : value;
}

function valueOf(operand: Operand, dot: unknown, scope: Scope): unknown {
  switch (operand.type) {
    case "value":
      return operand.value;
    case "path":
      return follow(dot, operand, operand.names, scope);
    case "variable":
      return follow(scope.variables.get(operand.name), operand, operand.names, scope);
    case "group":
      return follow(evaluate(operand.pipe, dot, scope), operand, operand.names, scope);
    default:
      return callFunction(operand.name, [], operand);
  }
}

function follow(start: unknown, operand: Operand, names: readonly string[], scope: Scope): unknown {
  let value = start;
  for (const name of names) {
    if (value === undefined) continue;
    if (value === null) throw failed(operand, `nil pointer evaluating interface {}.${name}`);
    if (!isObject(value)) throw failed(operand, `can't evaluate field ${name} in type interface {}`);
    if (Object.hasOwn(value, name) && value[name] !== undefined) value = value[name];
    else if (scope.options.allowMissing) value = undefined;
    else throw failed(operand, `map has no entry for key ${JSON.stringify(name)}`);
  }
  return value;
}
