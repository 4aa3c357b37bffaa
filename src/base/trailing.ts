// The end of texts: what `/[x]+$/` would cut off too, yet in one pass, where an expression begins anew at each x.

/** The text without those of the signs that it ends with. */
export function withoutTrailing(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text[end - 1]!)) end--;
  return end === text.length ? text : text.slice(0, end);
}
