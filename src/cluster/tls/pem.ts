// Certificates as text (PEM): what stands in ca.crt and tls.crt, and what openssl prints.
import { decodeBytes, encodeBytes } from "#base/base64";
import type { Certificate } from "../network/types.ts";
import { readCertificate } from "./x509.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----";
const END = "-----END CERTIFICATE-----";

export function pemOf(bytes: readonly number[]): string {
  const lines = encodeBytes(bytes).match(/.{1,64}/g) ?? [];
  return `${BEGIN}\n${lines.join("\n")}\n${END}\n`;
}

/** All that can be read, in order. */
export function certificatesIn(text: string): Certificate[] {
  const found: Certificate[] = [];
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
    const start = at + BEGIN.length;
    at = text.indexOf(END, start);
    // Not looked for again and again where there is none.
    if (at < 0) break;
    const bytes = decodeBytes(text.slice(start, at).replace(/\s/g, ""));
    const certificate = bytes && readCertificate(bytes);
    if (certificate) found.push(certificate);
  }
  return found;
}
