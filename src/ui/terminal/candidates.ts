// What Tab shows where there are several candidates.

/** What all of them begin with. */
export function commonStart(words: readonly string[]): string {
  let start = words[0] ?? "";
  for (const word of words) while (!word.startsWith(start)) start = start.slice(0, -1);
  return start;
}

/** Lines of equally wide columns, filled downwards. */
export function inColumns(words: readonly string[], columns: number): string {
  const shown = words.map((word) => word.replace(/^.*\/(?=[^/]+\/?$)/, ""));
  const width = Math.max(...shown.map((word) => word.length)) + 2;
  const across = Math.max(1, Math.floor(columns / width));
  const rows = Math.ceil(shown.length / across);
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const line = Array.from({ length: across }, (_, column) =>
      (shown[column * rows + row] ?? "").padEnd(width),
    );
    lines.push(line.join("").trimEnd());
  }
  return `${lines.join("\n")}\n`;
}
