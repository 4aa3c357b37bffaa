import { expect, test } from "vitest";
import { nextFloat, nextInt, seedRandom, type RandomState } from "#base/random";
import type { TrafficPolicy } from "#api/service/types";
import type { TraceState } from "../trace/trace.ts";
import type { Leg, Place } from "../trace/types.ts";
import { journeyOf } from "../trace/unpacked.ts";
import { endpoint, lab, service, slice, type Lab } from "./testing/lab.ts";

const NODES = ["node-1", "node-2", "node-3"];
const TYPES = ["ClusterIP", "NodePort", "LoadBalancer"] as const;

interface World {
  made: Lab;
  random: RandomState;
  pods: Map<string, { ip: string; node: string }>;
  targets: string[];
}

function randomWorld(seed: number): World {
  const random = seedRandom(`fuzz/${seed}`);
  const made = lab({ seed: `fuzz/${seed}`, hopMs: 100 });
  const pods = new Map<string, { ip: string; node: string }>();
  for (let index = 0; index < 6; index++) {
    const node = NODES[nextInt(random, 3)]!;
    pods.set(`p${index}`, { ip: made.pod(`p${index}`, node), node });
  }
  const targets = [...pods.values()].map(({ ip }) => `${ip}:8080`);
  targets.push("192.168.8.10:6443", "198.51.100.80:80", "10.96.9.9:80", "10.244.1.200:80", "11.11.11.11:80");
  for (let index = 0; index < 5; index++) targets.push(...addService(made, random, pods, index));
  made.context.network.addOutsideHost("ann", "198.51.100.7");
  made.run(3000);
  return { made, random, pods, targets };
}

function addService(made: Lab, random: RandomState, pods: World["pods"], index: number): string[] {
  const type = TYPES[nextInt(random, 3)]!;
  const local = (): TrafficPolicy => (nextInt(random, 3) === 0 ? "Local" : "Cluster");
  const nodePort = 30_100 + index;
  const [clusterIP, lbIp] = [`10.96.1.${index}`, `203.0.113.${110 + index}`];
  const name = `s${index}`;
  const spec = {
    type,
    clusterIP,
    ports: [{ protocol: "TCP", port: 80, targetPort: 8080, ...(type !== "ClusterIP" && { nodePort }) }],
    internalTrafficPolicy: local(),
    sessionAffinity: nextInt(random, 4) === 0 ? "ClientIP" : "None",
    ...(type !== "ClusterIP" && { externalTrafficPolicy: local() }),
  } as const;
  made.put(
    "Service",
    service(name, { ...spec, ports: [...spec.ports] }, type === "LoadBalancer" ? lbIp : undefined),
  );
  const endpoints = [...pods].flatMap(([pod, { ip, node }]) => {
    if (nextInt(random, 2) === 0) return [];
    const terminating = nextInt(random, 5) === 0;
    const serving = nextInt(random, 4) > 0;
    const conditions = { ready: serving && !terminating, serving, terminating };
    return [endpoint(ip, pod, node, { conditions })];
  });
  made.put("EndpointSlice", slice(name, endpoints));
  const external = NODES.flatMap((_node, at) => [
    `192.168.8.${11 + at}:${nodePort}`,
    `203.0.113.${11 + at}:${nodePort}`,
  ]);
  return [`${clusterIP}:80`, `${clusterIP}:81`, `127.0.0.1:${nodePort}`, `${lbIp}:80`, ...external];
}

const key = (place: Place) => JSON.stringify(place);

