// Lines of aligned cells, as Go's tabwriter sets them for kubectl: columns three blanks apart, at least six wide, the
// last one unpadded. Widths can be remembered between calls, as a watch does.

export interface Grid {
  /** Widths so far, by column. */
  widths: number[];
}

export const newGrid = (): Grid => ({ widths: [] });

/** Lines for these rows, each with a newline. */
export function align(
  rows: readonly (readonly string[])[],
  grid: Grid = newGrid(),
  padding = 3,
  minimum = 6,
): string {
  const { widths } = grid;
  for (const row of rows) {
    for (const [index, cell] of row.slice(0, -1).entries())
      widths[index] = Math.max(widths[index] ?? minimum, runes(cell) + padding);
  }
  return rows.map((row) => `${line(row, widths)}\n`).join("");
}

function line(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, index) => (index === row.length - 1 ? cell : cell + " ".repeat(widths[index]! - runes(cell))))
    .join("");
}

const runes = (text: string): number => [...text].length;

/** A cell that would break its line is cut there. */
export function oneLine(cell: string): string {
  const at = cell.search(/[\f\n\r]/);
  return at < 0 ? cell : `${cell.slice(0, at)}...`;
}
