// Where a note stands: beside its card, on a side where it covers no other card.
import type { Journey, Place } from "#cluster/trace/types";
import type { CardId } from "../layout/cards.ts";
import { cardOfPlace, ingressOf } from "../layout/places.ts";
import type { Rect, Route } from "../layout/route.ts";
import type { Scene } from "../layout/scene.ts";

export type Side = "above" | "below" | "right" | "left";

export interface NotePlace extends Rect {
  side: Side;
  /** Where its stem leaves it, from its left edge, for notes above and below. */
  stem: number;
}

const STEM = 12;

/** How tall a note with this text is. */
export function noteHeight(text: string, width: number, font: number): number {
  const perLine = Math.max(10, Math.floor((width - 18) / (font * 0.88 * 0.61)));
  return 26 + Math.ceil(text.length / perLine) * font * 1.32 + 12;
}

function overlap(a: Rect, b: Rect): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

function hiddenPoints(place: Rect, track: readonly Route[]): number {
  let hidden = 0;
  for (const { xs, ys } of track) {
    for (let i = 0; i < xs.length; i++) {
      const x = xs[i]! - place.x;
      const y = ys[i]! - place.y;
      if (x > 0 && x < place.w && y > 0 && y < place.h) hidden++;
    }
  }
  return hidden;
}

/** The side where it covers least; above first, since the track leaves to the right. */
export function notePlace(
  scene: Scene,
  card: CardId,
  size: { w: number; h: number },
  others: readonly Rect[],
  lit: ReadonlySet<CardId>,
  track: readonly Route[],
): NotePlace | null {
  const rect = scene.rects.get(card);
  if (!rect) return null;
  const right = scene.wall.right;
  const middle = rect.x + rect.w / 2;
  const centreY = Math.max(2, rect.y + rect.h / 2 - size.h / 2);
  const candidates: NotePlace[] = [];
  // Centred on its card first, then shifted to either side.
  for (const x of [middle - size.w / 2, rect.x, rect.x + rect.w - size.w]) {
    const kept = Math.min(Math.max(2, x), right - size.w - 2);
    const stem = middle - kept;
    candidates.push({ x: kept, y: rect.y - STEM - size.h, ...size, side: "above", stem });
    candidates.push({ x: kept, y: rect.y + rect.h + STEM, ...size, side: "below", stem });
  }
  candidates.push({ x: rect.x + rect.w + STEM, y: centreY, ...size, side: "right", stem: 0 });
  candidates.push({ x: rect.x - STEM - size.w, y: centreY, ...size, side: "left", stem: 0 });
  let best: NotePlace | null = null;
  let least = Number.POSITIVE_INFINITY;
  candidates.forEach((place, index) => {
    let cost = index;
    if (place.y < 2) cost += 1e5;
    if (place.x < 2 || place.x + place.w > right) cost += 1e6;
    for (const [id, other] of scene.rects)
      if (id !== card && !id.startsWith("node/")) cost += overlap(place, other) * (lit.has(id) ? 4 : 1);
    cost += hiddenPoints(place, track) * 120;
    for (const other of others) cost += overlap(place, other) * 2;
    if (cost < least) {
      least = cost;
      best = place;
    }
  });
  return best;
}

/** The Service whose rule rewrote the addresses: the last that the journey met. */
export function rewriteCard(scene: Scene, story: readonly Journey[]): CardId | null {
  let card: CardId | null = null;
  for (const journey of story) {
    for (const leg of journey.legs) {
      for (const service of leg.via ?? []) if (scene.rects.has(`svc/${service}`)) card = `svc/${service}`;
    }
    for (const step of journey.steps) {
      if (step.step === "service" && scene.rects.has(`svc/${step.service}`)) card = `svc/${step.service}`;
    }
  }
  return card;
}

/** The card where a request stopped. */
export function failureCard(scene: Scene, journey: Journey, place: Place): CardId | null {
  const ingress = ingressOf(journey, undefined);
  return cardOfPlace(
    scene,
    place,
    ingress,
    place.kind === "client" || samePlace(place, journey.client.place),
  );
}

function samePlace(a: Place, b: Place): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
