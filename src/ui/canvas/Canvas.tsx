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
import {
  ReactFlow,
  ReactFlowProvider,
  type Node as FlowNode,
  type NodeTypes,
  type ReactFlowProps,
} from "@xyflow/react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useT } from "../i18n/i18n.ts";
import { profileFor } from "../layout/geometry.ts";
import type { Scene, Size } from "../layout/scene.ts";
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
import { useSize } from "./useSize.ts";

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

/** React Flow shows the picture and moves it; what is chosen, and by which key, is not its concern. */
const QUIET = {
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true,
  // It would take these keys from the whole page, spaces typed into the editor among them.
  panActivationKeyCode: null,
  zoomActivationKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  deleteKeyCode: null,
  panOnScroll: true,
  attributionPosition: "bottom-right",
  minZoom: 0.3,
  maxZoom: 2.5,
} as const satisfies ReactFlowProps;

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Picture />
    </ReactFlowProvider>
  );
}

function Picture() {
  const t = useT();
  const [ref, size] = useSize();
  const titles = size !== null && profileFor(size.width) === "small" ? TITLES_SMALL : TITLES;
  const [scene, tidy] = useScene(size, titles);
  const lit = useLit(scene);
  const stopped = useStopped(scene);
  const onKeyDown = useArrowKeys(scene);
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
              <Drawn scene={scene} size={size} titles={titles} tidy={tidy} />
            </StoppedContext.Provider>
          </LitContext.Provider>
        </SceneContext.Provider>
      ) : null}
    </div>
  );
}

/** What stands where in a canvas of this size, and what puts it in order anew. */
function useScene(size: Size | null, titles: number): [Scene | null, () => void] {
  const [keeper] = useState(createSceneKeeper);
  useEffect(() => keeper.start(), [keeper]);
  useEffect(watchFlashes, []);
  useEffect(() => {
    if (size) keeper.resize(layoutSize(size, titles));
  }, [keeper, size, titles]);
  return [keeper.useScene(), keeper.tidy];
}

interface DrawnProps {
  scene: Scene;
  size: Size;
  titles: number;
  tidy: () => void;
}

function Drawn({ scene, size, titles, tidy }: DrawnProps) {
  const t = useT();
  const { refit, moved } = useFitting(scene, size, titles);
  const nodes = useMemo(() => flowNodes(scene), [scene]);
  const onPaneClick = usePacketClick();
  const described = useDescriptions();
  const bandText = useCallback((rate: number) => t("bandRate", { rate: Math.round(rate) }), [t]);
  const fit = useCallback(() => {
    tidy();
    refit();
  }, [tidy, refit]);
  return (
    <>
      <ReactFlow<FlowNode>
        {...QUIET}
        nodes={nodes}
        edges={NO_EDGES}
        nodeTypes={NODE_TYPES}
        ariaLabelConfig={described}
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
      <Controls scene={scene} onFit={fit} />
      <OutOfSight scene={scene} titles={titles} onMove={moved} />
    </>
  );
}
