import { expect, test } from "vitest";
import type { LayoutInput } from "./input.ts";
import { client, ingress, inputOf, node, pod, replicaSet, service, slice, workload } from "./fixtures.ts";
import { layoutScene, type Scene } from "./scene.ts";
import { NO_SLOTS } from "./slots.ts";

const SIZE = { width: 960, height: 640 };
const outside = { kind: "outside", ip: "198.51.100.7" } as const;

function world(pods: ReturnType<typeof pod>[], services = [service("web")]): LayoutInput {
  return inputOf({
    pods,
    services,
    slices: services.map((s) => slice(s.metadata.name, pods)),
    clients: [client("c", outside, "http://192.168.8.12:30123/")],
  });
}

/** Pairs of cards that cover each other; node frames hold their pods by design. */
function overlapping(scene: Scene): string[] {
  const cards = [...scene.rects].filter(([id]) => !id.startsWith("node/"));
  const pairs: string[] = [];
  cards.forEach(([a, r], index) => {
    for (const [b, s] of cards.slice(index + 1)) {
      if (r.x < s.x + s.w && s.x < r.x + r.w && r.y < s.y + s.h && s.y < r.y + r.h) pairs.push(`${a} ${b}`);
    }
  });
  return pairs;
}

const nodePort = { port: 80, targetPort: 8080, nodePort: 30123, protocol: "TCP" } as const;

function crowd(): LayoutInput {
  const pods = [1, 2, 3, 4, 5, 6, 7].map((i) =>
    pod(`p${i}`, { node: `node-${1 + (i % 3)}`, ip: `10.244.1.${i}`, ready: i % 3 > 0 }),
  );
  return inputOf({
    pods: [...pods, pod("waiting")],
    services: [
      service("lb", { type: "LoadBalancer", ports: [nodePort] }, "203.0.113.100"),
      service("lb2", { type: "LoadBalancer", ports: [{ ...nodePort, nodePort: 30124 }] }, "203.0.113.101"),
      service("plain"),
      service("manual", { selector: undefined }),
      service("ext", { type: "ExternalName", externalName: "api.example.com", ports: [] }),
    ],
    slices: [slice("lb", pods), slice("plain", pods), slice("manual", ["11.11.11.11"])],
    ingresses: [ingress("site", "a.example.com", "plain"), ingress("other", "b.example.com", "lb")],
    clients: [
      client("c", outside, "http://{lb:default/lb}/"),
      client("d", outside, "http://a.example.com/"),
      client("e", outside, "http://192.168.8.13:30124/"),
      client("in", { kind: "pod", namespace: "default", name: "p1" }, "http://plain/"),
      client("in2", { kind: "node", name: "node-1" }, "http://10.96.0.50/"),
    ],
  });
}

test.each([390, 640, 960, 1400])("CAN-10: no card covers another at %i px", (width) => {
  const { scene } = layoutScene(crowd(), { width, height: 640 });
  expect(overlapping(scene)).toEqual([]);
  expect(scene.cards.length).toBe(scene.rects.size);
});

test("CAN-11: the same cluster gives the same picture", () => {
  const shape = (scene: Scene): unknown => [
    [...scene.rects],
    scene.edges.map((e) => [e.id, e.route.d]),
    scene.wall,
  ];
  expect(shape(layoutScene(crowd(), SIZE).scene)).toEqual(shape(layoutScene(crowd(), SIZE).scene));
});

test("CAN-12: nothing that stands moves when something comes", () => {
  const pods = [1, 2, 3].map((i) => pod(`p${i}`, { node: `node-${i}`, ip: `10.244.${i}.2` }));
  const first = layoutScene(world(pods), SIZE);
  const more = [1, 2, 3].flatMap((i) =>
    [4, 5, 6].map((j) => pod(`q${i}${j}`, { node: `node-${i}`, ip: `10.244.${i}.${j}`, app: "late" })),
  );
  const services = [
    service("web"),
    service("second"),
    service("third", { type: "LoadBalancer", ports: [nodePort] }, "203.0.113.100"),
  ];
  const grown = inputOf({
    pods: [...more, ...pods],
    services,
    slices: services.map((s) => slice(s.metadata.name, pods)),
    ingresses: [ingress("site", "a.example.com", "web")],
    clients: [
      client("c", outside, "http://192.168.8.12:30123/"),
      client("in", { kind: "pod", namespace: "default", name: "p1" }, "http://web/"),
    ],
  });
  const second = layoutScene(grown, SIZE, first.slots);
  expect(overlapping(second.scene)).toEqual([]);
  for (const [id, rect] of first.scene.rects) {
    const now = second.scene.rects.get(id);
    const { x, y } = rect;
    expect([id, now?.x, now?.y]).toEqual([id, x, y]);
  }
});

test("CAN-13: a pod that goes frees its place for the next, and the others stay", () => {
  const on1 = ["a", "b", "c"].map((name) =>
    pod(name, { node: "node-1", ip: `10.244.1.${name.charCodeAt(0)}` }),
  );
  const first = layoutScene(world(on1), SIZE);
  const place = first.scene.rects.get("pod/default/a");
  const next = [on1[1]!, on1[2]!, pod("d", { node: "node-1", ip: "10.244.1.9" })];
  const second = layoutScene(world(next), SIZE, first.slots);
  expect(second.scene.rects.get("pod/default/d")).toEqual(place);
  expect(second.scene.rects.get("pod/default/b")).toEqual(first.scene.rects.get("pod/default/b"));
  expect(second.scene.rects.has("pod/default/a")).toBe(false);
});

