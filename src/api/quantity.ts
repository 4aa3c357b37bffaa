// Quantities such as "250m", "64Mi" or "1e3": checked, read as numbers and written in canonical form.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go (v1.35)

import type { IntOrString } from "./meta.ts";

const BINARY: Record<string, number> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };
const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const QUANTITY = /^([+-]?)(\d+\.?\d*|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

const SHAPE = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;

/** What Go's decoder says of a text that is no quantity. */
export function quantityProblem(text: string): string | undefined {
  if (text === "") return `quantities must match the regular expression '${SHAPE.source}'`;
  const match = SHAPE.exec(text);
  if (!match) return `quantities must match the regular expression '${SHAPE.source}'`;
  const [, digits = "", suffix = ""] = match;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits)) return "unable to parse numeric part of quantity";
  return parseQuantity(`1${suffix}`) === undefined ? "unable to parse quantity's suffix" : undefined;
}

/** The value as a number, or undefined if the text is no quantity. */
export function parseQuantity(text: string): number | undefined {
  const match = QUANTITY.exec(text);
  if (!match) return undefined;
  const [, sign, digits = "", suffix = ""] = match;
  const value = Number(digits) * scaleOf(suffix);
  return sign === "-" ? -value : value;
}

/** As a number; what is absent or no quantity counts as nothing. */
export function quantityOf(value: IntOrString | undefined): number {
  return typeof value === "number" ? value : (parseQuantity(value ?? "") ?? 0);
}

/** How often the divisor goes into the quantity, rounded up. Binary fractions are a little off, so not to the last digit. */
export function divideQuantity(quantity: IntOrString | undefined, divisor: IntOrString | undefined): number {
  const quotient = quantityOf(quantity) / (quantityOf(divisor) || 1);
  return Math.ceil(Number(quotient.toPrecision(12)));
}

function scaleOf(suffix: string): number {
  const binary = BINARY[suffix];
  if (binary !== undefined) return 1024 ** binary;
  const decimal = DECIMAL[suffix];
  return 10 ** (decimal ?? Number(suffix.slice(1)));
}

/** Canonical text: the largest suffix of the same sort that leaves no fraction; "0.5" becomes "500m". */
export function formatQuantity(text: string): string {
  const value = parseQuantity(text);
  if (value === undefined) return text;
  if (value === 0) return "0";
  const suffix = QUANTITY.exec(text)?.[3] ?? "";
  if (BINARY[suffix] !== undefined) {
    for (const name of ["Ei", "Pi", "Ti", "Gi", "Mi", "Ki"]) {
      const scaled = value / scaleOf(name);
      if (Number.isInteger(scaled)) return `${scaled}${name}`;
    }
    if (Number.isInteger(value)) return String(value);
  }
  for (const name of ["E", "P", "T", "G", "M", "k", "", "m", "u", "n"]) {
    const exponent = DECIMAL[name] ?? 0;
    const scaled = exponent >= 0 ? value / 10 ** exponent : value * 10 ** -exponent;
    const rounded = Math.round(scaled);
    if (Math.abs(scaled - rounded) < 1e-9 * Math.max(1, Math.abs(scaled)) && rounded !== 0) {
      return /^[eE]/.test(suffix) && exponent % 3 === 0 && exponent > 0
        ? `${rounded}e${exponent}`
        : `${rounded}${name}`;
    }
  }
  return text;
}
