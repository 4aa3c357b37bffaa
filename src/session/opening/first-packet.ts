// The moment from which the page has shown what it is for. What a reader needs only after that (the text editor, the
// side panels, the dialogs) is fetched then and not before.

let tell = (): void => undefined;

export const firstPacket = new Promise<void>((resolve) => {
  tell = resolve;
});

/** Resolves `firstPacket` once `drawn` says so, asked at every frame; after `limitMs` in any case, for a scenario may
 * have no requests at all. */
export function watchFirstPacket(drawn: () => boolean, limitMs: number): void {
  const began = performance.now();
  const look = (): void => {
    // Two frames later the picture has been shown and not only been painted.
    if (drawn() || performance.now() - began > limitMs) requestAnimationFrame(() => setTimeout(tell));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
