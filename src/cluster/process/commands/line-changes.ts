// How one list of lines becomes another: the longest common subsequence, and the changes between its pieces.

export interface Span {
  from: number;
  to: number;
}

export interface Change {
  left: Span;
  right: Span;
}

/** More cells than this are not compared one by one: what lies between the common ends is one change. */
const MAX_CELLS = 4_000_000;

/** `endsDiffer`: the last lines differ by their newline alone. */
export function changesBetween(
  left: readonly string[],
  right: readonly string[],
  endsDiffer: boolean,
): Change[] {
  const mark = (lines: readonly string[], sign: string): string[] =>
    endsDiffer ? lines.map((line, at) => (at === lines.length - 1 ? `${line}\n${sign}` : line)) : [...lines];
  const [a, b] = [mark(left, "a"), mark(right, "b")];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [rows, columns] = [endA - start, endB - start];
  if (rows === 0 && columns === 0) return [];
  const whole = { left: { from: start, to: endA }, right: { from: start, to: endB } };
  if (rows === 0 || columns === 0 || rows * columns > MAX_CELLS) return [whole];
  return walk(a.slice(start, endA), b.slice(start, endB), start);
}

/** Lengths of common subsequences of the rests, from each place on. */
function lengthsOf(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let row = a.length - 1; row >= 0; row--) {
    for (let column = b.length - 1; column >= 0; column--) {
      const at = row * width + column;
      lengths[at] =
        a[row] === b[column]
          ? lengths[at + width + 1]! + 1
          : Math.max(lengths[at + width]!, lengths[at + 1]!);
    }
  }
  return lengths;
}

function walk(a: readonly string[], b: readonly string[], offset: number): Change[] {
  const lengths = lengthsOf(a, b);
  const width = b.length + 1;
  const changes: Change[] = [];
  let [row, column] = [0, 0];
  while (row < a.length || column < b.length) {
    if (row < a.length && column < b.length && a[row] === b[column]) {
      row++;
      column++;
      continue;
    }
    const [fromRow, fromColumn] = [row, column];
    while (
      (row < a.length || column < b.length) &&
      !(row < a.length && column < b.length && a[row] === b[column])
    ) {
      const down = row < a.length ? lengths[(row + 1) * width + column]! : -1;
      const along = column < b.length ? lengths[row * width + column + 1]! : -1;
      if (down >= along) row++;
      else column++;
    }
    changes.push({
      left: { from: fromRow + offset, to: row + offset },
      right: { from: fromColumn + offset, to: column + offset },
    });
  }
  return changes;
}