test("CAN-14: a door, its node and the node's first pod share a line", () => {
  const pods = [1, 2, 3].map((i) => pod(`p${i}`, { node: `node-${i}`, ip: `10.244.${i}.2` }));
  const { scene } = layoutScene(world(pods, [service("web", { type: "NodePort", ports: [nodePort] })]), SIZE);
  const centre = (id: string): number => scene.rects.get(id)!.y + scene.rects.get(id)!.h / 2;
  for (const i of [1, 2, 3]) expect(centre(`door/node-${i}`)).toBe(centre(`pod/default/p${i}`));
  expect(centre("svc/default/web")).toBe(centre("door/node-2"));
});

test("CAN-15: doors stand in the wall, outside clients before it, inside clients within it", () => {
  const { scene } = layoutScene(crowd(), SIZE);
  const { left } = scene.wall;
  const door = scene.rects.get("door/node-1")!;
  expect(door.x < left && left < door.x + door.w).toBe(true);
  for (const id of ["client/c", "lb/default/lb"]) {
    const rect = scene.rects.get(id)!;
    expect(rect.x + rect.w < left).toBe(true);
  }
  // The bay: the wall's outline passes left of the inside client, above and below it.
  const inside = scene.rects.get("client/in")!;
  const xs = [...scene.wall.d.matchAll(/[MLQ](-?[\d.]+) (-?[\d.]+)/g)].map((m) => [
    Number(m[1]),
    Number(m[2]),
  ]);
  expect(xs.some(([x, y]) => x! <= inside.x && y! < inside.y)).toBe(true);
  expect(xs.some(([x, y]) => x! <= inside.x && y! > inside.y + inside.h)).toBe(true);
});

test("CAN-16: edges start and end at their cards' sides, whatever they pass on the way", () => {
  const { scene } = layoutScene(crowd(), SIZE);
  for (const edge of scene.edges) {
    const a = scene.rects.get(edge.from)!;
    const b = scene.rects.get(edge.to)!;
    const { xs, ys } = edge.route;
    const last = xs.length - 1;
    expect([edge.id, xs[0], xs[last]]).toEqual([edge.id, a.x + a.w, b.x]);
    expect(ys[0]! >= a.y && ys[0]! <= a.y + a.h && ys[last]! >= b.y && ys[last]! <= b.y + b.h).toBe(true);
  }
});

test("CAN-17: lines that skip a lane pass between its cards", () => {
  const { scene } = layoutScene(crowd(), SIZE);
  const crossing: string[] = [];
  for (const edge of scene.edges) {
    for (const [id, rect] of scene.rects) {
      if (id === edge.from || id === edge.to || !/^(svc|lb|door)/.test(id)) continue;
      const { xs, ys } = edge.route;
      if (
        xs.some(
          (x, i) =>
            x > rect.x + 2 && x < rect.x + rect.w - 2 && ys[i]! > rect.y + 2 && ys[i]! < rect.y + rect.h - 2,
        )
      ) {
        crossing.push(`${edge.id} through ${id}`);
      }
    }
  }
  expect(crossing).toEqual([]);
});

test("CAN-17: a card outside the cluster does not turn lines aside that end beside it", () => {
  const pods = [1, 2, 3, 4, 5, 6].map((i) => pod(`p${i}`, { node: "node-1", ip: `10.244.1.${i}` }));
  const input = inputOf({
    pods,
    services: [
      service("web"),
      service("ext", { type: "ExternalName", externalName: "a.example", ports: [] }),
    ],
    slices: [slice("web", pods)],
  });
  const { scene } = layoutScene(input, { width: 760, height: 300 });
  const second = scene.edges.filter(({ to }) => scene.rects.get(to)!.x > scene.geometry.node.x + 60);
  expect(second.length).toBeGreaterThan(0);
  for (const { route, to } of second) {
    const { x } = scene.rects.get(to)!;
    expect(route.xs.every((at, index) => index === 0 || at >= route.xs[index - 1]! - 45)).toBe(true);
    expect(Math.max(...route.xs)).toBeLessThanOrEqual(x + 1);
  }
});

test("CAN-18: ten times the pods cost about ten times the routes and cells, never more", () => {
  const size = (count: number): number => {
    const pods = workload("web", count);
    const input = inputOf({
      pods,
      replicaSets: [replicaSet("web-7c9d", "web")],
      services: [service("web", { selector: { app: "web" } })],
      slices: [slice("web", pods)],
    });
    const { scene, slots } = layoutScene(input, SIZE, NO_SLOTS);
    const points = scene.edges.reduce((sum, edge) => sum + edge.route.xs.length, 0);
    const dots = scene.topology.groups.reduce((sum, group) => sum + group.total, 0);
    return points + dots + slots.spans.size + scene.topology.cardOfPod.size;
  };
  expect(size(3000)).toBeLessThan(10.5 * size(300));
});

test("CAN-19: a node that comes later takes a row of its own below", () => {
  const pods = [1, 2].map((i) => pod(`p${i}`, { node: `node-${i}`, ip: `10.244.${i}.2` }));
  const first = layoutScene(
    { ...world(pods), objects: { ...world(pods).objects, Node: new Map([["node-2", node(2)]]) } },
    SIZE,
  );
  const second = layoutScene(world(pods), SIZE, first.slots);
  expect(second.scene.rects.get("node/node-2")).toEqual(first.scene.rects.get("node/node-2"));
  expect(overlapping(second.scene)).toEqual([]);
});
