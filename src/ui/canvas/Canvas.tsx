// The picture of the cluster. Reads the projection store; renders when objects change; packets move on a canvas of
// their own without rendering anything.
import "@xyflow/react/dist/style.css";
import "../theme/tokens.css";
import "../status/status.css";
import "./canvas.css";
import {
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
  type Node as FlowNode,
  type NodeTypes,
} from "@xyflow/react";
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from "react";
import { select, useStore } from "#session/store";
import { useT } from "../i18n/i18n.ts";
import type { Scene, Size } from "../layout/scene.ts";
import { profileFor } from "../layout/geometry.ts";
import { BackLayer } from "./BackLayer.tsx";
import { ClientCard } from "./cards/ClientCard.tsx";
import { DoorCard } from "./cards/DoorCard.tsx";
import { GroupCard } from "./cards/GroupCard.tsx";
import { IngressCard } from "./cards/IngressCard.tsx";
import { LoadBalancerCard } from "./cards/LoadBalancerCard.tsx";
import { NodeFrame } from "./cards/NodeFrame.tsx";
import { PodCard } from "./cards/PodCard.tsx";
import { ServiceCard } from "./cards/ServiceCard.tsx";
import { TargetCard } from "./cards/TargetCard.tsx";
import { Controls } from "./Controls.tsx";
import { EmptyTexts } from "./EmptyTexts.tsx";
import { fitView, layoutSize } from "./fit.ts";
import { flowNodes } from "./flowNodes.ts";
import { isArrow, nextCard } from "./keyboard.ts";
import { LaneTitles } from "./LaneTitles.tsx";
import { Notes } from "./Notes.tsx";
import { packetAt, packetsOnScreen } from "./packets/hit.ts";
import { PacketLayer } from "./packets/PacketLayer.tsx";
import { SceneContext } from "./sceneContext.ts";
import { LitContext, storyOf, touchedCards } from "./spotlight.ts";
import { TITLES, TITLES_SMALL, useScene } from "./useScene.ts";

const NODE_TYPES: NodeTypes = {
  client: ClientCard,
  loadBalancer: LoadBalancerCard,
  door: DoorCard,
  ingress: IngressCard,
  service: ServiceCard,
  node: NodeFrame,
  pod: PodCard,
  group: GroupCard,
  target: TargetCard,
};

const NO_EDGES: never[] = [];

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Picture />
    </ReactFlowProvider>
  );
}

function useSize(): [(element: HTMLDivElement | null) => void, Size | null] {
  const [size, setSize] = useState<Size | null>(null);
  const observer = useRef<ResizeObserver | null>(null);
  const ref = useCallback((element: HTMLDivElement | null) => {
    observer.current?.disconnect();
    if (!element) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0)
        setSize((old) => (old?.width === width && old.height === height ? old : { width, height }));
    };
    measure();
    observer.current = new ResizeObserver(measure);
    observer.current.observe(element);
  }, []);
  return [ref, size];
}

/** The cards that the selected journey touched. */
function useLit(scene: Scene | null): ReadonlySet<string> | null {
  const id = useStore((state) => (state.selection?.kind === "journey" ? state.selection.id : null));
  const journeys = useStore((state) => (id === null ? null : state.journeys));
  return useMemo(() => {
    if (id === null || journeys === null || !scene) return null;
    return touchedCards(scene, storyOf(journeys, id));
  }, [scene, id, journeys]);
}

