// Seeded random streams (sfc32). Each component draws from a stream of its own, so that one more draw in one
// place changes nothing elsewhere. The state is plain data and belongs to the machine's snapshot.
import { fnv1a } from "./hash.ts";

export interface RandomState {
  a: number;
  b: number;
  c: number;
  counter: number;
}

export function seedRandom(seed: string): RandomState {
  const state = { a: fnv1a(`${seed}/a`), b: fnv1a(`${seed}/b`), c: fnv1a(`${seed}/c`), counter: 1 };
  for (let round = 0; round < 12; round++) nextUint32(state);
  return state;
}

export function nextUint32(state: RandomState): number {
  const sum = (((state.a + state.b) | 0) + state.counter) | 0;
  state.counter = (state.counter + 1) | 0;
  state.a = state.b ^ (state.b >>> 9);
  state.b = (state.c + (state.c << 3)) | 0;
  state.c = (((state.c << 21) | (state.c >>> 11)) + sum) | 0;
  return sum >>> 0;
}

/** A number in [0, 1). */
export function nextFloat(state: RandomState): number {
  return nextUint32(state) / 0x1_0000_0000;
}

/** A whole number in [0, limit). */
export function nextInt(state: RandomState, limit: number): number {
  return Math.floor(nextFloat(state) * limit);
}

// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/rand (v1.35): no vowels and no look-alikes in generated names.
const NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** The random tail of a generated name, such as the `x2gzf` of `kubia-x2gzf`. */
export function nextNameSuffix(state: RandomState, length = 5): string {
  let text = "";
  for (let index = 0; index < length; index++) text += NAME_ALPHABET[nextInt(state, NAME_ALPHABET.length)];
  return text;
}
