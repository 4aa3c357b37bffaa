// The one 2D canvas over the picture. Each animation frame it asks for the virtual time, finds the packets that are
// under way and paints them in React Flow's coordinates. Nothing in here renders.
import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import type { Leg } from "#cluster/trace/types";
import { useStore, virtualNow } from "#session/store";
import type { Scene } from "../../layout/scene.ts";
import { useTheme } from "../../theme/theme.ts";
import { BAND_FROM, BAND_UNTIL, flightAt, MARK_MS, recentJourneys, RouteCache } from "./flight.ts";
import { prefersReducedMotion } from "../reducedMotion.ts";
import { paintBands } from "./bands.ts";
import { paintMarks, paintPackets, readColours, type Colours } from "./paint.ts";
import { packetsOnScreen } from "./hit.ts";

interface Painter {
  cache: RouteCache;
  since: Map<Leg, number>;
  /** Wall time that has passed while the clock ran; marks age by it. */
  running: number;
  last: number;
  bands: boolean;
  empty: boolean;
  /** The canvas's size in CSS pixels. */
  box: { width: number; height: number };
}

export function PacketLayer({ scene, bandText }: { scene: Scene; bandText: (rate: number) => string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const flow = useStoreApi();
  const theme = useTheme((state) => state.theme);
  const painter = useRef<Painter>({
    cache: new RouteCache(),
    since: new Map(),
    running: 0,
    last: 0,
    bands: false,
    empty: true,
    box: { width: 0, height: 0 },
  });
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return undefined;
    const colours = readColours(element);
    const measure = (): void => {
      painter.current.box = { width: element.clientWidth, height: element.clientHeight };
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    let frame = 0;
    const draw = (wall: number): void => {
      frame = requestAnimationFrame(draw);
      paintFrame(
        element,
        context,
        scene,
        painter.current,
        flow.getState().transform,
        wall,
        colours,
        bandText,
      );
    };
    frame = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [scene, flow, theme, bandText]);
  return <canvas ref={canvas} className="packets" aria-hidden="true" />;
}

function paintFrame(
  element: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  scene: Scene,
  painter: Painter,
  [x, y, zoom]: readonly [number, number, number],
  wall: number,
  colours: Colours,
  bandText: (rate: number) => string,
): void {
  const state = useStore.getState();
  const passed = Math.min(100, wall - painter.last);
  painter.last = wall;
  if (state.playing) painter.running += passed;
  const now = virtualNow(wall, state);
  const linger = MARK_MS * Math.max(state.speed, 1) + 1000;
  const recent = recentJourneys(state.journeys, now, linger);
  const flight = flightAt(
    scene,
    recent,
    state.journeys,
    now,
    state.speed,
    painter.cache,
    painter.since,
    painter.running,
    prefersReducedMotion(),
  );
  for (const [leg, first] of painter.since) {
    if (painter.running - first > MARK_MS * 4) painter.since.delete(leg);
  }
  packetsOnScreen.current = flight.packets;
  const blank = flight.packets.length === 0 && flight.marks.length === 0;
  if (blank && painter.empty) return;
  painter.empty = blank;
  resize(element, painter.box);
  const ratio = window.devicePixelRatio || 1;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, element.width, element.height);
  context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
  painter.bands = flight.packets.length > (painter.bands ? BAND_UNTIL : BAND_FROM);
  if (painter.bands) paintBands(context, scene, flight.packets, recent, now, colours, bandText);
  else {
    const selected = state.selection?.kind === "journey" ? state.selection.id : null;
    paintPackets(context, flight.packets, colours, selected);
  }
  paintMarks(context, flight.marks, colours);
}

/** The size comes from an observer: asking the element in each frame would lay out the whole page each time. */
function resize(element: HTMLCanvasElement, box: Painter["box"]): void {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round(box.width * ratio);
  const height = Math.round(box.height * ratio);
  if (element.width !== width) element.width = width;
  if (element.height !== height) element.height = height;
}
