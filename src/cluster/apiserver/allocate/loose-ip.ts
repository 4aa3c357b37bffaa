// IPv4 addresses as Kubernetes still accepts them in old fields: octets may have leading zeros.
// Kubernetes: k8s.io/utils/net ParseIPSloppy (v1.35)
export function parseIpLoosely(text: string): number | undefined {
  const match = /^(\d{1,4})\.(\d{1,4})\.(\d{1,4})\.(\d{1,4})$/.exec(text);
  if (!match) return undefined;
  let value = 0;
  for (const octet of match.slice(1)) {
    if (Number(octet) > 255) return undefined;
    value = value * 256 + Number(octet);
  }
  return value;
}
