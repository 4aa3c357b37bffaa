// Writes a certificate: DER, X.509 v3, with the fields that clients look at. Called for the cluster's CA certificate
// and for what openssl prints of a server's.
// Simplified: keys and signatures are bytes made of the certificate's own text; trust goes by issuers' names.
import { fnv1a } from "#base/hash";
import { toCivil } from "#base/time";
import { encodeUtf8 } from "#base/utf8";
import type { Certificate } from "../network/types.ts";

const INTEGER = 0x02;
const BITS = 0x03;
const OCTETS = 0x04;
const NULL = [0x05, 0x00];
const OBJECT_ID = 0x06;
const UTF8 = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const VERSION_3 = [0xa0, 0x03, INTEGER, 0x01, 0x02];
const EXTENSIONS = 0xa3;
const TRUE = [0x01, 0x01, 0xff];
const RSA = [OBJECT_ID, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const SHA256_WITH_RSA = [OBJECT_ID, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11];
const EXPONENT = [INTEGER, 3, 1, 0, 1];
const KEY_BYTES = 256;
const ATTRIBUTES: Record<string, number> = { CN: 3, C: 6, L: 7, ST: 8, O: 10, OU: 11 };

export interface FullCertificate extends Certificate {
  notBefore: number;
  notAfter: number;
  isAuthority?: boolean;
}

export function writeCertificate(certificate: FullCertificate): number[] {
  const { subject, issuer, names, notBefore, notAfter, isAuthority = false } = certificate;
  const algorithm = element(SEQUENCE, [...SHA256_WITH_RSA, ...NULL]);
  const seed = `${subject}/${issuer}/${names.join()}/${notBefore}`;
  const key = element(SEQUENCE, [...element(INTEGER, [0, ...filler(`key of ${subject}`)]), ...EXPONENT]);
  const body = element(SEQUENCE, [
    ...VERSION_3,
    ...element(INTEGER, serialBytes(certificate.serial ?? serialOf(seed))),
    ...algorithm,
    ...nameOf(issuer),
    ...element(SEQUENCE, [...timeOf(notBefore), ...timeOf(notAfter)]),
    ...nameOf(subject),
    ...element(SEQUENCE, [...element(SEQUENCE, [...RSA, ...NULL]), ...element(BITS, [0, ...key])]),
    ...element(EXTENSIONS, element(SEQUENCE, extensions(names, isAuthority))),
  ]);
  return element(SEQUENCE, [...body, ...algorithm, ...element(BITS, [0, ...filler(`signature of ${seed}`)])]);
}

/** Tag, length and content. */
function element(tag: number, content: readonly number[]): number[] {
  const { length } = content;
  if (length < 0x80) return [tag, length, ...content];
  const digits: number[] = [];
  for (let left = length; left > 0; left >>>= 8) digits.unshift(left & 0xff);
  return [tag, 0x80 + digits.length, ...digits, ...content];
}

/** Bytes that are the same for the same text; the first is never so small that the number would be shorter. */
function filler(text: string): number[] {
  return Array.from({ length: KEY_BYTES }, (_, index) => {
    const byte = fnv1a(`${text}/${index}`) & 0xff;
    return index === 0 ? byte | 0x80 : byte;
  });
}

/** Eight bytes in hexadecimal. */
export function serialOf(text: string): string {
  const half = (salt: string): string => (fnv1a(salt + text) & 0x7fffffff).toString(16).padStart(8, "0");
  return (half("a") + half("b")).toUpperCase();
}

function serialBytes(serial: string): number[] {
  const even = serial.length % 2 === 0 ? serial : `0${serial}`;
  const bytes = (even.match(/../g) ?? ["00"]).map((pair) => parseInt(pair, 16));
  return bytes[0]! >= 0x80 ? [0, ...bytes] : bytes;
}

/** "O=Acme Co; CN=web" */
function nameOf(text: string): number[] {
  const parts = text.split("; ").map((part) => {
    const equals = part.indexOf("=");
    const [key, value] = equals < 0 ? ["CN", part] : [part.slice(0, equals), part.slice(equals + 1)];
    const type = [OBJECT_ID, 3, 0x55, 0x04, ATTRIBUTES[key] ?? ATTRIBUTES["CN"]!];
    return element(SET, element(SEQUENCE, [...type, ...element(UTF8, encodeUtf8(value))]));
  });
  return element(SEQUENCE, parts.flat());
}

/** RFC 5280: the short form has two digits of the year, which end in 2049. */
function timeOf(ms: number): number[] {
  const { year, month, day, hour, minute, second } = toCivil(ms);
  const isShort = year >= 1950 && year < 2050;
  const digits = [month, day, hour, minute, second].map((value) => String(value).padStart(2, "0"));
  const text = `${isShort ? String(year).slice(2) : String(year).padStart(4, "0")}${digits.join("")}Z`;
  return element(isShort ? UTC_TIME : GENERALIZED_TIME, encodeUtf8(text));
}

function extensions(names: readonly string[], isAuthority: boolean): number[] {
  const extension = (number: number, critical: boolean, value: number[]): number[] =>
    element(SEQUENCE, [
      OBJECT_ID,
      3,
      0x55,
      0x1d,
      number,
      ...(critical ? TRUE : []),
      ...element(OCTETS, value),
    ]);
  const basic = extension(19, true, element(SEQUENCE, isAuthority ? TRUE : []));
  if (names.length === 0) return basic;
  const list = names.flatMap((name) =>
    /^\d+\.\d+\.\d+\.\d+$/.test(name)
      ? element(0x87, name.split(".").map(Number))
      : element(0x82, encodeUtf8(name)),
  );
  return [...basic, ...extension(17, false, element(SEQUENCE, list))];
}
