// IPv4 addresses and blocks as text and as unsigned 32-bit numbers.

export interface Cidr {
  base: number;
  bits: number;
}

const ADDRESS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** The address as a number, or undefined if the text is not a canonical IPv4 address. */
export function parseIp(text: string): number | undefined {
  const match = ADDRESS.exec(text);
  if (!match) return undefined;
  let value = 0;
  for (const part of match.slice(1)) {
    if (Number(part) > 255 || (part.length > 1 && part.startsWith("0"))) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
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
