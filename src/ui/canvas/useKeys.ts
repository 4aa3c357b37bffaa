// Keys and clicks on the picture: arrows move between cards, Escape lets go, a click on a packet selects its request.
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, type KeyboardEvent, type MouseEvent } from "react";
import { select, useStore } from "#session/store";
import type { Rect } from "../layout/route.ts";
import type { Scene } from "../layout/scene.ts";
import { isArrow, nextCard } from "./keyboard.ts";
import { packetAt, packetsOnScreen } from "./packets/hit.ts";

type Flow = ReturnType<typeof useReactFlow>;

export function useArrowKeys(scene: Scene | null) {
  const flow = useReactFlow();
  return useCallback(
    (event: KeyboardEvent<HTMLDivElement>) => {
      if (event.key === "Escape" && useStore.getState().selection !== null) {
        select(null);
        event.stopPropagation();
        return;
      }
      const from = (event.target as HTMLElement).dataset.card;
      if (!scene || from === undefined || !isArrow(event.key)) return;
      const next = nextCard(scene.rects, from, event.key);
      event.preventDefault();
      event.stopPropagation();
      if (next === null) return;
      const card = event.currentTarget.querySelector<HTMLElement>(`[data-card="${CSS.escape(next)}"]`);
      card?.focus({ preventScroll: true });
      const rect = scene.rects.get(next);
      if (card && rect) bringIntoView(flow, event.currentTarget, rect);
    },
    [scene, flow],
  );
}

/** Pans just enough for a card to be seen. */
function bringIntoView(flow: Flow, window: HTMLElement, rect: Rect): void {
  const { x, y, zoom } = flow.getViewport();
  const left = rect.x * zoom + x;
  const top = rect.y * zoom + y;
  const right = left + rect.w * zoom;
  const bottom = top + rect.h * zoom;
  const { clientWidth, clientHeight } = window;
  const dx = left < 8 ? 8 - left : right > clientWidth - 8 ? clientWidth - 8 - right : 0;
  const dy = top < 60 ? 60 - top : bottom > clientHeight - 8 ? clientHeight - 8 - bottom : 0;
  if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom });
}

export function usePacketClick() {
  const store = useStoreApi();
  return useCallback(
    (event: MouseEvent) => {
      const box = store.getState().domNode?.getBoundingClientRect();
      if (!box) return;
      const [x, y, zoom] = store.getState().transform;
      const at = { x: (event.clientX - box.left - x) / zoom, y: (event.clientY - box.top - y) / zoom };
      const packet = packetAt(packetsOnScreen.current, at.x, at.y);
      select(packet ? { kind: "journey", id: packet.journey.id } : null);
    },
    [store],
  );
}
