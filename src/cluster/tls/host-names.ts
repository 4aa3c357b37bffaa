// Whether a certificate is good for a host, by its names. Asked by TLS clients, by servers that choose among several
// certificates, and by the Ingress controller before it shows a Secret's.

/** `*.` stands for one label; the case of letters and a dot at the host's end say nothing. */
export function isNameOf(name: string, host: string): boolean {
  const wanted = host.toLowerCase().replace(/\.$/, "");
  const own = name.toLowerCase();
  if (own === wanted) return true;
  return own.startsWith("*.") && wanted.includes(".") && wanted.slice(wanted.indexOf(".")) === own.slice(1);
}

/** The common name of a subject such as "O=Acme Co; CN=web". */
export function commonNameOf(subject: string): string | undefined {
  return /(?:^|; )CN=([^;]*)/.exec(subject)?.[1];
}
