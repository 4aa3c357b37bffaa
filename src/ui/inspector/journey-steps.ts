// What the verdicts and the checks look up among a journey's recorded steps. Pure.
import type { Journey, Step } from "#cluster/trace/types";

export type Of<K extends Step["step"]> = Extract<Step, { step: K }>;

export function last<K extends Step["step"]>(journey: Journey, kind: K): Of<K> | undefined {
  return journey.steps.findLast((step) => step.step === kind) as Of<K> | undefined;
}

/** Whether the name server kept silent, so that it said neither yes nor no. */
export const isSilent = (dns: Of<"dns">): boolean => dns.queries.at(-1)?.rcode === "TIMEOUT";

const SERVICE_NAME = /^(?:[^.]+\.)?([^.]+)\.[^.]+\.svc\.cluster\.local\.?$/;

export interface NamedService {
  service: string;
  /** The name that an ExternalName Service stands for; a headless Service has none. */
  alias?: string;
}

/** A Service that took part as a name only: none of its rules was passed. */
export function servedByName(journey: Journey): NamedService | undefined {
  if (last(journey, "service")) return undefined;
  const answered = last(journey, "dns")?.queries.find(({ answer }) => answer.length > 0);
  const service = SERVICE_NAME.exec(answered?.name ?? "")?.[1];
  if (!answered || service === undefined) return undefined;
  const alias = answered.answer.find((item) => item.endsWith("."));
  return alias === undefined ? { service } : { service, alias: alias.slice(0, -1) };
}

/** "10.96.0.1:80" as address and port. */
export function splitAddress(address: string): { ip: string; port: string } {
  const at = address.lastIndexOf(":");
  return { ip: address.slice(0, at), port: address.slice(at + 1) };
}
