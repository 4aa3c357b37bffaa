// From a leg of a journey to the chain of cards that its packet passes.
import type { Journey, Leg, Place } from "#cluster/trace/types";
import type { CardId, EdgeKind } from "./cards.ts";
import { placeId } from "./input.ts";
import type { Scene } from "./scene.ts";
import { cardsOfTarget } from "./topology.ts";

export interface Way {
  chain: CardId[];
  kind: EdgeKind;
}

/** The card that shows a place; clients in pods and nodes have a card of their own as senders. */
export function cardOfPlace(
  scene: Scene,
  place: Place,
  ingress: CardId | undefined,
  asClient: boolean,
): CardId | null {
  const id = placeId(place);
  if (asClient) {
    const client = scene.topology.clients.find((part) => part.place === id);
    if (client) return client.card.id;
  }
  if (place.kind === "ingress" && ingress !== undefined && scene.rects.has(ingress)) return ingress;
  for (const card of cardsOfTarget(id, scene.topology)) if (scene.rects.has(card)) return card;
  if (place.kind === "node") return scene.topology.groups[0]?.id ?? null;
  return null;
}

/** The Ingress whose rule a journey met, or the one whose request it serves. */
export function ingressOf(journey: Journey, parent: Journey | undefined): CardId | undefined {
  for (const source of [journey, parent]) {
    for (const step of source?.steps ?? []) {
      if (step.step === "ingress" && step.ingress !== undefined) return `ingress/${step.ingress}`;
    }
  }
  return undefined;
}

/** The cards along a leg in the direction of the request; a response travels them backwards. */
export function wayOfLeg(scene: Scene, journey: Journey, leg: Leg, ingress: CardId | undefined): Way | null {
  const forward = leg.direction === "request";
  const tail = forward ? leg.from : leg.to;
  const head = forward ? leg.to : leg.from;
  const client = placeId(journey.client.place);
  const from = cardOfPlace(scene, tail, ingress, placeId(tail) === client);
  const to = cardOfPlace(scene, head, ingress, false);
  if (from === null || to === null || from === to) return null;
  const via = (leg.via ?? []).map((service) => `svc/${service}`).filter((id) => scene.rects.has(id));
  const kind: EdgeKind = from.startsWith("ingress") ? "direct" : "traffic";
  return { chain: kind === "direct" ? [from, to] : [from, ...via, to], kind };
}
