// The card under the pointer or with the focus: its whole path is lit.
import { create } from "zustand";
import type { CardId } from "../layout/cards.ts";
import type { PlacedEdge } from "../layout/scene.ts";

export const useHover = create<{ card: CardId | null }>(() => ({ card: null }));

/** Where a walk has come, and which Service's way it is on, once it has met one. */
interface Stop {
  card: CardId;
  service: string | undefined;
}

/** A load balancer belongs to one Service too: behind a shared door its way leads to no other. */
const serviceOf = (card: CardId): string | undefined => /^(?:svc|lb)\/(.*)$/.exec(card)?.[1];

/** Ids of the edges that lead to a card and away from it, over all lanes. */
export function connectedEdges(edges: readonly PlacedEdge[], card: CardId): Set<string> {
  const lit = new Set<string>();
  const walk = (forward: boolean): void => {
    const seen = new Set<string>();
    const queue: Stop[] = [{ card, service: serviceOf(card) }];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const edge of edges) {
        if ((forward ? edge.from : edge.to) !== at.card) continue;
        const next = forward ? edge.to : edge.from;
        const service = serviceOf(next) ?? at.service;
        if (at.service !== undefined && service !== at.service) continue;
        lit.add(edge.id);
        const stop = `${next} ${service}`;
        if (seen.has(stop)) continue;
        seen.add(stop);
        queue.push({ card: next, service });
      }
    }
  };
  walk(true);
  walk(false);
  return lit;
}
