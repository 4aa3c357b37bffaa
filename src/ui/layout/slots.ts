// The memory that keeps the picture still: where each card stands and which place in its node a pod has. What stands
// keeps its place when something comes; what goes frees its place for the next.

export interface Span {
  y: number;
  h: number;
}

export interface Slots {
  /** Changes of it (another width class, another scenario) lay everything out anew. */
  epoch: string;
  /** Rows of pods that a node frame has room for before pods go to a second column. */
  rows: number;
  /** Card id to its vertical place, for cards of the free lanes. */
  spans: ReadonlyMap<string, Span>;
  /** Node name to pods by place; null is a free place. "" holds pods without a node. */
  places: ReadonlyMap<string, readonly (string | null)[]>;
  /** Row of each node, top down. */
  nodes: readonly string[];
  collapsed: ReadonlySet<string>;
}

export const NO_SLOTS: Slots = {
  epoch: "",
  rows: 0,
  spans: new Map(),
  places: new Map(),
  nodes: [],
  collapsed: new Set(),
};

/** Pods of a node to places: those that had one keep it, the others take the first free ones in order. */
export function assignPlaces(before: readonly (string | null)[], pods: readonly string[]): (string | null)[] {
  const here = new Set(pods);
  const places = before.map((pod) => (pod !== null && here.has(pod) ? pod : null));
  const placed = new Set(places.filter((pod) => pod !== null));
  let free = 0;
  for (const pod of pods) {
    if (placed.has(pod)) continue;
    while (free < places.length && places[free] !== null) free++;
    places[free] = pod;
  }
  while (places.length > 0 && places.at(-1) === null) places.pop();
  return places;
}

function overlaps(span: Span, other: Span, gap: number): boolean {
  return span.y < other.y + other.h + gap && other.y < span.y + span.h + gap;
}

/** The free place of this height whose centre is nearest to `centre`, at or below `top`. */
function nearestFree(taken: readonly Span[], h: number, centre: number, top: number, gap: number): number {
  const wish = Math.max(top, centre - h / 2);
  const candidates = [wish, top];
  for (const span of taken) candidates.push(span.y + span.h + gap, span.y - gap - h);
  let best = Number.POSITIVE_INFINITY;
  for (const y of candidates) {
    if (y < top || taken.some((span) => overlaps({ y, h }, span, gap))) continue;
    if (Math.abs(y - wish) < Math.abs(best - wish)) best = y;
  }
  return best;
}

export interface Wish {
  id: string;
  h: number;
  centre: number;
}

/**
 * Places a lane's cards. Cards keep their former places while these still fit them; `blocked` are stretches that are
 * not free for this lane.
 */
export function placeLane(
  wishes: readonly Wish[],
  before: ReadonlyMap<string, Span>,
  blocked: readonly Span[],
  top: number,
  gap: number,
): Map<string, Span> {
  const result = new Map<string, Span>();
  const taken: Span[] = [...blocked];
  const late: Wish[] = [];
  for (const wish of wishes) {
    const old = before.get(wish.id);
    const span = old && { y: old.y, h: wish.h };
    if (span && !taken.some((other) => overlaps(span, other, Math.min(gap, 8)))) {
      taken.push(span);
      result.set(wish.id, span);
    } else late.push(wish);
  }
  for (const wish of late) {
    const span = { y: nearestFree(taken, wish.h, wish.centre, top, gap), h: wish.h };
    taken.push(span);
    result.set(wish.id, span);
  }
  return result;
}
