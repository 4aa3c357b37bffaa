// Reads of a certificate what a client looks at: subject, issuer, serial number, times, and the names that it is good
// for. DER, X.509 v3. Called for Secrets of Ingresses, and for files that curl and openssl are given.
import { parseRfc3339 } from "#base/time";
import { decodeUtf8 } from "#base/utf8";
import type { Certificate } from "../network/types.ts";

interface Node {
  tag: number;
  /** The content's bytes. */
  start: number;
  end: number;
}

const SEQUENCE = 0x30;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const OBJECT_ID = 0x06;
const OCTETS = 0x04;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;
const SUBJECT_ALT_NAME = "85,29,17";
const ATTRIBUTES: Record<string, string> = {
  "85,4,3": "CN",
  "85,4,6": "C",
  "85,4,7": "L",
  "85,4,8": "ST",
  "85,4,10": "O",
  "85,4,11": "OU",
};

/** undefined where the bytes are no certificate. */
export function readCertificate(bytes: readonly number[]): Certificate | undefined {
  const certificate = nodes(bytes, 0, bytes.length)[0];
  const body = certificate && nodes(bytes, certificate.start, certificate.end)[0];
  if (certificate?.tag !== SEQUENCE || body?.tag !== SEQUENCE) return undefined;
  const fields = nodes(bytes, body.start, body.end);
  if (fields[0]?.tag === VERSION) fields.shift();
  const [serial, , issuer, validity, subject] = fields;
  if (issuer?.tag !== SEQUENCE || subject?.tag !== SEQUENCE) return undefined;
  const extensions = fields.find(({ tag }) => tag === EXTENSIONS);
  return {
    subject: nameOf(bytes, subject),
    issuer: nameOf(bytes, issuer),
    names: extensions ? alternativeNames(bytes, extensions) : [],
    ...(serial ? { serial: hexOf(bytes.slice(serial.start, serial.end)) } : {}),
    ...(validity ? timesOf(bytes, validity) : {}),
  };
}

/** Upper-case hexadecimal, without the zero that keeps a number positive. */
function hexOf(bytes: readonly number[]): string {
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.toUpperCase().replace(/^(?:00)+(?=.)/, "");
}

function timesOf(bytes: readonly number[], validity: Node): Pick<Certificate, "notBefore" | "notAfter"> {
  const [from, to] = children(bytes, validity).map((node) => timeOf(text(bytes, node)));
  return {
    ...(from === undefined ? {} : { notBefore: from }),
    ...(to === undefined ? {} : { notAfter: to }),
  };
}

/** "260302085500Z", or with four digits of the year: as milliseconds since 1970. */
function timeOf(digits: string): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(digits) ?? [];
  if (year === undefined) return undefined;
  const full = year.length === 4 ? year : `${Number(year) < 50 ? "20" : "19"}${year}`;
  return parseRfc3339(`${full}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** The elements that stand one after the other between two places. */
function nodes(bytes: readonly number[], from: number, to: number): Node[] {
  const found: Node[] = [];
  let place = from;
  while (place + 2 <= to) {
    const tag = bytes[place]!;
    let length = bytes[place + 1]!;
    let start = place + 2;
    if (length > 0x80) {
      const size = length - 0x80;
      length = 0;
      for (let index = 0; index < size; index++) length = length * 256 + (bytes[start + index] ?? 0);
      start += size;
    }
    if (start + length > to) return found;
    found.push({ tag, start, end: start + length });
    place = start + length;
  }
  return found;
}

const children = (bytes: readonly number[], node: Node): Node[] => nodes(bytes, node.start, node.end);

const text = (bytes: readonly number[], { start, end }: Node): string => decodeUtf8(bytes.slice(start, end));

/** As openssl prints it: "C=SI; O=Acme; CN=kubia.example.com". */
function nameOf(bytes: readonly number[], name: Node): string {
  const parts: string[] = [];
  for (const set of children(bytes, name)) {
    for (const pair of children(bytes, set)) {
      const [type, value] = children(bytes, pair);
      if (!type || !value) continue;
      const key = ATTRIBUTES[bytes.slice(type.start, type.end).join()];
      if (key !== undefined) parts.push(`${key}=${text(bytes, value)}`);
    }
  }
  return parts.join("; ");
}

function alternativeNames(bytes: readonly number[], extensions: Node): string[] {
  const list = children(bytes, extensions)[0];
  for (const extension of list ? children(bytes, list) : []) {
    const parts = children(bytes, extension);
    const type = parts.find(({ tag }) => tag === OBJECT_ID);
    const value = parts.find(({ tag }) => tag === OCTETS);
    if (!type || !value || bytes.slice(type.start, type.end).join() !== SUBJECT_ALT_NAME) continue;
    const names = children(bytes, value)[0];
    return (names ? children(bytes, names) : []).flatMap((name) => {
      if (name.tag === DNS_NAME) return [text(bytes, name)];
      return name.tag === IP_ADDRESS && name.end - name.start === 4
        ? [bytes.slice(name.start, name.end).join(".")]
        : [];
    });
  }
  return [];
}
