// Moving between cards with the arrow keys: to the nearest card in that direction.
import type { CardId } from "../layout/cards.ts";
import type { Rect } from "../layout/route.ts";

export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

export function isArrow(key: string): key is Arrow {
  return key === "ArrowLeft" || key === "ArrowRight" || key === "ArrowUp" || key === "ArrowDown";
}

interface Candidate {
  id: CardId;
  /** Between the two cards, in the arrow's direction; negative where they overlap. */
  gap: number;
  along: number;
  across: number;
}

function candidates(rects: ReadonlyMap<CardId, Rect>, from: CardId, arrow: Arrow): Candidate[] {
  const origin = rects.get(from);
  if (!origin) return [];
  const sideways = arrow === "ArrowLeft" || arrow === "ArrowRight";
  const sign = arrow === "ArrowRight" || arrow === "ArrowDown" ? 1 : -1;
  const found: Candidate[] = [];
  for (const [id, rect] of rects) {
    if (id === from) continue;
    const dx = rect.x + rect.w / 2 - (origin.x + origin.w / 2);
    const dy = rect.y + rect.h / 2 - (origin.y + origin.h / 2);
    const along = sign * (sideways ? dx : dy);
    const across = Math.abs(sideways ? dy : dx);
    const halves = sideways ? (rect.w + origin.w) / 2 : (rect.h + origin.h) / 2;
    if (along >= 8 && across <= along * 3 + 40) found.push({ id, gap: along - halves, along, across });
  }
  return found;
}

/** Cards that begin within so much of each other stand in one lane. */
const LANE = 40;

/** Up and down, distance to the side counts double; left and right, no lane is passed over. */
export function nextCard(rects: ReadonlyMap<CardId, Rect>, from: CardId, arrow: Arrow): CardId | null {
  const all = candidates(rects, from, arrow);
  if (arrow === "ArrowUp" || arrow === "ArrowDown")
    return least(all, ({ along, across }) => along + across * 2);
  const beside = all.filter(({ gap }) => gap > -8);
  const first = Math.min(...beside.map(({ gap }) => gap));
  return least(
    beside.filter(({ gap }) => gap <= first + LANE),
    ({ across }) => across,
  );
}

function least(all: readonly Candidate[], cost: (candidate: Candidate) => number): CardId | null {
  let best: Candidate | undefined;
  for (const candidate of all) if (!best || cost(candidate) < cost(best)) best = candidate;
  return best?.id ?? null;
}
