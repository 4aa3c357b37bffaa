// Certificates as text (PEM): what stands in ca.crt and tls.crt, and what openssl prints.
import { decodeBytes, encodeBytes } from "#base/base64";
import type { Certificate } from "../network/types.ts";
import { readCertificate } from "./x509.ts";

const BLOCK = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g;

export function pemOf(bytes: readonly number[]): string {
  const lines = encodeBytes(bytes).match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** All that can be read, in order. */
export function certificatesIn(text: string): Certificate[] {
  return [...text.matchAll(BLOCK)].flatMap(
    ([, body = ""]) => readCertificate(decodeBytes(body.replace(/\s/g, "")) ?? []) ?? [],
  );
}
