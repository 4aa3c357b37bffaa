// The ENDPOINTS cell: three addresses at most, and how many more there are.
// Kubernetes: formatEndpoints in pkg/printers/internalversion/printers.go (v1.35)
import type { Endpoints } from "./types.ts";

const SHOWN = 3;

/** Blank when there are subsets, but nothing in them is ready. */
export function endpointsCell({ subsets = [] }: Endpoints): string {
  if (subsets.length === 0) return "<none>";
  const list: string[] = [];
  let count = 0;
  const add = (text: string): void => {
    if (list.length < SHOWN) list.push(text);
    count++;
  };
  for (const { addresses = [], ports = [] } of subsets) {
    for (const { ip } of ports.length === 0 ? addresses : []) add(ip);
    for (const { port } of ports) for (const { ip } of addresses) add(hostPort(ip, port));
  }
  const text = list.join(",");
  return count > SHOWN ? `${text} + ${count - SHOWN} more...` : text;
}

export const hostPort = (ip: string, port: number): string =>
  ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`;
