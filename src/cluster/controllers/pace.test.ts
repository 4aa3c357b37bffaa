import { expect, test } from "vitest";
import { CONTROLLER_RATE, createPace, reserve, restMs } from "./pace.ts";

test("PACE-1: a client sends 30 requests at once, then one every 50 ms, and rests to be able to again", () => {
  const pace = createPace(CONTROLLER_RATE);
  const leaves = (now: number): number => Math.max(now, reserve(pace, CONTROLLER_RATE, now, 1));
  expect(Array.from({ length: 33 }, () => leaves(0))).toEqual([...Array<number>(30).fill(0), 50, 100, 150]);
  expect(restMs(pace, CONTROLLER_RATE, 100)).toBe(100);
  expect([leaves(1000), restMs(pace, CONTROLLER_RATE, 1000)]).toEqual([1000, 0]);
  // Not more than 30 after the longest rest; several at once stand in line like as many single ones.
  expect(reserve(pace, CONTROLLER_RATE, 60_000, 32)).toBeLessThanOrEqual(60_000);
  expect(restMs(pace, CONTROLLER_RATE, 60_000)).toBe(150);
  expect(leaves(60_000)).toBe(60_150);
});
