// Runs Go templates over plain data, as -o go-template does.
// Kubernetes: text/template/exec.go and funcs.go (kubectl v1.35)
import { decodeBase64, decodeBytes } from "#base/base64";
import { isObject } from "#base/json";
import { formatGo, goPrint } from "./go-format.ts";
import {
  parseTemplate,
  TemplateError,
  type BlockNode,
  type Operand,
  type Pipe,
  type TemplateNode,
} from "./go-template-parse.ts";

export { parseTemplate, TemplateError };

export interface TemplateOptions {
  allowMissing: boolean;
}

interface Scope {
  options: TemplateOptions;
  root: unknown;
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

export function runTemplate(nodes: readonly TemplateNode[], data: unknown, options: TemplateOptions): string {
  const scope: Scope = { options, root: data, variables: new Map([["$", data]]), out: [] };
  walk(nodes, data, scope);
  return scope.out.join("");
}

/** Where in the template something went wrong, and what. */
export class ExecutionError extends TemplateError {
  readonly at: number;
  constructor(operand: { text: string; at: number }, message: string) {
    super(`executing "output" at <${operand.text}>: ${message}`);
    this.at = operand.at;
  }
}

const failed = (operand: { text: string; at: number }, message: string): ExecutionError =>
  new ExecutionError(operand, message);

function walk(nodes: readonly TemplateNode[], dot: unknown, scope: Scope): void {
  for (const node of nodes) {
    if (node.type === "text") scope.out.push(node.text);
    else if (node.type === "print") {
      const value = evaluate(node.pipe, dot, scope);
      if (node.pipe.names.length === 0) scope.out.push(printed(value));
    } else if (node.type === "break" || node.type === "continue") throw new LoopSignal(node.type);
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

export function truth(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === 0 || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : true;
}

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
      if (!scope.variables.has(operand.name)) throw failed(operand, `undefined variable ${operand.name}`);
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

const goType = (value: unknown): string =>
  Array.isArray(value)
    ? "[]interface {}"
    : isObject(value)
      ? "map[string]interface {}"
      : typeof value === "number"
        ? Number.isInteger(value)
          ? "int64"
          : "float64"
        : typeof value === "boolean"
          ? "bool"
          : "string";

function callFunction(
  name: string,
  args: readonly unknown[],
  operand: { text: string; at: number },
): unknown {
  const calling = (message: string): ExecutionError => failed(operand, `error calling ${name}: ${message}`);
  const [first, second] = args;
  switch (name) {
    case "len":
      return lengthOf(first, calling);
    case "not":
      return !truth(first);
    case "index":
      return args.slice(1).reduce((value, key) => indexed(value, key, calling), first);
    case "slice":
      return (first as string | unknown[]).slice(Number(second ?? 0), args[2] as number | undefined);
    case "print":
      return args.map(goPrint).join("");
    case "println":
      return `${args.map(goPrint).join(" ")}\n`;
    case "printf":
      return formatGo(String(first), args.slice(1));
    case "eq":
      return args.slice(1).some((item) => item === first);
    case "ne":
      return first !== second;
    case "lt":
      return ordered(first, second) < 0;
    case "le":
      return ordered(first, second) <= 0;
    case "gt":
      return ordered(first, second) > 0;
    case "ge":
      return ordered(first, second) >= 0;
    case "exists":
      return existing(first, args.slice(1));
    case "base64decode":
      return decoded(String(first), calling);
    case "urlquery":
      return encodeURIComponent(args.map(goPrint).join("")).replaceAll("%20", "+");
    case "html":
      return args
        .map(goPrint)
        .join("")
        .replace(
          /[&<>"']/g,
          (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" })[sign]!,
        );
    default:
      return JSON.stringify(args.map(goPrint).join("")).slice(1, -1);
  }
}

type Calling = (message: string) => ExecutionError;

function decoded(value: string, calling: Calling): string {
  const text = value.replace(/[\r\n]/g, "");
  if (decodeBytes(text)) return decodeBase64(text);
  const bad = text.search(/[^A-Za-z0-9+/=]/);
  const at = bad >= 0 ? bad : text.length - (text.length % 4);
  throw calling(`base64 decode failed: illegal base64 data at input byte ${at}`);
}

function lengthOf(value: unknown, calling: Calling): number {
  if (typeof value === "string") return [...value].reduce((sum, sign) => sum + utf8Length(sign), 0);
  if (Array.isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw calling(
    value === null || value === undefined
      ? "reflect: call of reflect.Value.Type on zero Value"
      : `len of type ${goType(value)}`,
  );
}

const utf8Length = (sign: string): number => {
  const code = sign.codePointAt(0)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

function indexed(value: unknown, key: unknown, calling: Calling): unknown {
  if (value === null || value === undefined) throw calling("index of untyped nil");
  if (!Array.isArray(value)) return isObject(value) ? value[String(key)] : undefined;
  const at = Number(key);
  if (at < 0 || at >= value.length) throw calling(`index out of range: ${at}`);
  return value[at];
}

const ordered = (a: unknown, b: unknown): number => ((a as string) < (b as string) ? -1 : a === b ? 0 : 1);

function existing(value: unknown, keys: readonly unknown[]): boolean {
  let current = value;
  for (const key of keys) {
    if (Array.isArray(current)) current = current[Number(key)];
    else current = isObject(current) ? current[String(key)] : undefined;
    if (current === undefined) return false;
  }
  return true;
}