function Picture() {
  const t = useT();
  const [ref, size] = useSize();
  const titles = size !== null && profileFor(size.width) === "small" ? TITLES_SMALL : TITLES;
  const room = useMemo(() => size && layoutSize(size, titles), [size, titles]);
  const scene = useScene(room);
  const lit = useLit(scene);
  const nodes = useMemo(() => (scene ? flowNodes(scene) : []), [scene]);
  const { refit, moved } = useFitting(scene, size, titles);
  const onKeyDown = useArrowKeys(scene);
  const onPaneClick = usePacketClick();
  const bandText = useCallback((rate: number) => t("bandRate", { rate: Math.round(rate) }), [t]);
  const profile = scene?.geometry.profile ?? "wide";
  return (
    <div
      ref={ref}
      className={`canvas ${profile}${lit !== null ? " spotlit" : ""}`}
      style={{ ["--cf" as string]: `${scene?.geometry.font ?? 13}px` }}
      role="group"
      aria-label={t("canvasLabel")}
      onKeyDown={onKeyDown}
    >
      {scene && size ? (
        <SceneContext.Provider value={scene}>
          <LitContext.Provider value={lit}>
            <ReactFlow<FlowNode>
              nodes={nodes}
              edges={NO_EDGES}
              nodeTypes={NODE_TYPES}
              nodesDraggable={false}
              nodesConnectable={false}
              nodesFocusable={false}
              edgesFocusable={false}
              elementsSelectable={false}
              disableKeyboardA11y
              panOnScroll
              minZoom={0.3}
              maxZoom={2.5}
              defaultViewport={fitView(scene, size, titles)}
              onMoveStart={(event) => event && moved()}
              onPaneClick={onPaneClick}
              proOptions={{ hideAttribution: true }}
            >
              <BackLayer />
              <Notes />
              <LaneTitles scene={scene} />
            </ReactFlow>
            <PacketLayer scene={scene} bandText={bandText} />
            <EmptyTexts scene={scene} />
            <Controls scene={scene} onFit={refit} />
          </LitContext.Provider>
        </SceneContext.Provider>
      ) : null}
    </div>
  );
}

/** Fits the view when the picture's size changes, until the reader moves it. */
function useFitting(
  scene: Scene | null,
  size: Size | null,
  titles: number,
): { refit: () => void; moved: () => void } {
  const flow = useReactFlow();
  const byHand = useRef(false);
  const refit = useCallback(() => {
    byHand.current = false;
    if (scene && size) void flow.setViewport(fitView(scene, size, titles), { duration: 200 });
  }, [flow, scene, size, titles]);
  const width = scene?.bounds.width;
  const height = scene?.bounds.height;
  const fit = useRef<() => void>(() => undefined);
  fit.current = () => {
    if (scene && size && !byHand.current) void flow.setViewport(fitView(scene, size, titles));
  };
  useLayoutEffect(() => fit.current(), [width, height, size, titles]);
  const moved = useCallback(() => {
    byHand.current = true;
  }, []);
  return { refit, moved };
}

function useArrowKeys(scene: Scene | null) {
  const flow = useReactFlow();
  const element = useRef<Element | null>(null);
  useEffect(() => {
    element.current = document.querySelector(".canvas");
  }, []);
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
function bringIntoView(
  flow: ReturnType<typeof useReactFlow>,
  window: HTMLElement,
  rect: { x: number; y: number; w: number; h: number },
): void {
  const { x, y, zoom } = flow.getViewport();
  const left = rect.x * zoom + x;
  const top = rect.y * zoom + y;
  const right = left + rect.w * zoom;
  const bottom = top + rect.h * zoom;
  const dx = left < 8 ? 8 - left : right > window.clientWidth - 8 ? window.clientWidth - 8 - right : 0;
  const dy = top < 60 ? 60 - top : bottom > window.clientHeight - 8 ? window.clientHeight - 8 - bottom : 0;
  if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom });
}

/** A click on a packet selects its request; a click on the paper selects nothing. */
function usePacketClick() {
  const store = useStoreApi();
  return useCallback(
    (event: MouseEvent) => {
      const box = store.getState().domNode?.getBoundingClientRect();
      if (!box) return;
      const [x, y, zoom] = store.getState().transform;
      const packet = packetAt(
        packetsOnScreen.current,
        (event.clientX - box.left - x) / zoom,
        (event.clientY - box.top - y) / zoom,
      );
      select(packet ? { kind: "journey", id: packet.journey.id } : null);
    },
    [store],
  );
}
