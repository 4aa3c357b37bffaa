// Whether the reader's system asks for less motion.
import { useSyncExternalStore } from "react";

const QUERY = "(prefers-reduced-motion: reduce)";

let media: MediaQueryList | null = null;

/** Asked in every frame, so the query is made once. */
export function prefersReducedMotion(): boolean {
  media ??= window.matchMedia(QUERY);
  return media.matches;
}

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(QUERY);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

export function useReducedMotion(): boolean {
  return useSyncExternalStore(subscribe, prefersReducedMotion);
}
