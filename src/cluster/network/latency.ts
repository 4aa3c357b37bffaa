// How long packets take. Handshakes, probes and DNS take what they take between real machines; requests of clients
// take the time that the settings say, so that they can be seen.
import type { ClusterSettings } from "../settings.ts";

/** One way between two machines of one network, and between two namespaces of one machine. */
const REAL_BETWEEN_MS = 0.12;
const REAL_WITHIN_MS = 0.03;
/** What a person sees of a movement within a node, at most. */
const VISIBLE_WITHIN_MS = 3;

/** What a packet takes along the whole way, as handshakes and refusals do. */
export function wayMs(settings: ClusterSettings, stations: readonly { machine: string }[]): number {
  let sum = 0;
  for (let index = 1; index < stations.length; index++) {
    sum += hopMs(settings, false, stations[index - 1]!.machine, stations[index]!.machine);
  }
  return sum;
}

export function hopMs(settings: ClusterSettings, visible: boolean, from: string, to: string): number {
  const within = from === to;
  if (!visible) return within ? REAL_WITHIN_MS : REAL_BETWEEN_MS;
  return within ? Math.min(VISIBLE_WITHIN_MS, settings.hopMs / 4) : settings.hopMs;
}
