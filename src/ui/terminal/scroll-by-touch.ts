// A finger that moves up or down over a terminal scrolls what was printed: xterm hears of wheels only. To the side the
// browser scrolls by itself. Called by the panel for each screen.

/** How much wheel moves the text as far as the finger moved. */
const WHEEL_PER_PX = 2.4;

/** Until the returned function is called. */
export function scrollByTouch(place: HTMLElement): () => void {
  let last: number | undefined;
  const start = ({ touches }: TouchEvent): void => {
    last = touches.length === 1 ? touches[0]!.clientY : undefined;
  };
  const move = ({ touches }: TouchEvent): void => {
    const y = touches[0]?.clientY;
    if (last === undefined || y === undefined) return;
    const deltaY = (last - y) * WHEEL_PER_PX;
    last = y;
    const wheel = new WheelEvent("wheel", { deltaY, bubbles: true, cancelable: true });
    // This old name is what it reads first, and no constructor sets it everywhere.
    Object.defineProperty(wheel, "wheelDeltaY", { value: -deltaY });
    place.querySelector(".xterm-screen")?.dispatchEvent(wheel);
  };
  place.addEventListener("touchstart", start, { passive: true });
  place.addEventListener("touchmove", move, { passive: true });
  return () => {
    place.removeEventListener("touchstart", start);
    place.removeEventListener("touchmove", move);
  };
}
