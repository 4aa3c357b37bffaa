import { expect, test } from "vitest";
import type { Journey, Step } from "#cluster/trace/types";
import { client, ingress, inputOf, pod, service, slice } from "../layout/fixtures.ts";
import { NO_SIGHTINGS, type Sightings } from "../layout/input.ts";
import { layoutScene } from "../layout/scene.ts";
import { busyEdges } from "./busy.ts";
import { connectedEdges } from "./hover.ts";
import { nextCard } from "./keyboard.ts";
import { notePlace } from "./notePlace.ts";
import { currentRewrite } from "./rewrite.ts";
import { withSightings } from "./sightings.ts";
import { storyOf, touchedCards } from "./spotlight.ts";

const a = pod("a", { node: "node-1", ip: "10.244.1.5" });
const b = pod("b", { node: "node-2", ip: "10.244.2.5" });
const nodePort = { port: 80, targetPort: 8080, nodePort: 30123, protocol: "TCP" } as const;
const input = inputOf({
  pods: [a, b],
  services: [
    service("web", { type: "NodePort", ports: [nodePort] }),
    service("other", { selector: { app: "x" } }),
  ],
  slices: [slice("web", [a, b])],
  ingresses: [ingress("site", "a.example.com", "web")],
  clients: [client("c", { kind: "outside", ip: "198.51.100.7" }, "http://192.168.8.12:30123/")],
});
const { scene } = layoutScene(input, { width: 960, height: 640 });

function journey(id: number, over: Partial<Journey>): Journey {
  return {
    id,
    startedAt: 0,
    client: { place: { kind: "client", name: "c" }, ip: "", program: "curl" },
    request: { method: "GET", url: "", headers: {} },
    legs: [],
    steps: [],
    ...over,
  };
}

function rewrite(at: number, kind: "DNAT" | "reverse"): Step {
  const addresses = { src: `s${at}`, dst: `d${at}` };
  return { at, step: "rewrite", node: "node-2", kind, before: addresses, after: addresses };
}

const packet = { src: "", dst: "" };
const data = { direction: "request", purpose: "data", start: 0, end: 100, packet } as const;

test("CAN-30: the story of a request holds the controller's request to the pod, and the cards that both touched", () => {
  const outer = journey(1, {
    legs: [{ ...data, from: { kind: "client", name: "c" }, to: { kind: "ingress" } }],
    steps: [
      {
        at: 5,
        step: "ingress",
        ingress: "default/site",
        host: "a.example.com",
        path: "/",
        outcome: "matched",
      },
    ],
  });
  const inner = journey(2, {
    parent: 1,
    client: { place: { kind: "ingress" }, ip: "", program: "ingress" },
    legs: [{ ...data, from: { kind: "ingress" }, to: { kind: "pod", namespace: "default", name: "b" } }],
  });
  const journeys = new Map([outer, inner, journey(3, {})].map((entry) => [entry.id, entry]));
  expect(storyOf(journeys, 1).map((entry) => entry.id)).toEqual([1, 2]);
  expect(storyOf(journeys, 2).map((entry) => entry.id)).toEqual([1, 2]);
  expect([...touchedCards(scene, storyOf(journeys, 1))]).toEqual([
    "client/c",
    "ingress/default/site",
    "pod/default/b",
  ]);
});

test("CAN-31: the note shows the last rewrite so far, and once the request has ended the last on its way there", () => {
  const running = journey(1, { steps: [rewrite(10, "DNAT"), rewrite(50, "reverse")] });
  expect(currentRewrite([running], 5)).toBe(null);
  expect(currentRewrite([running], 20)?.at).toBe(10);
  expect(currentRewrite([running], 60)?.at).toBe(50);
  const ended = { ...running, end: { kind: "response", at: 70, status: 200, body: "" } } as const;
  expect(currentRewrite([ended], 80)?.at).toBe(10);
});

test("CAN-32: a note covers no card where there is a side that is free", () => {
  const place = notePlace(scene, "svc/default/web", { w: 216, h: 90 }, [], new Set(), [])!;
  for (const [id, rect] of scene.rects) {
    if (id.startsWith("node/")) continue;
    const covers =
      place.x < rect.x + rect.w &&
      rect.x < place.x + place.w &&
      place.y < rect.y + rect.h &&
      rect.y < place.y + place.h;
    expect([id, covers]).toEqual([id, false]);
  }
});

