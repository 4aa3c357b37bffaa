// Checks of IP addresses and blocks in API fields: old, sloppy forms pass with a warning, special ranges are refused.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go (v1.35)
import type { FieldError } from "./define.ts";
import { invalid } from "./field-error.ts";

export type Family = "IPv4" | "IPv6";

const NOT_IP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
const NOT_CIDR = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

/** The bytes of an address, leading zeros tolerated; undefined if it is none. */
export function parseAddress(text: string): number[] | undefined {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.map(Number);
}

function parseV6(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === "" ? [] : bytesOfGroups(half)));
  if (groups.some((bytes) => bytes === undefined)) return undefined;
  const [head = [], tail = []] = groups as number[][];
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  const gap = 16 - head.length - tail.length;
  return gap < 2 ? undefined : [...head, ...Array.from({ length: gap }, () => 0), ...tail];
}

function bytesOfGroups(text: string): number[] | undefined {
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (part.includes(".") && index === parts.length - 1) {
      const v4 = parseV4(part);
      if (!v4) return undefined;
      bytes.push(...v4);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
      const value = Number.parseInt(part, 16);
      bytes.push(value >> 8, value & 255);
    }
  }
  return bytes;
}

/** IPv4 addresses that are written as IPv6 (::ffff:1.2.3.4) count as IPv4. */
export function familyOf(text: string): Family | undefined {
  const bytes = parseAddress(text);
  if (!bytes) return undefined;
  return bytes.length === 4 || isMapped(bytes) ? "IPv4" : "IPv6";
}

const isMapped = (bytes: readonly number[]): boolean =>
  bytes.length === 16 &&
  bytes.slice(0, 10).every((byte) => byte === 0) &&
  bytes[10] === 255 &&
  bytes[11] === 255;

function v4Bytes(bytes: readonly number[]): readonly number[] | undefined {
  return bytes.length === 4 ? bytes : isMapped(bytes) ? bytes.slice(12) : undefined;
}

/** The canonical text, as RFC 5952 has it. */
export function formatAddress(bytes: readonly number[]): string {
  const v4 = v4Bytes(bytes);
  if (v4) return v4.join(".");
  const groups = Array.from({ length: 8 }, (_, index) => (bytes[index * 2]! << 8) | bytes[index * 2 + 1]!);
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = (list: number[]): string => list.map((group) => group.toString(16)).join(":");
  if (best.start < 0) return hex(groups);
  return `${hex(groups.slice(0, best.start))}::${hex(groups.slice(best.start + best.length))}`;
}

export function checkIp(field: string, text: string): FieldError[] {
  return parseAddress(text) ? [] : [invalid(field, text, NOT_IP)];
}

export function checkCidr(field: string, text: string): FieldError[] {
  return parseBlock(text) ? [] : [invalid(field, text, NOT_CIDR)];
}

function parseBlock(text: string): { bytes: number[]; length: number } | undefined {
  const [address = "", length = "", ...more] = text.split("/");
  const bytes = parseAddress(address);
  if (!bytes || more.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > bytes.length * 8)
    return undefined;
  return { bytes, length: Number(length) };
}

/** Addresses that no endpoint or external IP may have. */
export function checkSpecialIp(field: string, text: string): FieldError[] {
  const bytes = parseAddress(text);
  if (!bytes) return [invalid(field, text, "must be a valid IP address")];
  const refuse = (detail: string): FieldError => invalid(field, text, detail);
  const v4 = v4Bytes(bytes);
  const errors: FieldError[] = [];
  if (v4 ? v4.every((byte) => byte === 0) : bytes.every((byte) => byte === 0)) {
    errors.push(refuse(`may not be unspecified (${text})`));
  }
  const isLoopback = v4 ? v4[0] === 127 : bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1;
  if (isLoopback) errors.push(refuse("may not be in the loopback range (127.0.0.0/8, ::1/128)"));
  const isLinkLocal = v4 ? v4[0] === 169 && v4[1] === 254 : bytes[0] === 0xfe && (bytes[1]! & 0xc0) === 0x80;
  if (isLinkLocal) errors.push(refuse("may not be in the link-local range (169.254.0.0/16, fe80::/10)"));
  const isMulticast = v4
    ? v4[0] === 224 && v4[1] === 0 && v4[2] === 0
    : bytes[0] === 0xff && (bytes[1]! & 0x0f) === 0x02;
  if (isMulticast)
    errors.push(refuse("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"));
  return errors;
}

/** Forms that still pass, but that Kubernetes wants to refuse one day. */
export function warnOfIp(field: string, text: string): string[] {
  const bytes = parseAddress(text);
  if (!bytes) return [];
  const canonical = formatAddress(bytes);
  if (text.split(".").some((part) => /^0\d/.test(part)) || isMapped(bytes)) {
    return [
      `${field}: non-standard IP address ${JSON.stringify(text)} will be considered invalid in a future Kubernetes release: use ${JSON.stringify(canonical)}`,
    ];
  }
  if (bytes.length === 16 && canonical !== text) {
    return [
      `${field}: IPv6 address ${JSON.stringify(text)} should be in RFC 5952 canonical format (${JSON.stringify(canonical)})`,
    ];
  }
  return [];
}

export function warnOfCidr(field: string, text: string): string[] {
  const block = parseBlock(text);
  if (!block) return [];
  const { bytes, length } = block;
  const masked = bytes.map((byte, index) => {
    const bits = Math.max(0, Math.min(8, length - index * 8));
    return byte & (0xff << (8 - bits)) & 0xff;
  });
  const canonical = `${formatAddress(masked)}/${length}`;
  if (canonical === text) return [];
  const address = text.split("/")[0] ?? "";
  const old = address.split(".").some((part) => /^0\d/.test(part)) || isMapped(bytes);
  const hasHostBits = masked.some((byte, index) => byte !== bytes[index]);
  if (old || /\/0\d/.test(text)) {
    return [
      `${field}: non-standard CIDR value ${JSON.stringify(text)} will be considered invalid in a future Kubernetes release: use ${JSON.stringify(canonical)}`,
    ];
  }
  if (hasHostBits) {
    return [
      `${field}: CIDR value ${JSON.stringify(text)} is ambiguous in this context (should be ${JSON.stringify(canonical)} or ${JSON.stringify(`${formatAddress(bytes)}/${bytes.length * 8}`)}?)`,
    ];
  }
  return [
    `${field}: IPv6 CIDR value ${JSON.stringify(text)} should be in RFC 5952 canonical format (${JSON.stringify(canonical)})`,
  ];
}
