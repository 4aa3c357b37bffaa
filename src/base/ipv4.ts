// IPv4 addresses and blocks as text and as unsigned 32-bit numbers.

export interface Cidr {
  base: number;
  bits: number;
}

const DOT = 46;
const ZERO = 48;

/** The address as a number, or undefined if the text is not a canonical IPv4 address. */
export function parseIp(text: string): number | undefined {
  // By hand: packets ask this at every hop.
  let value = 0;
  let parts = 0;
  let part = 0;
  let digits = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === DOT) {
      if (digits === 0 || parts === 3) return undefined;
      value = value * 256 + part;
      parts++;
      part = 0;
      digits = 0;
      continue;
    }
    const digit = code - ZERO;
    // No leading zeros.
    if (digit < 0 || digit > 9 || (digits > 0 && part === 0)) return undefined;
    part = part * 10 + digit;
    if (part > 255) return undefined;
    digits++;
  }
  return parts === 3 && digits > 0 ? value * 256 + part : undefined;
}

export function formatIp(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

export function parseCidr(text: string): Cidr | undefined {
  const [address = "", length = ""] = text.split("/", 2);
  const base = parseIp(address);
  if (base === undefined || !/^\d{1,2}$/.test(length) || Number(length) > 32) return undefined;
  const bits = Number(length);
  return { base: mask(base, bits), bits };
}

function mask(value: number, bits: number): number {
  return bits === 0 ? 0 : (value & (0xffffffff << (32 - bits))) >>> 0;
}

export function contains(cidr: Cidr, address: number): boolean {
  return mask(address, cidr.bits) === cidr.base;
}

export function sizeOf(cidr: Cidr): number {
  return 2 ** (32 - cidr.bits);
}
