// The one story that is told: a selected journey, the cards it touched, and how far its packet has come.
import { createContext, useContext } from "react";
import type { Journey } from "#cluster/trace/types";
import { useStore } from "#session/store";
import type { Card, CardId } from "../layout/cards.ts";
import { ingressOf, wayOfLeg } from "../layout/places.ts";
import type { Route } from "../layout/route.ts";
import { routeThrough } from "../layout/routing.ts";
import type { Scene } from "../layout/scene.ts";
import { isSelected } from "./names.ts";

/** Cards that the selected journey touched; null without one. */
export const LitContext = createContext<ReadonlySet<CardId> | null>(null);

export function useIsLit(card: CardId): boolean {
  return useContext(LitContext)?.has(card) ?? false;
}

export function useIsSelected(card: Card): boolean {
  return useStore((state) => isSelected(card, state.selection));
}

/** The card where the selected request failed; null while none has. */
export const StoppedContext = createContext<CardId | null>(null);

export function useIsStopped(card: CardId): boolean {
  return useContext(StoppedContext) === card;
}

/** The selected journey, with those that it caused (an Ingress controller's request to a pod). */
export function storyOf(journeys: ReadonlyMap<number, Journey>, id: number): Journey[] {
  const root = journeys.get(id);
  if (!root) return [];
  const story = [root];
  for (const journey of journeys.values()) if (journey.parent === id) story.push(journey);
  if (root.parent !== undefined) {
    const parent = journeys.get(root.parent);
    if (parent) story.unshift(parent);
  }
  return story;
}

export function touchedCards(scene: Scene, story: readonly Journey[]): Set<CardId> {
  const cards = new Set<CardId>();
  for (const journey of story) {
    const parent = story.find((other) => other.id === journey.parent);
    for (const leg of journey.legs) {
      const way = wayOfLeg(scene, journey, leg, ingressOf(journey, parent));
      for (const card of way?.chain ?? []) cards.add(card);
    }
  }
  return cards;
}

/** The routes of a story's packets. */
export function routesOf(scene: Scene, story: readonly Journey[]): Route[] {
  const routes: Route[] = [];
  for (const journey of story) {
    const parent = story.find((other) => other.id === journey.parent);
    for (const leg of journey.legs) {
      const way = wayOfLeg(scene, journey, leg, ingressOf(journey, parent));
      const route = way && routeThrough(scene, way.chain, way.kind);
      if (route) routes.push(route);
    }
  }
  return routes;
}
