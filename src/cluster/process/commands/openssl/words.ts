// Names and times of certificates as OpenSSL 3.0 prints them.
import type { FullCertificate } from "../../../tls/der.ts";
import { certificateTime } from "../../../tls/times.ts";

/** "O=Acme Co; CN=web" as "O = Acme Co, CN = web". */
export function spacedName(name: string): string {
  return name
    .split("; ")
    .map((part) => part.replace("=", " = "))
    .join(", ");
}

export function alternativeNames(names: readonly string[]): string {
  return names
    .map((name) => (/^\d+\.\d+\.\d+\.\d+$/.test(name) ? `IP Address:${name}` : `DNS:${name}`))
    .join(", ");
}

/** x509 -text. Simplified: without the key's and the signature's bytes. */
export function certificateText(certificate: FullCertificate): string {
  const { subject, issuer, names, notBefore, notAfter, serial = "00" } = certificate;
  const number = BigInt(`0x${serial}`);
  const digits = serial.toLowerCase().replace(/^0+(?=.)/, "");
  const small = serial.length <= 16;
  const shown = small
    ? ` ${number} (0x${digits})`
    : `\n            ${serial.toLowerCase().replace(/..(?=.)/g, "$&:")}`;
  const extension =
    names.length === 0
      ? ""
      : `            X509v3 Subject Alternative Name: \n                ${alternativeNames(names)}\n`;
  return `Certificate:
    Data:
        Version: 3 (0x2)
        Serial Number:${shown}
        Signature Algorithm: sha256WithRSAEncryption
        Issuer: ${spacedName(issuer)}
        Validity
            Not Before: ${certificateTime(notBefore)}
            Not After : ${certificateTime(notAfter)}
        Subject: ${spacedName(subject)}
        Subject Public Key Info:
            Public Key Algorithm: rsaEncryption
                Public-Key: (2048 bit)
        X509v3 extensions:
            X509v3 Basic Constraints: critical
                CA:${certificate.isAuthority || subject === issuer ? "TRUE" : "FALSE"}
${extension}    Signature Algorithm: sha256WithRSAEncryption
`;
}
