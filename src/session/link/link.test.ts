import { expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "#cluster/settings";
import type { Scenario } from "../protocol.ts";
import links from "./fixtures/links.json" with { type: "json" };
import { decodeLink, encodeLink } from "./link.ts";

const scenario: Scenario = {
  model: 1,
  title: "一个服务 & <b>two</b>",
  settings: { ...DEFAULT_SETTINGS, hopMs: 100, nodeCount: 2 },
  files: [
    { name: "a.yaml", text: "# why\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n" },
    { name: "b.yaml", text: "" },
  ],
  clients: [
    {
      name: "c",
      location: { kind: "outside", ip: "198.51.100.7" },
      program: "curl",
      url: "http://{node:1}:30080",
      method: "GET",
      headers: {},
      rate: 2,
      keepAlive: false,
      cookies: false,
    },
  ],
  actions: [
    { at: 1500, action: { type: "nodePower", node: "node-1", up: false } },
    { at: 4000.5, action: { type: "send", client: "c", count: 3 } },
  ],
  applied: ["a.yaml"],
  warmUpMs: 5000,
};

test("LINK-1: a scenario comes back from its link as it was", () => {
  expect(decodeLink(encodeLink(scenario))).toEqual({ ok: true, scenario });
});

test("LINK-2: a link that was cut anywhere says so, or that it is none", () => {
  const link = encodeLink(scenario);
  for (let length = 4; length < link.length; length += 7) {
    const result = decodeLink(link.slice(0, length));
    expect([length, result.ok ? "opened" : result.reason]).toEqual([length, "cut"]);
  }
});

test("LINK-3: foreign, newer and oversized links are told apart", () => {
  expect(decodeLink("hello")).toEqual({ ok: false, reason: "foreign" });
  expect(decodeLink("v9.z.abc.1")).toEqual({ ok: false, reason: "newer" });
  expect(decodeLink("v1.d." + "A".repeat(200_000))).toEqual({ ok: false, reason: "tooLarge" });
});

test("LINK-4: settings from a link are checked and bounded", () => {
  for (const startedAt of ["soon", "2026-99-99T09:00:00Z", "2026-02-30T09:00:00Z"]) {
    const settings = { ...scenario.settings, nodeCount: 1e9, hopMs: -1, startedAt };
    const result = decodeLink(encodeLink({ ...scenario, settings }));
    const checked = { ...DEFAULT_SETTINGS, nodeCount: 100, hopMs: 0.01 };
    expect(result.ok && result.scenario.settings).toEqual(checked);
  }
});

test("LINK-7: a link opens where it was made, up to an hour after the start", () => {
  const openedAt = (warmUpMs: number): unknown => {
    const result = decodeLink(encodeLink({ ...scenario, warmUpMs }));
    return result.ok && result.scenario.warmUpMs;
  };
  expect([openedAt(1_800_000), openedAt(1e12), openedAt(-5)]).toEqual([1_800_000, 3_600_000, 0]);
});

// Made once and never again: links that people hold must open for ever.
test.each(links)("LINK-5: a link of an earlier day still opens as it was", ({ link, scenario: then }) => {
  expect(decodeLink(link)).toEqual({ ok: true, scenario: then });
});
