// /etc/hosts: which names stand for which addresses without asking anybody.

export function hostsOf(text: string): Record<string, string> {
  const hosts: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const [address, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (!address || !/^\d+\.\d+\.\d+\.\d+$/.test(address)) continue;
    for (const name of names) hosts[name] ??= address;
  }
  return hosts;
}
