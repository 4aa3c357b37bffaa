// Where the lanes stand and how large cards are, for a canvas of a given width. All lengths are CSS pixels at zoom 1.

export type ProfileName = "wide" | "medium" | "small";

export interface Column {
  x: number;
  w: number;
}

export interface Geometry {
  profile: ProfileName;
  /** Base font size; cards size their text in em. */
  font: number;
  client: Column & { h: number };
  loadBalancer: Column & { h: number };
  door: Column & { h: number };
  ingress: Column;
  service: Column;
  /** Node frames; pods stand `pad` inside. */
  node: Column & { pad: number; header: number };
  pod: { w: number; h: number; gapX: number; gapY: number };
  group: { w: number };
  wall: { left: number; right: number; radius: number };
  /** Vertical distance between cards of one lane. */
  gap: number;
  /** Top of the first row, below the wall's top edge at 0. */
  top: number;
  width: number;
}

interface Base {
  font: number;
  margin: number;
  widths: { client: number; loadBalancer: number; door: number; service: number; pod: number; group: number };
  gaps: [number, number, number, number];
  heights: { client: number; loadBalancer: number; door: number; pod: number };
  header: number;
  pad: number;
  gap: number;
}

const WIDE: Base = {
  font: 13,
  margin: 12,
  widths: { client: 80, loadBalancer: 132, door: 128, service: 164, pod: 186, group: 276 },
  gaps: [34, 52, 56, 78],
  heights: { client: 84, loadBalancer: 84, door: 62, pod: 60 },
  header: 32,
  pad: 8,
  gap: 20,
};

const MEDIUM: Base = {
  font: 12,
  margin: 8,
  widths: { client: 62, loadBalancer: 114, door: 92, service: 130, pod: 140, group: 230 },
  gaps: [14, 24, 26, 40],
  heights: { client: 72, loadBalancer: 74, door: 50, pod: 52 },
  header: 28,
  pad: 6,
  gap: 14,
};

/** Small screens with a load balancer: five columns in 390 px. */
const TINY: Base = {
  font: 11,
  margin: 4,
  widths: { client: 52, loadBalancer: 60, door: 68, service: 84, pod: 78, group: 160 },
  gaps: [10, 12, 16, 14],
  heights: { client: 60, loadBalancer: 74, door: 46, pod: 58 },
  header: 20,
  pad: 0,
  gap: 12,
};

const SMALL: Base = {
  font: 11.5,
  margin: 6,
  widths: { client: 60, loadBalancer: 70, door: 80, service: 92, pod: 84, group: 176 },
  gaps: [14, 18, 20, 24],
  heights: { client: 62, loadBalancer: 66, door: 46, pod: 62 },
  header: 20,
  pad: 0,
  gap: 12,
};

export function profileFor(width: number): ProfileName {
  if (width >= 860) return "wide";
  return width >= 560 ? "medium" : "small";
}

/**
 * A little less than the natural width is taken from the gaps. Extra width goes to the last two gaps first, then to the cards (a quarter at most). On small screens the load
 * balancer's column is only there when a Service needs it.
 */
export function geometryFor(width: number, needsLoadBalancer = true): Geometry {
  const profile = profileFor(width);
  const base = profile === "wide" ? WIDE : profile === "medium" ? MEDIUM : needsLoadBalancer ? TINY : SMALL;
  const column = profile !== "small" || needsLoadBalancer;
  const natural = place(base, 0, 1, column);
  const extra = Math.max(profile === "wide" ? -40 : 0, width - natural.width);
  const forGaps = Math.min(extra, profile === "wide" ? 110 : 60);
  const cardWidth = natural.service.w + natural.pod.w + natural.door.w + natural.client.w;
  const stretch = Math.min(1.25, 1 + Math.max(0, extra - forGaps) / cardWidth);
  return place(base, forGaps, stretch, column);
}

function place(base: Base, forGaps: number, stretch: number, loadBalancerColumn: boolean): Geometry {
  const size = (w: number): number => Math.round(w * stretch);
  const [g1, g2, g3, g4] = base.gaps;
  const client = { x: base.margin, w: size(base.widths.client), h: base.heights.client };
  let x = client.x + client.w + g1;
  const loadBalancer = {
    x,
    w: loadBalancerColumn ? size(base.widths.loadBalancer) : 0,
    h: base.heights.loadBalancer,
  };
  x += loadBalancer.w + (loadBalancerColumn ? g2 : 0);
  const door = { x, w: size(base.widths.door), h: base.heights.door };
  x += door.w + Math.round(g3 + forGaps * 0.45);
  const service = { x, w: size(base.widths.service) };
  x += service.w + Math.round(g4 + forGaps * 0.55);
  const pod = { w: size(base.widths.pod), h: base.heights.pod, gapX: 26, gapY: 6 };
  const node = { x, w: pod.w + 2 * base.pad, pad: base.pad, header: base.header };
  const left = door.x + Math.round(door.w / 2);
  const right = node.x + node.w + (base.pad === 0 ? 6 : base.pad);
  const narrow = base === SMALL || base === TINY;
  const ingressWidth = door.w + (narrow ? 4 : 20);
  return {
    profile: base === WIDE ? "wide" : base === MEDIUM ? "medium" : "small",
    font: base.font,
    client,
    loadBalancer,
    door,
    ingress: { x: left - Math.round(ingressWidth / 2), w: ingressWidth },
    service,
    node,
    pod,
    group: { w: Math.max(node.w, base.widths.group) },
    wall: { left, right, radius: narrow ? 12 : 16 },
    gap: base.gap,
    top: narrow ? 8 : 14,
    width: right + base.margin - 4,
  };
}
