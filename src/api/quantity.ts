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
  // More than one point ends the number early, and what follows is no suffix.
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits))
    return `quantities must match the regular expression '${SHAPE.source}'`;
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

/**
 * Canonical text: the largest suffix of the same sort that leaves no fraction; "0.5" becomes "500m". What is finer than
 * this power of ten is rounded up.
 */
export function formatQuantity(text: string, finest = -9): string {
  const match = QUANTITY.exec(text);
  if (!match) return text;
  const [, sign = "", digits = "", suffix = ""] = match;
  const [whole = "", fraction = ""] = digits.split(".");
  const power = BINARY[suffix];
  const exponent = power === undefined ? (DECIMAL[suffix] ?? Number(suffix.slice(1))) : 0;
  if (Math.abs(exponent) > FARTHEST) return text;
  const amount = normal(BigInt(whole + fraction) * 1024n ** BigInt(power ?? 0), exponent - fraction.length);
  if (amount.mantissa === 0n) return "0";
  const minus = sign === "-" ? "-" : "";
  if (power !== undefined && amount.exponent >= 0) return minus + binaryText(amount);
  return minus + decimalText(roundedUp(amount, finest), /^[eE]./.test(suffix));
}

/** Beyond this no resource goes, and numbers would only grow long. */
const FARTHEST = 40;

interface Amount {
  mantissa: bigint;
  /** Of ten. */
  exponent: number;
}

function normal(mantissa: bigint, exponent: number): Amount {
  let amount = { mantissa, exponent };
  while (amount.mantissa !== 0n && amount.mantissa % 10n === 0n)
    amount = { mantissa: amount.mantissa / 10n, exponent: amount.exponent + 1 };
  return amount;
}

function binaryText({ mantissa, exponent }: Amount): string {
  let value = mantissa * 10n ** BigInt(exponent);
  let index = -1;
  for (; value % 1024n === 0n && index + 1 < BINARY_NAMES.length; index++) value /= 1024n;
  return `${value}${BINARY_NAMES[index] ?? ""}`;
}

const BINARY_NAMES = Object.keys(BINARY);

function roundedUp({ mantissa, exponent }: Amount, finest: number): Amount {
  if (exponent >= finest) return { mantissa, exponent };
  const unit = 10n ** BigInt(finest - exponent);
  return normal((mantissa + unit - 1n) / unit, finest);
}

function decimalText({ mantissa, exponent }: Amount, isScientific: boolean): string {
  const step = Math.min(Math.floor(exponent / 3) * 3, 18);
  const value = mantissa * 10n ** BigInt(exponent - step);
  if (isScientific) return step === 0 ? String(value) : `${value}e${step}`;
  return `${value}${Object.keys(DECIMAL).find((name) => DECIMAL[name] === step)!}`;
}
