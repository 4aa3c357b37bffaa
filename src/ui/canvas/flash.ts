// Which objects are ringed on the canvas at the moment: those that have just come, and those whose wanted state was
// changed, as the recorded watch says. Cards ask by key; one timer takes the rings away again.
import { create } from "zustand";
import { onDifferences, type Difference } from "#session/differences";
import { useStore } from "#session/store";
import type { Card } from "../layout/cards.ts";

/** A little longer than the animation, and how long the outline stands for readers who want no motion. */
export const FLASH_MS = 1200;
/** What comes together with more than so many others is no news of its own. */
export const MOST_FLASHES = 30;
/** After a scenario was opened its first objects are no news. */
const QUIET_MS = 1500;

export interface Flash {
  /** Another one for each flash, so that an animation begins anew. */
  id: number;
  /** Wall-clock ms at which it goes. */
  until: number;
}

export type Flashes = ReadonlyMap<string, Flash>;

export const useFlashes = create<{ flashes: Flashes }>(() => ({ flashes: new Map() }));

let lastId = 0;

/** The number of a card's flash; null while there is none. */
export function useFlash(key: string | null): number | null {
  return useFlashes(({ flashes }) => (key === null ? null : (flashes.get(key)?.id ?? null)));
}

/** Which differences ring a card. A door stands for a node, whose own frame is ringed. */
export function flashKeyOf(card: Card): string | null {
  switch (card.type) {
    case "pod":
      return `Pod/${card.key}`;
    case "service":
      return `Service/${card.key}`;
    case "loadBalancer":
    case "target":
      return `Service/${card.service}`;
    case "ingress":
      return card.key === null ? null : `Ingress/${card.key}`;
    case "node":
      return `Node/${card.name}`;
    case "group":
      return `${card.kind}/${card.key}`;
    case "client":
    case "door":
      return null;
  }
}

/** The flashes after some differences at a wall-clock time. Pure. A crowd is left alone, and so are those before it. */
export function withFlashes(flashes: Flashes, differences: readonly Difference[], now: number): Flashes {
  const next = withoutOld(flashes, now);
  const shown = differences.filter(({ kind }) => SHOWN.has(kind));
  const fresh = shown.filter(({ kind, key }) => !next.has(`${kind}/${key}`));
  if (next.size + fresh.length > MOST_FLASHES || shown.length === 0) return next;
  const more = new Map(next);
  for (const { kind, key } of shown) {
    const name = `${kind}/${key}`;
    const old = more.get(name);
    // What has just come is also being filled in: one ring is enough.
    if (!old) more.set(name, { id: ++lastId, until: now + FLASH_MS });
  }
  return more;
}

export function withoutOld(flashes: Flashes, now: number): Flashes {
  const kept = [...flashes].filter(([, { until }]) => until > now);
  return kept.length === flashes.size ? flashes : new Map(kept);
}

const SHOWN: ReadonlySet<string> = new Set([
  "Pod",
  "Service",
  "Ingress",
  "Node",
  "Deployment",
  "ReplicaSet",
  "ReplicationController",
]);

/** Follows the batches while the canvas stands; returns how to stop. */
export function watchFlashes(): () => void {
  let quietUntil = performance.now() + QUIET_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const set = (flashes: Flashes): void => {
    if (flashes !== useFlashes.getState().flashes) useFlashes.setState({ flashes });
  };
  const clear = (): void => {
    set(withoutOld(useFlashes.getState().flashes, performance.now()));
    timer = useFlashes.getState().flashes.size > 0 ? setTimeout(clear, FLASH_MS / 4) : undefined;
  };
  const unlisten = onDifferences((differences) => {
    const now = performance.now();
    if (now < quietUntil) return;
    set(withFlashes(useFlashes.getState().flashes, differences, now));
    if (useFlashes.getState().flashes.size > 0) timer ??= setTimeout(clear, FLASH_MS);
  });
  const unsubscribe = useStore.subscribe((state, before) => {
    if (!before.loaded || state.now < before.now) quietUntil = performance.now() + QUIET_MS;
  });
  return () => {
    unlisten();
    unsubscribe();
    clearTimeout(timer);
    set(new Map());
  };
}
