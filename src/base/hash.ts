// 32-bit FNV-1a, the one hash of the project: seeds of random streams, pod-template-hash, slice and state digests.

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

export function fnv1a(text: string, start = OFFSET): number {
  let hash = start;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    hash = Math.imul(hash ^ (code & 0xff), PRIME);
    if (code > 0xff) hash = Math.imul(hash ^ (code >>> 8), PRIME);
  }
  return hash >>> 0;
}
