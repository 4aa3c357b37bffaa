// Names of ports as /etc/services has them, for the tools that print or take them: nc, netstat and ss, tcpdump.
const NAMES: Readonly<Record<string, string>> = {
  22: "ssh",
  25: "smtp",
  53: "domain",
  80: "http",
  443: "https",
  3306: "mysql",
  5432: "postgresql",
  6379: "redis",
  8080: "http-alt",
};

const PORTS = new Map(Object.entries(NAMES).map(([port, name]) => [name, Number(port)]));

export function serviceOf(port: string): string | undefined {
  return NAMES[port];
}

export function portOf(service: string): number | undefined {
  return PORTS.get(service);
}
