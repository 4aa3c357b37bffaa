import { expect, test } from "vitest";
import { endpointPortsInOrder, fnv128, slicePortsInOrder } from "./port-order.ts";

test("the hash is 128-bit FNV-1a, of bytes beyond ASCII too", () => {
  expect([fnv128(""), fnv128("a"), fnv128("foobar")]).toEqual([
    "6c62272e07bb014262b821756295c58d",
    "d228cb696f1a8caf78912b704e4a8964",
    "343e1662793c64bf6f0d3597ba446f18",
  ]);
});

test("EPS-15: the ports of a slice and of Endpoints stand in the order of their hashes", () => {
  const ports = [
    { name: "metrics", port: 9100, protocol: "TCP" as const },
    { name: "sql", port: 5432, protocol: "TCP" as const },
    { name: "x", port: 1, protocol: "UDP" as const, appProtocol: "foo" },
    { name: "a", port: 2, protocol: "TCP" as const },
  ];
  expect(slicePortsInOrder(ports).map(({ name }) => name)).toEqual(["sql", "a", "metrics", "x"]);
  const same = [
    { name: "same1", port: 8080, protocol: "TCP" as const },
    { name: "same2", port: 8080, protocol: "TCP" as const },
  ];
  expect(endpointPortsInOrder(same).map(({ name }) => name)).toEqual(["same2", "same1"]);
  expect(slicePortsInOrder(same).map(({ name }) => name)).toEqual(["same1", "same2"]);
});
