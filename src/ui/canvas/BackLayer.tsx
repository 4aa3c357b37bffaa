// What lies behind the cards: the wall, the edges, the selected request's track. Moves with the viewport.
import { ViewportPortal } from "@xyflow/react";
import { memo, useMemo } from "react";
import { useT } from "../i18n/i18n.ts";
import { part, pointAt } from "../layout/route.ts";
import type { PlacedEdge, Scene } from "../layout/scene.ts";
import { useBusyEdges } from "./busy.ts";
import { connectedEdges, useHover } from "./hover.ts";
import { useCurrentScene } from "./sceneContext.ts";
import { Track } from "./Track.tsx";

export function BackLayer() {
  const scene = useCurrentScene();
  const t = useT();
  const hovered = useHover((state) => state.card);
  const lit = useMemo(
    () => (hovered === null ? null : connectedEdges(scene.edges, hovered)),
    [scene, hovered],
  );
  const many = scene.edges.length > MANY_EDGES;
  const busy = useBusyEdges(scene, many);
  const small = scene.geometry.profile === "small";
  return (
    <ViewportPortal>
      <svg className="canvas-back ground" width="1" height="1" aria-hidden="true">
        <path className="wall" d={scene.wall.d} />
        {small ? null : (
          <text className="wall-label" x={labelX(scene)} y={20}>
            {t("canvasCluster")}
          </text>
        )}
      </svg>
      <svg className="canvas-back" width="1" height="1" aria-hidden="true">
        <g className={edgesClass(many, (lit?.size ?? 0) > 0)}>
          {scene.edges.map((edge) => (
            <EdgeLine
              key={edge.id}
              edge={edge}
              lit={lit?.has(edge.id) ?? false}
              idle={busy !== null && !busy.has(edge.id)}
            />
          ))}
        </g>
        <Track />
      </svg>
    </ViewportPortal>
  );
}

/** With more edges than this those without traffic are drawn paler, so that they do not run together into one dark field. */
const MANY_EDGES = 24;

function edgesClass(many: boolean, hovering: boolean): string {
  return `edges${many ? " many" : ""}${hovering ? " hovering" : ""}`;
}

/** Beside the wall's corner, or beyond the door that stands there. */
function labelX(scene: Scene): number {
  const corner = scene.wall.left + 14;
  let x = corner;
  for (const rect of scene.rects.values()) {
    if (rect.y < 30 && rect.x < corner + 50 && rect.x + rect.w > corner)
      x = Math.max(x, rect.x + rect.w + 12);
  }
  return x;
}

/** Length of the stubs that an unplugged edge leaves. */
const STUB = 26;

interface EdgeLineProps {
  edge: PlacedEdge;
  lit: boolean;
  idle: boolean;
}

const EdgeLine = memo(
  function EdgeLine({ edge, lit, idle }: EdgeLineProps) {
    const { route } = edge;
    const name = `${edge.kind}${lit ? " lit" : ""}${idle ? " idle" : ""}`;
    if (!edge.cut) {
      return (
        <>
          {edge.kind === "direct" ? <path className="edge casing" d={route.d} /> : null}
          <path className={`edge edge-in ${name}`} d={route.d} />
        </>
      );
    }
    const share = Math.min(0.34, STUB / Math.max(1, route.length));
    const first = pointAt(route, share, { x: 0, y: 0 });
    const last = pointAt(route, 1 - share, { x: 0, y: 0 });
    return (
      <>
        <path className={`edge stub ${name}`} d={part(route, 0, share)} />
        <path className={`edge stub ${name}`} d={part(route, 1 - share, 1)} />
        <circle className={`edge-ring${lit ? " lit" : ""}`} cx={first.x} cy={first.y} r="3.5" />
        <circle className={`edge-ring${lit ? " lit" : ""}`} cx={last.x} cy={last.y} r="3.5" />
      </>
    );
  },
  (before, after) =>
    before.lit === after.lit &&
    before.idle === after.idle &&
    before.edge.cut === after.edge.cut &&
    before.edge.kind === after.edge.kind &&
    before.edge.route.d === after.edge.route.d,
);
