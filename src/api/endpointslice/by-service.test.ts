import { expect, test } from "vitest";
import { followSlice, SERVICE_NAME, type SlicesByService } from "./by-service.ts";
import type { EndpointSlice } from "./types.ts";

function slice(name: string, service?: string): EndpointSlice {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name,
      namespace: "shop",
      uid: name,
      resourceVersion: "1",
      creationTimestamp: "2026-03-02T09:00:00Z",
      ...(service === undefined ? {} : { labels: { [SERVICE_NAME]: service } }),
    },
    addressType: "IPv4",
    endpoints: [],
    ports: [],
  };
}

const namesIn = (slices: SlicesByService) =>
  [...slices].map(([service, own]) => `${service}: ${[...own.keys()].join(" ")}`);

test("PROXY-19: slices are found by their Service's name, follow their label, and those of nobody are left out", () => {
  const slices: SlicesByService = new Map();
  const first = slice("a", "web");
  expect(followSlice(slices, { type: "ADDED", object: first })).toEqual(["shop/web"]);
  expect(followSlice(slices, { type: "ADDED", object: slice("b", "web") })).toEqual(["shop/web"]);
  expect(followSlice(slices, { type: "ADDED", object: slice("c") })).toEqual([]);
  expect(namesIn(slices)).toEqual(["shop/web: a b"]);
  const moved = slice("a", "db");
  expect(followSlice(slices, { type: "MODIFIED", object: moved, old: first })).toEqual([
    "shop/web",
    "shop/db",
  ]);
  expect(namesIn(slices)).toEqual(["shop/web: b", "shop/db: a"]);
  expect(followSlice(slices, { type: "DELETED", object: moved, old: moved })).toEqual(["shop/db"]);
  expect(followSlice(slices, { type: "MODIFIED", object: slice("b"), old: slice("b", "web") })).toEqual([
    "shop/web",
  ]);
  expect(namesIn(slices)).toEqual([]);
});
