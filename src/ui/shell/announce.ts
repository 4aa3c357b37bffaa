// Which changes are worth saying aloud: a pod's state, a Service's endpoints, and what is gone. Never packets. Pure.
import type { KindMap } from "#api/kinds";
import { joined } from "../i18n/i18n.ts";
import { endpointFacts } from "../objects/facts.ts";
import { podLook, type PodLook } from "../status/podStatus.ts";

export interface Spoken {
  name: string;
  word: string;
}

export interface Wording {
  pod: (look: PodLook) => string;
  endpoints: (ready: number, total: number) => string;
  gone: string;
  many: (count: number) => string;
  /** A sentence of who changed and what became of it. */
  item: (name: string, word: string) => string;
}

/** More changes at once are only counted. */
const MOST = 3;

/** What there is to say of each pod and each Service, by a key that is unique among both. */
export function wordsOf(
  pods: ReadonlyMap<string, KindMap["Pod"]>,
  services: ReadonlyMap<string, KindMap["Service"]>,
  slices: ReadonlyMap<string, KindMap["EndpointSlice"]>,
  wording: Wording,
): Map<string, Spoken> {
  const words = new Map<string, Spoken>();
  for (const [key, pod] of pods)
    words.set(`pod/${key}`, { name: pod.metadata.name, word: wording.pod(podLook(pod)) });
  for (const [key, service] of services) {
    const endpoints = endpointFacts(service, slices.values());
    const ready = endpoints.filter((item) => item.ready).length;
    words.set(`svc/${key}`, {
      name: `Service ${service.metadata.name}`,
      word: wording.endpoints(ready, endpoints.length),
    });
  }
  return words;
}

/** Empty where nothing changed; new ones say nothing until they change. */
export function newsOf(
  before: ReadonlyMap<string, Spoken>,
  after: ReadonlyMap<string, Spoken>,
  wording: Wording,
): string {
  const said: string[] = [];
  for (const [key, { name, word }] of after) {
    const old = before.get(key);
    if (old && old.word !== word) said.push(wording.item(name, word));
  }
  for (const [key, { name }] of before) if (!after.has(key)) said.push(wording.item(name, wording.gone));
  return said.length > MOST ? wording.many(said.length) : said.reduce(joined, "").trim();
}
