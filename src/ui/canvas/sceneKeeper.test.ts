import { afterEach, expect, test } from "vitest";
import type { Journey } from "#cluster/trace/types";
import { useStore } from "#session/store";
import { client, inputOf, node, pod, service, slice } from "../layout/fixtures.ts";
import { createSceneKeeper } from "./sceneKeeper.ts";

const initial = useStore.getState();
afterEach(() => useStore.setState(initial, true));

const a = pod("a", { node: "node-1", ip: "10.244.1.5" });
const { objects } = inputOf({
  nodes: [node(1)],
  pods: [a],
  services: [service("web")],
  slices: [slice("web", [a])],
});

function started() {
  const keeper = createSceneKeeper();
  useStore.setState({ loaded: true, objects, now: 100 });
  keeper.resize({ width: 960, height: 640 });
  return { keeper, stop: keeper.start() };
}

test("CAN-50: a batch that changes nothing in the picture lays nothing out", () => {
  const { keeper, stop } = started();
  const before = keeper.current();
  useStore.setState({ now: 200, faults: {}, stoppedNodes: [], journeys: new Map(), clientStatus: {} });
  useStore.setState({ now: 300, objects: { ...objects, Event: new Map() } });
  expect(keeper.current()).toBe(before);
  useStore.setState({ now: 400, stoppedNodes: ["node-1"] });
  expect(keeper.current()).not.toBe(before);
  stop();
});

test("CAN-51: time that runs backwards is another scenario: nothing is remembered of where things stood", () => {
  const { keeper, stop } = started();
  const where = () => keeper.current()!.rects.get("pod/default/b");
  const b = pod("b", { node: "node-1", ip: "10.244.1.6" });
  useStore.setState({
    now: 200,
    objects: {
      ...objects,
      Pod: new Map([
        ["default/a", a],
        ["default/b", b],
      ]),
    },
  });
  const second = where();
  useStore.setState({ now: 300, objects: { ...objects, Pod: new Map([["default/b", b]]) } });
  expect(where()).toEqual(second);
  useStore.setState({ now: 0 });
  useStore.setState({ now: 10, objects: { ...objects, Pod: new Map([["default/b", b]]) } });
  expect(where()).not.toEqual(second);
  stop();
});

test("CAN-52: a client that was removed leaves no card behind, whatever it asked last", () => {
  const { keeper, stop } = started();
  const laptop = client("laptop", { kind: "outside", ip: "198.51.100.7" }, "http://192.168.8.11:30123/");
  const place = { kind: "client", name: "laptop" } as const;
  const journey: Journey = {
    id: 1,
    startedAt: 0,
    client: { place, ip: "198.51.100.7", program: "curl" },
    request: { method: "GET", url: laptop.url, headers: {} },
    legs: [
      {
        from: place,
        to: { kind: "node", name: "node-1" },
        direction: "request",
        purpose: "data",
        start: 0,
        end: 100,
        packet: { src: "198.51.100.7:40000", dst: "192.168.8.11:30123" },
      },
    ],
    steps: [],
  };
  const names = () =>
    keeper
      .current()!
      .cards.filter((card) => card.type === "client")
      .map((card) => card.name);
  useStore.setState({ now: 200, clients: [laptop], journeys: new Map([[1, journey]]) });
  expect(names()).toEqual(["laptop"]);
  useStore.setState({ now: 300, clients: [] });
  expect(names()).toEqual([]);
  const without = keeper.current();
  useStore.setState({ now: 400, journeys: new Map([[1, { ...journey }]]) });
  expect(keeper.current()).toBe(without);
  stop();
});