test("CAN-33: hovering a card lights the whole way to it and on from it", () => {
  expect([...connectedEdges(scene.edges, "door/node-2")].sort()).toEqual([
    "client/c>door/node-2",
    "door/node-2>svc/default/web",
    "svc/default/web>pod/default/a",
    "svc/default/web>pod/default/b",
  ]);
});

test("CAN-33: behind a door that many Services share, only a Service's own balancer and pods are lit", () => {
  const balanced = inputOf({
    pods: [a, b],
    services: ["web", "shop"].map((name) =>
      service(name, { type: "LoadBalancer", ports: [nodePort] }, `203.0.113.${name.length}`),
    ),
    slices: [slice("web", [a, b]), slice("shop", [a, b])],
  });
  const { edges } = layoutScene(balanced, { width: 960, height: 640 }).scene;
  const ends = (card: string): string[] =>
    [...connectedEdges(edges, card)].filter((id) => /^lb|pod/.test(id)).sort();
  const doors = [...new Set(edges.filter(({ from }) => from.startsWith("lb/")).map(({ to }) => to))].sort();
  expect(doors.length).toBeGreaterThan(1);
  const pods = ["a", "b"].map((name) => `svc/default/shop>pod/default/${name}`);
  const own = [...doors.map((door) => `lb/default/shop>${door}`), ...pods];
  expect(ends("svc/default/shop")).toEqual(own);
  expect(ends("lb/default/shop")).toEqual(own);
  expect(ends(doors[0]!).filter((id) => id.startsWith("svc"))).toHaveLength(4);
});

test("CAN-37: edges are busy that the newest requests ran along", () => {
  const place = { kind: "client", name: "c" } as const;
  const node = { kind: "node", name: "node-2" } as const;
  const legs: Journey["legs"] = [
    { ...data, from: place, to: node },
    { ...data, from: node, to: { kind: "pod", namespace: "default", name: "a" }, via: ["default/web"] },
  ];
  expect([...busyEdges(scene, new Map([[1, journey(1, { legs })]]))].sort()).toEqual([
    "client/c>door/node-2",
    "door/node-2>svc/default/web",
    "svc/default/web>pod/default/a",
  ]);
  const silent = Array.from({ length: 60 }, (_, at) => [at + 2, journey(at + 2, {})] as const);
  expect(busyEdges(scene, new Map([[1, journey(1, { legs })], ...silent])).size).toBe(0);
});

test("CAN-34: arrows move to the next card in their direction", () => {
  const { rects } = scene;
  expect(nextCard(rects, "client/c", "ArrowRight")).toBe("door/node-2");
  expect(nextCard(rects, "door/node-2", "ArrowUp")).toBe("door/node-1");
  expect(nextCard(rects, "door/node-2", "ArrowRight")).toBe("svc/default/web");
  expect(nextCard(rects, "client/c", "ArrowLeft")).toBe(null);
  // The Service stands lower than its pods' row, and is still what comes next.
  expect(nextCard(rects, "door/node-1", "ArrowRight")).toBe("svc/default/web");
  expect(nextCard(rects, "pod/default/a", "ArrowLeft")).toBe("svc/default/web");
});

test("CAN-35: who asks from the terminal gets a card, and every first target an edge; the newest three are kept", () => {
  let seen: Sightings = NO_SIGHTINGS;
  const asks = (id: number, node: number): Journey =>
    journey(id, {
      client: { place: { kind: "client", name: "laptop" }, ip: "", program: "curl" },
      legs: [
        { ...data, from: { kind: "client", name: "laptop" }, to: { kind: "node", name: `node-${node}` } },
      ],
    });
  for (const node of [1, 2, 3, 3, 2]) seen = withSightings(seen, [asks(node, node)]);
  expect(withSightings(seen, [asks(9, 2)])).toBe(seen);
  const { scene: after } = layoutScene({ ...input, seen }, { width: 960, height: 640 });
  expect(after.edges.filter((edge) => edge.from === "client/laptop").map((edge) => edge.to)).toEqual([
    "door/node-3",
    "door/node-2",
    "door/node-1",
  ]);
});
