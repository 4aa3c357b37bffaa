import { expect, test } from "vitest";
import type { Difference } from "#session/differences";
import { FLASH_MS, MOST_FLASHES, withFlashes, withoutOld, type Flashes } from "./flash.ts";

const NONE: Flashes = new Map();
const pods = (count: number, from = 0): Difference[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: "Pod",
    key: `default/p${from + index}`,
    what: "appeared",
  }));

test("CAN-54: a ring stands for a moment, and is not drawn twice for one that still stands", () => {
  const first = withFlashes(NONE, pods(1), 1000);
  expect([...first.keys()]).toEqual(["Pod/default/p0"]);
  const again = withFlashes(first, [{ kind: "Pod", key: "default/p0", what: "changed" }], 1100);
  expect(again.get("Pod/default/p0")).toEqual(first.get("Pod/default/p0"));
  expect(withoutOld(again, 1000 + FLASH_MS - 1).size).toBe(1);
  expect(withoutOld(again, 1000 + FLASH_MS).size).toBe(0);
  const later = withFlashes(first, [{ kind: "Pod", key: "default/p0", what: "changed" }], 1000 + FLASH_MS);
  expect(later.get("Pod/default/p0")!.id).toBeGreaterThan(first.get("Pod/default/p0")!.id);
});

test("CAN-54: more than thirty at once are no storm of rings, nor are kinds that the canvas does not show", () => {
  expect(withFlashes(NONE, pods(MOST_FLASHES), 0).size).toBe(MOST_FLASHES);
  expect(withFlashes(NONE, pods(MOST_FLASHES + 1), 0).size).toBe(0);
  const some = withFlashes(NONE, pods(20), 0);
  expect(withFlashes(some, pods(20, 20), 10).size).toBe(20);
  expect(withFlashes(NONE, [{ kind: "ConfigMap", key: "default/c", what: "appeared" }], 0)).toBe(NONE);
});
