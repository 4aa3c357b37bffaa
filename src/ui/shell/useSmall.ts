// Whether the page is laid out for a hand: canvas above, one sheet below.
import { useSyncExternalStore } from "react";

const QUERY = "(max-width: 760px)";

function subscribe(listener: () => void): () => void {
  const media = matchMedia(QUERY);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

export function useSmall(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(QUERY).matches);
}
