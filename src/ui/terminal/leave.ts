// The way out of a terminal by keyboard. It takes Tab for itself, so pressing Escape twice leads to its tab above, and from
// there Tab passes the screen by, until the focus has been in it or elsewhere on the page again.

const textArea = (place: ParentNode): HTMLElement | null => place.querySelector(".xterm-helper-textarea");

export function leaveTerminal(id: string): void {
  const area = textArea(document);
  if (area) area.tabIndex = -1;
  document.getElementById(`terminal-tab-${id}`)?.focus();
}

/** Watches for the focus until the returned function is called. */
export function entered(place: HTMLElement): () => void {
  const moved = ({ target }: FocusEvent): void => {
    const inBar = (target as Element).closest(".terminal-bar") !== null;
    const area = textArea(place);
    if (area && !inBar) area.tabIndex = 0;
  };
  document.addEventListener("focusin", moved);
  return () => document.removeEventListener("focusin", moved);
}
