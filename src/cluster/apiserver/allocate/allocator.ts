// A range of numbers (addresses, ports) of which some are taken. Free ones are dealt by chance from the upper band,
// and from the lower one only when that is full: the lower band is left to those who ask for a number by name.
// Kubernetes: pkg/registry/core/service/portallocator/allocator.go, ipallocator (v1.35)
import { nextInt, type RandomState } from "#base/random";

export interface Allocations {
  first: number;
  last: number;
  /** Length of the lower band. */
  lowerBand: number;
  taken: Set<number>;
}

type AllocateResult = "ok" | "taken" | "outOfRange";

/** Kubernetes: the lower band has between 16 and `most` members, `size` divided by `divisor` where that lies between. */
export function createAllocations(first: number, last: number, divisor: number, most: number): Allocations {
  const size = last - first + 1;
  const wanted = Math.floor(size / divisor);
  const lowerBand = size < 16 ? 0 : Math.min(Math.max(wanted, 16), most);
  return { first, last, lowerBand, taken: new Set() };
}

export function allocate(allocations: Allocations, value: number): AllocateResult {
  if (value < allocations.first || value > allocations.last) return "outOfRange";
  if (allocations.taken.has(value)) return "taken";
  allocations.taken.add(value);
  return "ok";
}

/** A free number by chance, or undefined when there is none. */
export function allocateNext(allocations: Allocations, random: RandomState): number | undefined {
  const { first, last, lowerBand, taken } = allocations;
  const value =
    pick(first + lowerBand, last, taken, random) ?? pick(first, first + lowerBand - 1, taken, random);
  if (value !== undefined) taken.add(value);
  return value;
}

export function release(allocations: Allocations, value: number): void {
  allocations.taken.delete(value);
}

/** Starts at a random place and takes the first free number from there on. */
function pick(
  first: number,
  last: number,
  taken: ReadonlySet<number>,
  random: RandomState,
): number | undefined {
  const size = last - first + 1;
  if (size <= 0) return undefined;
  const offset = nextInt(random, size);
  for (let step = 0; step < size; step++) {
    const value = first + ((offset + step) % size);
    if (!taken.has(value)) return value;
  }
  return undefined;
}
