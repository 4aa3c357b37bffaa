// A client's headers and /etc/hosts as the lines that its form shows, and back.

export const headerText = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}:${value && ` ${value}`}`)
    .join("\n");

export function parseHeaders(text: string): Record<string, string> {
  const entries = text.split("\n").filter((line) => line.trim() !== "");
  return Object.fromEntries(
    entries.map((line) => {
      const colon = line.indexOf(":");
      return colon < 0 ? [line.trim(), ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

export const hostsText = (hosts: Record<string, string>): string =>
  Object.entries(hosts)
    .map(([name, ip]) => `${ip} ${name}`)
    .join("\n");

export function parseHosts(text: string): Record<string, string> {
  const rows = text.split("\n").map((line) => line.trim().split(/\s+/));
  return Object.fromEntries(rows.flatMap(([ip = "", ...names]) => names.map((name) => [name, ip])));
}
