// SHA-256 of bytes, as lower-case hexadecimal digits. FIPS 180-4.

const WORDS = 64;
const BLOCK = 64;

/** The first 32 bits of the fractional parts of roots of the first primes. */
function fractions(count: number, root: (prime: number) => number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++)
      if (candidate % divisor === 0) isPrime = false;
    if (isPrime) found.push(Math.floor((root(candidate) % 1) * 2 ** 32) | 0);
  }
  return found;
}

const START = fractions(8, Math.sqrt);
const ROUNDS = fractions(WORDS, Math.cbrt);

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

export function sha256(bytes: ArrayLike<number>): string {
  const padded = pad(bytes);
  const state = [...START];
  for (let at = 0; at < padded.length; at += BLOCK) mix(state, schedule(padded, at));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** A one bit, zeros, and the length in bits as 64 of them. */
function pad(bytes: ArrayLike<number>): number[] {
  const padded = [...Array.from(bytes), 0x80];
  while (padded.length % BLOCK !== BLOCK - 8) padded.push(0);
  const bits = bytes.length * 8;
  for (const half of [Math.floor(bits / 2 ** 32), bits >>> 0])
    for (const by of [24, 16, 8, 0]) padded.push((half >>> by) & 0xff);
  return padded;
}

function schedule(bytes: readonly number[], start: number): number[] {
  const words: number[] = [];
  for (let index = 0; index < 16; index++) {
    const at = start + index * 4;
    words.push((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
  }
  for (let index = 16; index < WORDS; index++) {
    const [early, late] = [words[index - 15]!, words[index - 2]!];
    const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words.push((words[index - 16]! + low + words[index - 7]! + high) | 0);
  }
  return words;
}

function mix(state: number[], words: readonly number[]): void {
  let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
  for (let index = 0; index < WORDS; index++) {
    const choice = (e & f) ^ (~e & g);
    const first =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + ROUNDS[index]! + words[index]!) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) state[index] = (state[index]! + value) | 0;
}
