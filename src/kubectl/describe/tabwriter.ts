// Text with tabs, set as Go's tabwriter sets it for `kubectl describe`: a column is made of neighbouring lines that
// have it, and is as wide as its widest cell and two blanks. What stands after a line's last tab belongs to no column.
// Kubernetes: text/tabwriter of Go (kubectl v1.35)

const PADDING = 2;

const runes = (text: string): number => [...text].length;

export function setColumns(text: string): string {
  const lines = text.split("\n").map((line) => line.split("\t"));
  const out: string[] = [];
  setBlock(lines, 0, lines.length, [], out);
  return out.join("\n");
}

/** Sets lines from `start` to `end`, which share the columns whose widths are known. */
function setBlock(
  lines: string[][],
  start: number,
  end: number,
  widths: readonly number[],
  out: string[],
): void {
  const column = widths.length;
  const has = (index: number): boolean => lines[index]!.length - 1 > column;
  for (let index = start; index < end;) {
    if (!has(index)) {
      out.push(setLine(lines[index]!, widths));
      index++;
      continue;
    }
    let last = index;
    let width = 0;
    for (; last < end && has(last); last++) width = Math.max(width, runes(lines[last]![column]!) + PADDING);
    setBlock(lines, index, last, [...widths, width], out);
    index = last;
  }
}

function setLine(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => (index < widths.length ? cell + " ".repeat(widths[index]! - runes(cell)) : cell))
    .join("");
}
