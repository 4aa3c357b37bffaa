// The ports of port-forward: LOCAL:REMOTE, names of ports, and the ports of a Service as its pod has them.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/portforward/portforward.go, client-go/tools/portforward (v1.35)
import type { Pod } from "#api/pod/types";
import type { Service } from "#api/service/types";
import { plainError } from "../../errors.ts";
import { goQuote } from "../../go-values.ts";

export interface Forwarding {
  local: number;
  remote: number;
}

function splitPort(word: string): [local: string, remote: string] {
  const [first = "", second, ...more] = word.split(":");
  return second === undefined || more.length > 0 ? [first, first] : [first, second];
}

const isNumber = (word: string): boolean => /^[+-]?\d+$/.test(word);

/** Names of the pod's ports become numbers. */
export function podPorts(words: readonly string[], pod: Pod): string[] {
  return words.map((word) => {
    const [local, remote] = splitPort(word);
    if (remote === "") throw plainError("remote port cannot be empty");
    if (isNumber(remote)) return local === remote ? remote : `${local}:${remote}`;
    const port = namedPort(pod, remote);
    return joined(local === remote ? String(port) : local, port);
  });
}

function namedPort(pod: Pod, name: string): number {
  for (const { ports = [] } of pod.spec.containers) {
    const found = ports.find((port) => port.name === name);
    if (found) return found.containerPort;
  }
  throw plainError(`Pod '${pod.metadata.name}' does not have a named port '${name}'`);
}

const joined = (local: string, remote: number): string =>
  local === String(remote) ? local : `${local}:${remote}`;

/** Ports of the Service become those of the pod that stands for it. */
export function servicePorts(words: readonly string[], service: Service, pod: Pod): string[] {
  const { spec, metadata } = service;
  return words.map((word) => {
    const [local, remote] = splitPort(word);
    const named = isNumber(remote) ? undefined : spec.ports?.find(({ name }) => name === remote);
    if (!isNumber(remote) && !named)
      throw plainError(`Service '${metadata.name}' does not have a named port '${remote}'`);
    const number = named ? named.port : Number(remote);
    const own = local === remote ? String(number) : local;
    return joined(own, containerPort(service, pod, number));
  });
}

function containerPort({ spec, metadata }: Service, pod: Pod, number: number): number {
  const port = spec.ports?.find((item) => item.port === number);
  if (!port) throw plainError(`Service ${metadata.name} does not have a service port ${number}`);
  if (spec.clusterIP === "None") return number;
  const { targetPort } = port;
  if (typeof targetPort === "number") return targetPort === 0 ? number : targetPort;
  return targetPort === undefined ? number : namedPort(pod, targetPort);
}

export function parseForwardings(words: readonly string[]): Forwarding[] {
  return words.map((word) => {
    const [local, remote] = splitPort(word);
    if (word.split(":").length > 2) throw plainError(`invalid port format '${word}'`);
    const parsed = { local: parsed16(local || "0", "local"), remote: parsed16(remote, "remote") };
    if (parsed.remote === 0) throw plainError("remote port must be > 0");
    return parsed;
  });
}

function parsed16(word: string, which: string): number {
  const fail = (why: string): never => {
    throw plainError(
      `error parsing ${which} port '${word}': strconv.ParseUint: parsing ${goQuote(word)}: ${why}`,
    );
  };
  if (!/^\d+$/.test(word)) return fail("invalid syntax");
  return Number(word) > 65535 ? fail("value out of range") : Number(word);
}
