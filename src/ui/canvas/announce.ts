// Which changes of state are worth saying aloud. Never packets.
import type { Card, PodCard } from "../layout/cards.ts";
import type { PodState } from "../status/podStatus.ts";

/** More changes at once are only counted. */
const MAX_SPOKEN = 3;

export interface StateChange {
  name: string;
  card: PodCard;
}

function podsOf(cards: readonly Card[]): PodCard[] {
  return cards.flatMap((card) =>
    card.type === "pod" ? [card] : card.type === "group" ? card.rows.flatMap((row) => row.pods) : [],
  );
}

/** Pods whose state differs from before; new ones say nothing until their state changes. */
export function stateChanges(
  before: ReadonlyMap<string, PodState>,
  cards: readonly Card[],
): { changes: StateChange[]; states: Map<string, PodState> } {
  const states = new Map<string, PodState>();
  const changes: StateChange[] = [];
  for (const card of podsOf(cards)) {
    states.set(card.id, card.look.state);
    const old = before.get(card.id);
    if (old !== undefined && old !== card.look.state) changes.push({ name: card.name, card });
  }
  return { changes, states };
}

export function spokenText(
  changes: readonly StateChange[],
  word: (card: PodCard) => string,
  many: (count: number) => string,
): string {
  if (changes.length > MAX_SPOKEN) return many(changes.length);
  return changes.map((change) => `${change.name}: ${word(change.card)}`).join(". ");
}
