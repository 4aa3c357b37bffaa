// Which plain words of a YAML document are numbers to the Go parser: parse.ts gives this to the YAML library in place
// of its own.
// Kubernetes: vendored gopkg.in/yaml.v2, resolve.go (v1.35)
import type { ScalarTag } from "yaml";

const INTEGER = /^[-+]?(?:0[bB][01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Digits may have underscores between them; a leading 0 makes octal numbers, unless a digit is none. */
export const goNumber: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^[-+]?(?:\.(?:[0-9]|inf$|Inf$|INF$|nan$|NaN$|NAN$)|[0-9])[-+.\w]*$/,
  resolve: (text) => readNumber(text) ?? text,
  // A document that is written again has its numbers as they were typed, unless they are others now.
  identify: (value) => typeof value === "number",
  stringify: ({ source, value }) =>
    source !== undefined && readNumber(source) === value ? source : JSON.stringify(value),
};

/** Neither is JSON, which parse.ts complains of. */
const NO_NUMBERS: Record<string, number> = {
  ".inf": Infinity,
  "+.inf": Infinity,
  "-.inf": -Infinity,
  ".nan": NaN,
};

function readNumber(text: string): number | undefined {
  const none = NO_NUMBERS[text.toLowerCase()];
  if (none !== undefined) return none;
  const plain = text.startsWith(".") ? text : text.replaceAll("_", "");
  if (INTEGER.test(plain)) return readInteger(plain);
  if (!FLOAT.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

function readInteger(plain: string): number {
  const sign = plain.startsWith("-") ? -1 : 1;
  const digits = plain.replace(/^[-+]/, "").toLowerCase();
  return sign * Number(/^0[0-7]/.test(digits) ? `0o${digits}` : digits);
}
