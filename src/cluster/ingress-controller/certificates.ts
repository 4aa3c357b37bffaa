// Certificates for TLS sections: which Secret serves a host, and what nginx shows where none does.
import type { IngressTls } from "#api/ingress/types";
import type { Secret } from "#api/secret/types";
import { decodeBase64 } from "#base/base64";
import type { Certificate } from "../network/types.ts";
import { commonNameOf, isNameOf } from "../tls/host-names.ts";
import { certificatesIn } from "../tls/pem.ts";

const FAKE_NAME = "Kubernetes Ingress Controller Fake Certificate";

/** Shown wherever no Secret fits. */
export const FAKE_CERTIFICATE: Certificate = {
  subject: `O=Acme Co; CN=${FAKE_NAME}`,
  issuer: `O=Acme Co; CN=${FAKE_NAME}`,
  names: ["ingress.local"],
};

/** undefined: the host has no TLS. Without a certificate it has TLS, with the fake one. */
export function certificateFor(
  host: string,
  namespace: string,
  tls: readonly IngressTls[],
  secrets: ReadonlyMap<string, Secret>,
): { certificate?: Certificate } | undefined {
  const read = (name: string | undefined): Certificate | undefined => {
    const secret = name === undefined ? undefined : secrets.get(`${namespace}/${name}`);
    return secret && certificateIn(secret);
  };
  const listed = tls.find(({ hosts }) => hosts?.some((name) => name.toLowerCase() === host));
  if (listed) {
    const certificate = read(listed.secretName);
    return certificate && covers(certificate, host) ? { certificate } : {};
  }
  for (const { secretName } of tls) {
    const certificate = read(secretName);
    if (certificate && covers(certificate, host)) return { certificate };
  }
  return undefined;
}

function certificateIn({ data }: Secret): Certificate | undefined {
  const pem = data?.["tls.crt"];
  if (pem === undefined || data?.["tls.key"] === undefined) return undefined;
  return certificatesIn(decodeBase64(pem))[0];
}

/** By the names of the certificate, its common name among them. */
function covers({ subject, names }: Certificate, host: string): boolean {
  return [...names, commonNameOf(subject) ?? ""].some((name) => isNameOf(name, host));
}
