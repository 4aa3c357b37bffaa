import { expect, test } from "vitest";
import type { Endpoint, EndpointSlice } from "#api/endpointslice/types";
import { seedRandom, nextInt } from "#base/random";
import { portsKey, type PortGroup } from "./desired.ts";
import { MAX_ENDPOINTS, planSlices } from "./plan.ts";

function endpoint(uid: string, ready: boolean): Endpoint {
  return {
    addresses: [`10.244.0.${uid}`],
    conditions: { ready, serving: ready, terminating: false },
    targetRef: { kind: "Pod", name: uid, uid },
  };
}

function groupsOf(wanted: Map<string, { ready: boolean; port: number }>): Map<string, PortGroup> {
  const groups = new Map<string, PortGroup>();
  for (const [uid, { ready, port }] of wanted) {
    const ports = [{ name: "", port, protocol: "TCP" as const }];
    const group = groups.get(portsKey(ports)) ?? { ports, endpoints: new Map<string, Endpoint>() };
    groups.set(portsKey(ports), group);
    group.endpoints.set(uid, endpoint(uid, ready));
  }
  return groups;
}

/** Carries the plan out on plain slices. */
function apply(
  slices: EndpointSlice[],
  groups: Map<string, PortGroup>,
  nextName: () => string,
): EndpointSlice[] {
  const plan = planSlices(slices, groups, () => false);
  const names = [...plan.update.map(({ slice }) => slice), ...plan.delete].map(
    (slice) => slice.metadata.name,
  );
  expect(new Set(names).size).toBe(names.length);
  const untouched = slices.filter((slice) => !names.includes(slice.metadata.name));
  const slice = (name: string, content: Pick<EndpointSlice, "ports" | "endpoints">): EndpointSlice => ({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name, uid: name, resourceVersion: "1", creationTimestamp: "2026-03-02T09:00:00Z" },
    addressType: "IPv4",
    ...content,
  });
  const updated = plan.update.map((item) => slice(item.slice.metadata.name, item.content));
  return [...untouched, ...updated, ...plan.create.map((content) => slice(nextName(), content))];
}

test("EPS-14: whatever changes, slices hold exactly the wanted endpoints, each once and under its ports", () => {
  const random = seedRandom("slices");
  const wanted = new Map<string, { ready: boolean; port: number }>();
  let slices: EndpointSlice[] = [];
  let names = 0;
  for (let round = 0; round < 300; round++) {
    for (let change = nextInt(random, 60); change > 0; change--) {
      const uid = String(nextInt(random, 400));
      if (nextInt(random, 2) === 0) wanted.delete(uid);
      else wanted.set(uid, { ready: nextInt(random, 2) === 0, port: 8080 + nextInt(random, 2) });
    }
    if (round % 100 === 99) wanted.clear();
    const groups = groupsOf(wanted);
    slices = apply(slices, groups, () => `web-${++names}`);
    const held = slices.flatMap((slice) =>
      (slice.endpoints ?? []).map((item) => [
        portsKey(slice.ports),
        item.targetRef!.uid,
        item.conditions.ready,
      ]),
    );
    const expected = [...groups].flatMap(([key, group]) =>
      [...group.endpoints].map(([uid, item]) => [key, uid, item.conditions.ready]),
    );
    expect(held.map(String).sort()).toEqual(expected.map(String).sort());
    expect(slices.every((slice) => (slice.endpoints ?? []).length <= MAX_ENDPOINTS)).toBe(true);
    expect(slices.length).toBeGreaterThan(0);
    expect(apply(slices, groups, () => "new")).toEqual(slices);
  }
});
