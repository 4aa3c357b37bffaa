import { expect, test } from "vitest";
import type { Journey, Leg, Place } from "#cluster/trace/types";
import { client, inputOf, pod, service, slice } from "../../layout/fixtures.ts";
import { pointAt } from "../../layout/route.ts";
import { layoutScene } from "../../layout/scene.ts";
import { bandsOf, ratesOf, sampleOf } from "./bands.ts";
import { flightAt, MARK_MS, recentJourneys, RouteCache } from "./flight.ts";
import { packetAt } from "./hit.ts";

const outside: Place = { kind: "client", name: "c" };
const node2: Place = { kind: "node", name: "node-2" };
const podA: Place = { kind: "pod", namespace: "default", name: "a" };

const a = pod("a", { node: "node-1", ip: "10.244.1.5" });
const web = service("web", {
  type: "NodePort",
  ports: [{ port: 80, targetPort: 8080, nodePort: 30123, protocol: "TCP" }],
});
const { scene } = layoutScene(
  inputOf({
    pods: [a],
    services: [web],
    slices: [slice("web", [a])],
    clients: [
      client("c", { kind: "outside", ip: "198.51.100.7" }, "http://192.168.8.12:30123/"),
      client("in", { kind: "pod", namespace: "default", name: "a" }, "http://web/"),
    ],
  }),
  { width: 960, height: 640 },
);

function leg(from: Place, to: Place, start: number, end: number, extra: Partial<Leg> = {}): Leg {
  return {
    from,
    to,
    direction: "request",
    purpose: "data",
    start,
    end,
    packet: { src: "", dst: "" },
    ...extra,
  };
}

function journey(id: number, legs: Leg[], place: Place = outside): Journey {
  return {
    id,
    startedAt: legs[0]!.start,
    client: { place, ip: "198.51.100.7", program: "curl" },
    request: { method: "GET", url: "http://192.168.8.12:30123/", headers: {} },
    legs,
    steps: [],
  };
}

function flight(journeys: Journey[], now: number, since = new Map<Leg, number>(), running = 0, pace = 1) {
  const all = new Map(journeys.map((j) => [j.id, j]));
  return flightAt(scene, journeys, all, now, pace, new RouteCache(), since, running);
}

function where(packet: { route: Parameters<typeof pointAt>[0]; at: number }) {
  const { x, y } = pointAt(packet.route, packet.at, { x: 0, y: 0 });
  return { x: Math.round(x), y: Math.round(y) };
}

const centre = (id: string) => {
  const rect = scene.rects.get(id)!;
  return { left: rect.x, right: rect.x + rect.w, y: Math.round(rect.y + rect.h / 2) };
};

test("CAN-20: a packet is drawn where the simulation has it: from the client's side to the door's", () => {
  const one = journey(1, [leg(outside, node2, 1000, 1100)]);
  const card = centre("client/c");
  const door = centre("door/node-2");
  expect(where(flight([one], 1000).packets[0]!)).toEqual({ x: card.right, y: card.y });
  const late = where(flight([one], 1099.99).packets[0]!);
  expect([Math.abs(late.x - door.left) <= 1, late.y]).toEqual([true, door.y]);
  expect(flight([one], 999).packets).toEqual([]);
  expect(flight([one], 1100).packets).toEqual([]);
});

test("CAN-21: a leg through a Service runs through its card, and the response comes back the same way", () => {
  const via = { via: ["default/web"] };
  const there = flight([journey(1, [leg(node2, podA, 0, 100, via)])], 50).packets[0]!;
  const back = flight([journey(1, [leg(podA, node2, 0, 100, { ...via, direction: "response" })])], 50)
    .packets[0]!;
  const card = scene.rects.get("svc/default/web")!;
  const inside = [...there.route.xs].some(
    (x, i) => x >= card.x && x <= card.x + card.w && Math.abs(there.route.ys[i]! - (card.y + card.h / 2)) < 1,
  );
  expect(inside).toBe(true);
  expect(back.route.d).toBe(there.route.d);
  expect([there.at, back.at]).toEqual([0.5, 0.5]);
});

test("CAN-22: requests of a client in a pod start at the client's card; as a server the pod is its own card", () => {
  const via = { via: ["default/web"] };
  const [asks] = flight([journey(1, [leg(podA, podA, 0, 100, via)], podA)], 1).packets;
  const { xs } = asks!.route;
  expect(xs[0]).toBe(centre("client/in").right);
  expect(xs[xs.length - 1]).toBe(centre("pod/default/a").left);
});

test("CAN-23: handshakes are drawn only while the clock is slow enough to see them", () => {
  const handshake = journey(1, [leg(outside, node2, 0, 4, { purpose: "connect" })]);
  expect(flight([handshake], 2, undefined, 0, 1).packets.length).toBe(0);
  expect(flight([handshake], 2, undefined, 0, 0.05).packets.length).toBe(1);
});

test("CAN-24: the mark of a lost packet lingers in wall time while the clock runs", () => {
  const lost = journey(1, [leg(outside, node2, 0, 100, { lost: "refused" })]);
  const since = new Map<Leg, number>();
  expect(flight([lost], 99, since, 400).marks).toEqual([]);
  expect(flight([lost], 100, since, 500).marks.map((mark) => mark.age)).toEqual([0]);
  expect(flight([lost], 5000, since, 500 + MARK_MS / 2).marks.map((mark) => mark.age)).toEqual([0.5]);
  expect(flight([lost], 9000, since, 500 + MARK_MS).marks).toEqual([]);
});

test("CAN-25: only journeys that moved lately are looked at", () => {
  const journeys = new Map([
    [1, journey(1, [leg(outside, node2, 0, 100)])],
    [2, journey(2, [leg(outside, node2, 5000, 5100)])],
  ]);
  expect(recentJourneys(journeys, 5050, 1000).map((j) => j.id)).toEqual([2]);
});

test("CAN-26: in bands each route has its packets, one numbered sample, and the rate is counted over a second", () => {
  const journeys = Array.from({ length: 40 }, (_, i) =>
    journey(i + 1, [leg(outside, node2, 1000 + i, 1100 + i)]),
  );
  const { packets } = flight(journeys, 1050);
  const bands = bandsOf(packets);
  expect(bands.map((band) => [band.packets.length, sampleOf(band)?.journey.id])).toEqual([[40, 10]]);
  const through = journeys.map((j) =>
    journey(j.id, [leg(node2, podA, j.startedAt, j.startedAt + 9, { via: ["default/web"] })]),
  );
  expect([...ratesOf([...through, ...journeys], 1050)]).toEqual([["default/web", 40]]);
  expect([...ratesOf(through, 1019)]).toEqual([["default/web", 20]]);
});

test("CAN-27: a click finds the packet under the pointer", () => {
  const { packets } = flight([journey(7, [leg(outside, node2, 0, 100)])], 50);
  const { x, y } = where(packets[0]!);
  expect(packetAt(packets, x + 4, y - 4)?.journey.id).toBe(7);
  expect(packetAt(packets, x, y + 30)).toBe(null);
});

test("CAN-28: without motion a packet waits where its leg begins", () => {
  const one = journey(1, [leg(outside, node2, 0, 100)]);
  const still = flightAt(scene, [one], new Map(), 70, 1, new RouteCache(), new Map(), 0, true);
  expect(still.packets.map((packet) => packet.at)).toEqual([0]);
});
