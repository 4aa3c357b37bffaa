// The suffix that --append-hash puts behind the name of a ConfigMap or Secret.
// Simplified: kubectl takes ten digits of a SHA-256; here it is another hash of the same length and alphabet.
import { fnv1a } from "#base/hash";
import { canonicalJson } from "#base/json";

const DIGITS = "bcdfghkm2456789t";

export function contentHash(content: unknown): string {
  const text = canonicalJson(content);
  let digits = "";
  for (let index = 0; index < 10; index++) digits += DIGITS[fnv1a(`${index}/${text}`) % DIGITS.length]!;
  return digits;
}
