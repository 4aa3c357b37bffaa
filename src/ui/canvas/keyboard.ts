// Moving between cards with the arrow keys: to the nearest card in that direction.
import type { CardId } from "../layout/cards.ts";
import type { Rect } from "../layout/route.ts";

export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

export function isArrow(key: string): key is Arrow {
  return key === "ArrowLeft" || key === "ArrowRight" || key === "ArrowUp" || key === "ArrowDown";
}

/** Sideways distance counts double, so that one stays in the lane or the row. */
export function nextCard(rects: ReadonlyMap<CardId, Rect>, from: CardId, arrow: Arrow): CardId | null {
  const origin = rects.get(from);
  if (!origin) return null;
  const ox = origin.x + origin.w / 2;
  const oy = origin.y + origin.h / 2;
  let best: CardId | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [id, rect] of rects) {
    if (id === from) continue;
    const dx = rect.x + rect.w / 2 - ox;
    const dy = rect.y + rect.h / 2 - oy;
    const along = arrow === "ArrowLeft" ? -dx : arrow === "ArrowRight" ? dx : arrow === "ArrowUp" ? -dy : dy;
    const across = Math.abs(arrow === "ArrowLeft" || arrow === "ArrowRight" ? dy : dx);
    if (along < 8 || across > along * 3 + 40) continue;
    const cost = along + across * 2;
    if (cost < least) {
      least = cost;
      best = id;
    }
  }
  return best;
}
