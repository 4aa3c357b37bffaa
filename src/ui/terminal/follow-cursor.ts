// Where the screen is wider than its place, the place scrolls along with the cursor. Called by the panel for each screen.

/** Beside the cursor this much stays in sight. */
const BESIDE_PX = 40;

/** Follows until the returned function is called. */
export function followCursor(place: HTMLElement): () => void {
  // xterm moves its text area to wherever the cursor is.
  const area = place.querySelector<HTMLElement>(".xterm-helper-textarea");
  if (!area) return () => undefined;
  const follow = (): void => {
    const { clientWidth, scrollLeft, scrollWidth } = place;
    if (scrollWidth <= clientWidth) return;
    const at = area.offsetLeft;
    const room = clientWidth - 2 * BESIDE_PX;
    if (at < scrollLeft || at > scrollLeft + room) place.scrollLeft = at < room ? 0 : at - room;
  };
  const observer = new MutationObserver(follow);
  observer.observe(area, { attributes: true, attributeFilter: ["style"] });
  return () => observer.disconnect();
}
