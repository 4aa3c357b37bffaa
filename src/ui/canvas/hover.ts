// The card under the pointer or with the focus: its whole path is lit.
import { create } from "zustand";
import type { CardId } from "../layout/cards.ts";
import type { PlacedEdge } from "../layout/scene.ts";

export const useHover = create<{ card: CardId | null }>(() => ({ card: null }));

/** Ids of the edges that lead to a card and away from it, over all lanes. */
export function connectedEdges(edges: readonly PlacedEdge[], card: CardId): Set<string> {
  const lit = new Set<string>();
  const walk = (start: CardId, forward: boolean): void => {
    const seen = new Set<CardId>([start]);
    const queue = [start];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const edge of edges) {
        if ((forward ? edge.from : edge.to) !== at) continue;
        lit.add(edge.id);
        const next = forward ? edge.to : edge.from;
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
  };
  walk(card, true);
  walk(card, false);
  return lit;
}
