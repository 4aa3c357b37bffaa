// Where the picture stands in its window: as large as it can be read, never larger than drawn, left and top aligned
// when it doesn't fit.
import type { Scene, Size } from "../layout/scene.ts";

/** Smaller text than this can't be read; a larger picture is panned instead. */
const MIN_ZOOM = 0.72;

export interface View {
  x: number;
  y: number;
  zoom: number;
}

export function fitView(scene: Scene, window: Size, titles: number): View {
  const { bounds } = scene;
  const room = { width: window.width, height: window.height - titles - 8 };
  const wide = room.width / bounds.width;
  const tall = room.height / Math.max(1, bounds.height);
  const zoom = Math.min(1.15, Math.max(MIN_ZOOM, Math.min(wide, tall)));
  const spareX = room.width - bounds.width * zoom;
  return { x: Math.max(0, spareX / 2), y: titles, zoom };
}

/** The size to lay out for: the window without the titles. */
export function layoutSize(window: Size, titles: number): Size {
  return { width: window.width, height: Math.max(200, window.height - titles - 10) };
}
