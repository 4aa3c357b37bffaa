// The picture of the cluster. Reads the projection store; renders when objects change; packets move on a canvas of
// their own without rendering anything.
import "@xyflow/react/dist/style.css";
import "../theme/tokens.css";
import "../status/status.css";
import "./canvas.css";
import "./cards.css";
import "./pods.css";
import "./overlay.css";
import "./flash.css";
import { ReactFlow, ReactFlowProvider, type Node as FlowNode, type NodeTypes } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useT } from "../i18n/i18n.ts";
import { profileFor } from "../layout/geometry.ts";
import type { Size } from "../layout/scene.ts";
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
import { fitView, layoutSize, TITLES, TITLES_SMALL } from "./fit.ts";
import { watchFlashes } from "./flash.ts";
import { flowNodes } from "./flowNodes.ts";
import { LaneTitles } from "./LaneTitles.tsx";
import { Notes } from "./Notes.tsx";
import { OutOfSight } from "./OutOfSight.tsx";
import { PacketLayer } from "./packets/PacketLayer.tsx";
import { SceneContext } from "./sceneContext.ts";
import { createSceneKeeper } from "./sceneKeeper.ts";
import { useLit, useStopped } from "./selectedStory.ts";
import { LitContext, StoppedContext } from "./spotlight.ts";
import { useDescriptions } from "./useDescriptions.ts";
import { useFitting } from "./useFitting.ts";
import { useArrowKeys, usePacketClick } from "./useKeys.ts";

const NODE_TYPES: NodeTypes = {
  client: ClientCard,
  loadBalancer: LoadBalancerCard,
  door: DoorCard,
  ingress: IngressCard,
  service: ServiceCard,
  node: NodeFrame,
  pod: PodCard,
  workload: GroupCard,
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

function Picture() {
  const t = useT();
  const [ref, size] = useSize();
  const titles = size !== null && profileFor(size.width) === "small" ? TITLES_SMALL : TITLES;
  const [keeper] = useState(createSceneKeeper);
  useEffect(() => keeper.start(), [keeper]);
  useEffect(watchFlashes, []);
  useEffect(() => {
    if (size) keeper.resize(layoutSize(size, titles));
  }, [keeper, size, titles]);
  const scene = keeper.useScene();
  const lit = useLit(scene);
  const stopped = useStopped(scene);
  const nodes = useMemo(() => (scene ? flowNodes(scene) : []), [scene]);
  const { refit, moved } = useFitting(scene, size, titles);
  const onKeyDown = useArrowKeys(scene);
  const onPaneClick = usePacketClick();
  const described = useDescriptions();
  const bandText = useCallback((rate: number) => t("bandRate", { rate: Math.round(rate) }), [t]);
  const tidy = useCallback(() => {
    keeper.tidy();
    refit();
  }, [keeper, refit]);
  return (
    <div
      ref={ref}
      className={`canvas ${scene?.geometry.profile ?? "wide"}${lit !== null ? " spotlit" : ""}`}
      style={{ ["--cf" as string]: `${scene?.geometry.font ?? 13}px` }}
      role="group"
      aria-label={t("canvasLabel")}
      onKeyDown={onKeyDown}
    >
      {scene && size ? (
        <SceneContext.Provider value={scene}>
          <LitContext.Provider value={lit}>
            <StoppedContext.Provider value={stopped}>
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
                ariaLabelConfig={described}
                // React Flow would take these keys from the whole page, spaces typed into the editor among them.
                panActivationKeyCode={null}
                zoomActivationKeyCode={null}
                selectionKeyCode={null}
                multiSelectionKeyCode={null}
                deleteKeyCode={null}
                panOnScroll
                attributionPosition="bottom-right"
                minZoom={0.3}
                maxZoom={2.5}
                defaultViewport={fitView(scene.bounds, size, titles)}
                onMoveStart={(event) => event && moved()}
                onPaneClick={onPaneClick}
              >
                <BackLayer />
                <Notes />
                <LaneTitles scene={scene} />
              </ReactFlow>
              <PacketLayer scene={scene} bandText={bandText} />
              <EmptyTexts scene={scene} />
              <Controls scene={scene} onFit={tidy} />
              <OutOfSight scene={scene} titles={titles} onMove={moved} />
            </StoppedContext.Provider>
          </LitContext.Provider>
        </SceneContext.Provider>
      ) : null}
    </div>
  );
}
