import { expect, test } from "vitest";
import { seedRandom } from "#base/random";
import { allocate, allocateNext, createAllocations, release } from "./allocator.ts";

test("API-20: numbers are dealt from the upper band until it is full, then from the lower", () => {
  const allocations = createAllocations(100, 131, 32, 128);
  expect(allocations.lowerBand).toBe(16);
  const random = seedRandom("bands");
  const dealt = Array.from({ length: 32 }, () => allocateNext(allocations, random)!);
  expect(dealt.slice(0, 16).every((value) => value >= 116 && value <= 131)).toBe(true);
  expect(dealt.slice(16).every((value) => value >= 100 && value <= 115)).toBe(true);
  expect(new Set(dealt).size).toBe(32);
  expect(allocateNext(allocations, random)).toBeUndefined();
});

test("API-20: a number that is taken is not given twice, and comes back when it is released", () => {
  const allocations = createAllocations(30_000, 32_767, 32, 128);
  expect(allocations.lowerBand).toBe(86);
  expect(allocate(allocations, 30_080)).toBe("ok");
  expect(allocate(allocations, 30_080)).toBe("taken");
  expect(allocate(allocations, 8080)).toBe("outOfRange");
  release(allocations, 30_080);
  expect(allocate(allocations, 30_080)).toBe("ok");
});
