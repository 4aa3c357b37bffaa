// Arrow keys in the log and the tables: the list is one stop for Tab, and the arrows go from row to row inside it.

/** Moves the focus to the row above or below; from the list itself to the chosen row or else the first. */
export function moveAmongRows(event: React.KeyboardEvent<HTMLElement>): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(".log-open")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const chosen = rows.find((row) => row.getAttribute("aria-pressed") === "true");
  const next = at < 0 ? (chosen ?? rows[0]) : rows[at + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
