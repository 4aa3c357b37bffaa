// Whether two places are one: a packet that does not leave its place makes no leg.
import type { Place } from "./types.ts";

export function samePlace(a: Place, b: Place): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === "pod" && b.kind === "pod") return a.namespace === b.namespace && a.name === b.name;
  if (a.kind === "loadBalancer" && b.kind === "loadBalancer") return a.ip === b.ip;
  if (a.kind === "internet" && b.kind === "internet") return a.ip === b.ip;
  return a.kind === "ingress" || ("name" in a && "name" in b && a.name === b.name);
}
