// Numbers as C's printf writes them, for printf, awk and seq: whole ones exactly, others with as many digits as asked.
export interface Directive {
  flags: string;
  width: number;
  precision?: number | undefined;
  letter: string;
}

const MAX_SIZE = 10_000_000;
/** So many digits after the point the engine can tell; zeros follow. */
const MAX_DIGITS = 100;

/** What asks for more ends its process, as for want of memory. */
function bounded(size: number): number {
  if (size > MAX_SIZE) throw new RangeError("more text than a container has memory for");
  return size;
}

/** By d, i, u, o, x, X, f, F, e, E, g or G, without its padding. */
export function numberText(value: number | bigint, { flags, letter, precision }: Directive): string {
  const sign = value < 0 ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  if (/[feEgGF]/.test(letter)) {
    const size = Math.abs(Number(value));
    if (!Number.isFinite(size)) return sign + (Number.isNaN(size) ? "nan" : "inf");
    const text = decimal(letter.toLowerCase(), size, precision ?? 6);
    return sign + (/[A-Z]/.test(letter) ? text.toUpperCase() : text);
  }
  const whole = typeof value === "bigint" ? value : BigInt(Math.trunc(value) || 0);
  const isSigned = /[di]/.test(letter);
  const shown = whole < 0n ? (isSigned ? -whole : BigInt.asUintN(64, whole)) : whole;
  const base = letter === "o" ? 8 : /[xX]/.test(letter) ? 16 : 10;
  const digits = shown.toString(base).padStart(bounded(precision ?? 0), "0");
  const prefix = flags.includes("#") && whole !== 0n ? ({ x: "0x", X: "0X", o: "0" }[letter] ?? "") : "";
  return isSigned ? sign + digits : prefix + (letter === "X" ? digits.toUpperCase() : digits);
}

function decimal(letter: string, value: number, precision: number): string {
  const exponential = (digits: number): string => {
    const [, mantissa = "", exponent = ""] = /^(.*)(e.*)$/.exec(
      value.toExponential(Math.min(digits, MAX_DIGITS)),
    )!;
    return mantissa + zeros(digits) + exponent.replace(/([-+])(\d)$/, "$10$2");
  };
  const fixed = (digits: number): string => {
    // From there on the engine writes powers of ten.
    const text =
      value < 1e21
        ? rounded(value, Math.min(digits, MAX_DIGITS))
        : BigInt(value) + (digits > 0 ? `.${"0".repeat(Math.min(digits, MAX_DIGITS))}` : "");
    return text + zeros(digits);
  };
  if (letter === "f") return fixed(precision);
  if (letter === "e") return exponential(precision);
  const digits = Math.min(Math.max(1, precision), MAX_DIGITS);
  const exponent = value === 0 ? 0 : Number(/e(.*)$/.exec(value.toExponential(digits - 1))![1]);
  const plain = exponent < -4 || exponent >= digits ? exponential(digits - 1) : fixed(digits - 1 - exponent);
  return plain.includes(".") ? plain.replace(/\.?0+(?=e|$)/, "") : plain;
}

/** What lies in the middle goes to the even digit, as in C. */
function rounded(value: number, digits: number): string {
  const text = value.toFixed(digits);
  const exact = value.toFixed(Math.min(digits + 50, MAX_DIGITS));
  const length = exact.length - (Math.min(digits + 50, MAX_DIGITS) - digits);
  const isMiddle = /^\.?50*$/.test(exact.slice(length));
  const below = exact.slice(0, length).replace(/\.$/, "");
  return isMiddle && /[02468]$/.test(below) ? below : text;
}

const zeros = (digits: number): string => "0".repeat(Math.max(0, bounded(digits) - MAX_DIGITS));

/** Filled up to the width: on the right, with zeros after the sign, or on the left. */
export function padded(text: string, { flags, width, precision, letter }: Directive): string {
  const size = bounded(width);
  if (flags.includes("-")) return text.padEnd(size);
  const isWhole = /[diuoxX]/.test(letter);
  if (!flags.includes("0") || /[sbcq]/.test(letter) || (isWhole && precision !== undefined))
    return text.padStart(size);
  const sign = /^(?:[-+ ]|0[xX])/.exec(text)?.[0] ?? "";
  return sign + text.slice(sign.length).padStart(size - sign.length, "0");
}