/** Legs follow one another without a gap, and the way home is the way out, backwards. */
function checkLegs(legs: readonly Leg[]): void {
  for (const purpose of ["connect", "data"] as const) {
    const mine = legs.filter((leg) => leg.purpose === purpose && !leg.lost);
    const out = mine.filter(({ direction }) => direction === "request");
    const home = mine.filter(({ direction }) => direction === "response");
    out.forEach((leg, index) => {
      if (index === 0) return;
      expect(key(leg.from)).toBe(key(out[index - 1]!.to));
      expect(leg.start).toBeGreaterThanOrEqual(out[index - 1]!.end - 1e-6);
    });
    if (home.length === 0) continue;
    expect(home.map(({ from, to }) => [key(from), key(to)])).toEqual(
      out.map(({ from, to }) => [key(to), key(from)]).reverse(),
    );
    const back = out.map(({ packet }) => ({ src: packet.dst, dst: packet.src })).reverse();
    expect(home.map(({ packet }) => packet)).toEqual(back);
  }
}

function checkRequest({ made, pods }: World, from: string, to: string): string {
  const journey = made.begin(from);
  const connected = made.connect(from, to, { journey, timeoutMs: 400 });
  const text = `${from} > ${to}`;
  if (connected.outcome !== "connected") {
    checkLegs(made.journey(journey).legs);
    const reasons = made.journey(journey).steps.map((step) => step.step);
    const told = ["verdict", "noRule", "socket"].some((step) => reasons.includes(step as never));
    const silent = made.journey(journey).legs.some((leg) => leg.lost === "dropped");
    expect([text, told || silent]).toEqual([text, true]);
    return connected.outcome;
  }
  const answer = made.exchange(connected.connection, { journey });
  expect(answer.outcome).toBe("response");
  made.context.network.disconnect(connected.connection);
  const { legs, steps } = made.journey(journey);
  checkLegs(legs);
  const choice = steps.find((step) => step.step === "choice");
  if (choice && answer.outcome === "response") {
    const pod = pods.get(choice.pod!)!;
    expect(answer.body.split(" ")[0]).toBe(choice.pod);
    const list = steps.find((step) => step.step === "endpoints")!;
    expect(list.candidates.find(({ address }) => address === `${pod.ip}:8080`)).toMatchObject({ in: true });
    expect(list.candidates.filter((candidate) => candidate.in).length).toBe(choice.among);
  }
  const rewrites = steps.filter((step) => step.step === "rewrite");
  const home = rewrites.filter(({ kind }) => kind === "reverse");
  expect(home.length * 2).toBe(rewrites.length);
  // What comes home carries the addresses that the client dialled.
  const last = home.at(-1);
  if (last) expect([text, last.after]).toEqual([text, { src: to, dst: connected.local }]);
  return "connected";
}

test("NET-38: random Services and requests: ways are whole, addresses come back, choices are among the candidates", () => {
  const tally = new Map<string, number>();
  for (let seed = 0; seed < 60; seed++) {
    const world = randomWorld(seed);
    const { random, pods, targets } = world;
    const sources = [
      "outside:ann",
      ...NODES.map((node) => `node:${node}`),
      ...[...pods.keys()].map((pod) => `pod:${pod}`),
    ];
    for (let request = 0; request < 60; request++) {
      const from = sources[Math.floor(nextFloat(random) * sources.length)]!;
      const to = targets[Math.floor(nextFloat(random) * targets.length)]!;
      if (to.includes("6443")) continue;
      const outcome = checkRequest(world, from, to);
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
    }
    const state = world.made.machine.enter<{
      connections: Map<number, object>;
      exchanges: Map<number, object>;
    }>("network").state;
    expect([state.connections.size, state.exchanges.size]).toEqual([0, 0]);
  }
  expect([...tally.keys()].sort()).toEqual(["connected", "refused", "timeout"]);
  expect(Math.min(...tally.values())).toBeGreaterThan(100);
});

test("NET-39: the same seed gives the same journeys", () => {
  const run = (): string => {
    const world = randomWorld(3);
    for (const to of world.targets) checkRequest(world, "outside:ann", to);
    return JSON.stringify(
      [...world.made.machine.enter<TraceState>("trace").state.journeys.values()].map(journeyOf),
    );
  };
  expect(run()).toBe(run());
});
