// Evidence of a Service's choice: all of its endpoints, as journeys show them.
import type { Candidate } from "../trace/types.ts";
import type { PortRule } from "./rules.ts";

/** A Service of thousands of pods would make every journey as long. */
const CANDIDATES_SHOWN = 200;

/** Every endpoint of the Service's port, with the reason why it is in or out. Built once for each rule and pool. */
export function candidatesOf(
  rule: PortRule,
  node: string,
  policy: "Cluster" | "Local",
  chosen: PortRule["endpoints"],
  pool: "ready" | "terminating" | "none",
): Candidate[] {
  const key = policy === "Local" || chosen !== rule.cluster.endpoints ? `${policy}/${node}` : policy;
  const known = rule.candidates.get(key);
  if (known) return known;
  const inside = new Set(chosen);
  const list = rule.endpoints.slice(0, CANDIDATES_SHOWN).map((endpoint): Candidate => {
    const candidate: Candidate = { address: endpoint.address, in: inside.has(endpoint), reason: "" };
    if (endpoint.pod) candidate.pod = endpoint.pod;
    if (endpoint.node) candidate.node = endpoint.node;
    if (candidate.in) candidate.reason = pool === "terminating" ? "terminating" : "ready";
    else if (endpoint.unresolved) candidate.reason = "portUnresolved";
    else if (policy === "Local" && endpoint.node !== node) candidate.reason = "notOnThisNode";
    else if (endpoint.terminating) candidate.reason = "terminating";
    else if (!endpoint.ready) candidate.reason = "notReady";
    else candidate.reason = "otherZone";
    return candidate;
  });
  rule.candidates.set(key, list);
  return list;
}
