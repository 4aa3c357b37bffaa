// The functions of Go templates, and how what goes wrong in one is said. Called by go-template.ts.
// Kubernetes: text/template/funcs.go, exec.go (kubectl v1.35)
import { decodeBase64 } from "#base/base64";
import { isObject } from "#base/json";
import { base64Problem } from "../go-values.ts";
import { formatGo, goPrint, goType } from "./go-format.ts";
import { TemplateError } from "./go-template-error.ts";

interface Place {
  text: string;
  at: number;
}

/** Where in the template something went wrong, and what. */
export class ExecutionError extends TemplateError {
  readonly at: number;
  readonly #what: string;
  readonly #template: string | undefined;

  constructor(at: number, what: string, template?: string) {
    super(`executing ${JSON.stringify(template ?? "output")} ${what}`);
    this.at = at;
    this.#what = what;
    this.#template = template;
  }

  /** The innermost template counts. */
  within(template: string): ExecutionError {
    return this.#template === undefined ? new ExecutionError(this.at, this.#what, template) : this;
  }
}

export const failed = ({ text, at }: Place, message: string): ExecutionError =>
  new ExecutionError(at, `at <${text}>: ${message}`);

export function truth(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === 0 || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : true;
}

/** `place` is what an error of the function is laid to. */
export function callFunction(name: string, args: readonly unknown[], place: Place): unknown {
  const calling = (message: string): ExecutionError => failed(place, `error calling ${name}: ${message}`);
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
  const problem = base64Problem(text);
  if (problem) throw calling(`base64 decode failed: ${problem}`);
  return decodeBase64(text);
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
