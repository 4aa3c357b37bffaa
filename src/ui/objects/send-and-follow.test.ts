import { expect, test } from "vitest";
import type { ClientSpec } from "#cluster/clients/types";
import type { Journey } from "#cluster/trace/types";
import { beganAt } from "./send-and-follow.ts";

const client = (location: ClientSpec["location"]): ClientSpec => ({
  name: "a",
  location,
  program: "curl",
  url: "http://web/",
  method: "GET",
  headers: {},
  rate: 0,
  keepAlive: false,
  cookies: false,
});

const journey = (place: Journey["client"]["place"], program = "curl", parent?: number): Journey => ({
  id: 1,
  startedAt: 0,
  client: { place, ip: "", program },
  request: { method: "GET", url: "http://web/", headers: {} },
  legs: [],
  steps: [],
  ...(parent === undefined ? {} : { parent }),
});

const pod = (name: string, namespace = "default") => ({ kind: "pod", namespace, name }) as const;

test("a client's own requests are told from others, wherever it asks from", () => {
  const outside = client({ kind: "outside", ip: "198.51.100.7" });
  expect(beganAt(journey({ kind: "client", name: "a" }), outside)).toBe(true);
  expect(beganAt(journey({ kind: "client", name: "b" }), outside)).toBe(false);
  expect(beganAt(journey({ kind: "client", name: "a" }, "browser"), outside)).toBe(false);
  const inside = client({ kind: "pod", namespace: "default", name: "asker" });
  expect(beganAt(journey(pod("asker")), inside)).toBe(true);
  expect(beganAt(journey(pod("asker"), "probe"), inside)).toBe(false);
  expect(beganAt(journey(pod("asker"), "curl", 7), inside)).toBe(false);
  expect(beganAt(journey(pod("other")), inside)).toBe(false);
  expect(beganAt(journey(pod("any")), client({ kind: "pod", namespace: "default", labels: {} }))).toBe(true);
  expect(beganAt(journey({ kind: "node", name: "n1" }), client({ kind: "node", name: "n1" }))).toBe(true);
});
