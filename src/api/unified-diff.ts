// Unified diffs of texts, line by line, as Go's difflib makes them: three lines of context, no file names.
// Kubernetes: github.com/pmezard/go-difflib, used by pod validation (v1.35)

const CONTEXT = 3;
/** From this many lines on, lines that are everywhere no longer start a match. */
const POPULAR_FROM = 200;

interface Match {
  a: number;
  b: number;
  size: number;
}

interface Change {
  equal: boolean;
  a: [number, number];
  b: [number, number];
}

function indexLines(lines: readonly string[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const [at, line] of lines.entries()) {
    const places = index.get(line);
    if (places) places.push(at);
    else index.set(line, [at]);
  }
  if (lines.length < POPULAR_FROM) return index;
  const most = Math.floor(lines.length / 100) + 1;
  for (const [line, places] of index) if (places.length > most) index.delete(line);
  return index;
}

function longestMatch(
  a: readonly string[],
  b: readonly string[],
  index: ReadonlyMap<string, number[]>,
  [aLow, aHigh]: readonly [number, number],
  [bLow, bHigh]: readonly [number, number],
): Match {
  let best: Match = { a: aLow, b: bLow, size: 0 };
  let lengths = new Map<number, number>();
  for (let at = aLow; at < aHigh; at++) {
    const next = new Map<number, number>();
    for (const place of index.get(a[at]!) ?? []) {
      if (place < bLow || place >= bHigh) continue;
      const size = (lengths.get(place - 1) ?? 0) + 1;
      next.set(place, size);
      if (size > best.size) best = { a: at - size + 1, b: place - size + 1, size };
    }
    lengths = next;
  }
  while (best.a > aLow && best.b > bLow && a[best.a - 1] === b[best.b - 1]) {
    best = { a: best.a - 1, b: best.b - 1, size: best.size + 1 };
  }
  while (
    best.a + best.size < aHigh &&
    best.b + best.size < bHigh &&
    a[best.a + best.size] === b[best.b + best.size]
  ) {
    best = { ...best, size: best.size + 1 };
  }
  return best;
}

function matchesOf(a: readonly string[], b: readonly string[]): Match[] {
  const index = indexLines(b);
  const found: Match[] = [];
  const search = (aRange: readonly [number, number], bRange: readonly [number, number]): void => {
    const match = longestMatch(a, b, index, aRange, bRange);
    if (match.size === 0) return;
    search([aRange[0], match.a], [bRange[0], match.b]);
    found.push(match);
    search([match.a + match.size, aRange[1]], [match.b + match.size, bRange[1]]);
  };
  search([0, a.length], [0, b.length]);
  return [...found, { a: a.length, b: b.length, size: 0 }];
}

function changesOf(a: readonly string[], b: readonly string[]): Change[] {
  const changes: Change[] = [];
  let [atA, atB] = [0, 0];
  for (const match of matchesOf(a, b)) {
    if (atA < match.a || atB < match.b) changes.push({ equal: false, a: [atA, match.a], b: [atB, match.b] });
    [atA, atB] = [match.a + match.size, match.b + match.size];
    if (match.size > 0) changes.push({ equal: true, a: [match.a, atA], b: [match.b, atB] });
  }
  return changes;
}

/** Changes with their context; what lies further apart becomes a group of its own. */
function groupsOf(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  let group: Change[] = [];
  const head = (change: Change): Change => ({
    equal: true,
    a: [Math.max(change.a[0], change.a[1] - CONTEXT), change.a[1]],
    b: [Math.max(change.b[0], change.b[1] - CONTEXT), change.b[1]],
  });
  const tail = (change: Change): Change => ({
    equal: true,
    a: [change.a[0], Math.min(change.a[1], change.a[0] + CONTEXT)],
    b: [change.b[0], Math.min(change.b[1], change.b[0] + CONTEXT)],
  });
  for (const [at, change] of changes.entries()) {
    if (!change.equal) group.push(change);
    else if (at === 0) group = [head(change)];
    else if (at === changes.length - 1) group.push(tail(change));
    else if (change.a[1] - change.a[0] > 2 * CONTEXT) {
      groups.push([...group, tail(change)]);
      group = [head(change)];
    } else group.push(change);
  }
  return group.some(({ equal }) => !equal) ? [...groups, group] : groups;
}

function rangeText(start: number, end: number): string {
  const length = end - start;
  if (length === 1) return String(start + 1);
  return `${length === 0 ? start : start + 1},${length}`;
}

export function unifiedDiff(before: string, after: string): string {
  const a = before.split("\n");
  const b = after.split("\n");
  let text = "";
  for (const group of groupsOf(changesOf(a, b))) {
    const [first, last] = [group[0]!, group.at(-1)!];
    text += `@@ -${rangeText(first.a[0], last.a[1])} +${rangeText(first.b[0], last.b[1])} @@\n`;
    for (const { equal, a: from, b: to } of group) {
      if (equal) for (const line of a.slice(...from)) text += ` ${line}\n`;
      else {
        for (const line of a.slice(...from)) text += `-${line}\n`;
        for (const line of b.slice(...to)) text += `+${line}\n`;
      }
    }
  }
  return text;
}
