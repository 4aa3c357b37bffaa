// Where the picture stands in its window: as large as it can be read, never much larger than drawn, and panned where it
// doesn't fit.
import { geometryFor } from "../layout/geometry.ts";
import type { Size } from "../layout/scene.ts";

/** Room above the wall for the lane titles. */
export const TITLES = 54;
export const TITLES_SMALL = 34;

/** Smaller text than this can't be read; a wider picture is panned instead, a taller one even earlier. */
const MIN_ZOOM = 0.72;
const MIN_ZOOM_FOR_HEIGHT = 0.86;
const MAX_ZOOM = 1.2;
const SNAP = 1.06;

export interface View {
  x: number;
  y: number;
  zoom: number;
}

export function fitView(bounds: Size, window: Size, titles: number): View {
  const room = { width: window.width, height: window.height - titles - 8 };
  const wide = room.width / bounds.width;
  const tall = room.height / Math.max(1, bounds.height);
  const fitting = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, Math.min(wide, Math.max(tall, MIN_ZOOM_FOR_HEIGHT))));
  // Text is sharpest at its own size, so a picture that nearly fits is shown at it.
  const zoom = fitting > 0.995 && fitting < SNAP ? 1 : fitting;
  const spareX = room.width - bounds.width * zoom;
  return { x: Math.max(0, Math.floor(spareX / 2)), y: titles, zoom };
}

/** The size to lay out for: the window without the titles, in the picture's own pixels where it is shown enlarged. */
export function layoutSize(window: Size, titles: number): Size {
  const enlarged = Math.min(MAX_ZOOM, Math.max(1, window.width / geometryFor(window.width).width));
  const zoom = enlarged < SNAP ? 1 : enlarged;
  return { width: window.width, height: Math.max(200, (window.height - titles - 10) / zoom) };
}
