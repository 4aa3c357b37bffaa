import { expect, test } from "vitest";
import { chooseOpening } from "./boot.ts";
import type { Draft } from "./drafts.ts";
import { exampleScenario } from "./examples/example.ts";
import { EXAMPLES, FIRST_EXAMPLE, findExample } from "./examples/registry.ts";
import { encodeLink } from "./link/link.ts";

const empty = { getItem: () => null, setItem: () => undefined };
const first = exampleScenario(findExample(FIRST_EXAMPLE)!);

test("BOOT-1: without a link the page opens on the first example", () => {
  expect(chooseOpening("", empty, null)).toEqual({
    scenario: first,
    example: findExample(FIRST_EXAMPLE),
    title: "",
    notice: null,
    draft: null,
  });
});

test("BOOT-2: each example has a short link", () => {
  const opened = EXAMPLES.map(({ slug }) => chooseOpening(`#example/${slug}`, empty, null).example?.slug);
  expect(opened).toEqual(EXAMPLES.map(({ slug }) => slug));
  expect(new Set(opened).size).toBe(EXAMPLES.length);
});

test("BOOT-3: a link opens its own scenario; a cut, foreign or unknown one says so and opens the first example", () => {
  const scenario = { ...first, title: "Mine" };
  const link = encodeLink(scenario);
  expect(chooseOpening(`#${link}`, empty, null)).toEqual({
    scenario,
    example: null,
    title: "Mine",
    notice: null,
    draft: null,
  });
  const notices = [link.slice(0, 40), "nonsense", "example/nothing", "v7.x.y.z"].map((hash) => {
    const { notice, scenario: shown } = chooseOpening(`#${hash}`, empty, null);
    return [notice, shown];
  });
  expect(notices).toEqual([
    ["linkCut", first],
    ["linkForeign", first],
    ["unknownExample", first],
    ["linkNewer", first],
  ]);
});

test("BOOT-4: after a reload the tab goes on with its draft, unless the address asks for something else", () => {
  const draft: Draft = {
    id: "d1",
    savedAt: 5,
    title: "T",
    scenario: { ...first, files: [{ name: "a.yaml", text: "x" }] },
  };
  const storage = { getItem: () => JSON.stringify([draft]), setItem: () => undefined };
  expect(chooseOpening("#example/headless", storage, "d1").example?.slug).toBe("headless");
  expect(chooseOpening("", storage, "d1")).toEqual({
    scenario: draft.scenario,
    example: null,
    title: "T",
    notice: null,
    draft: "d1",
  });
});
