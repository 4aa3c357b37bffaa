// A sentence where a lane is empty, and a word for a cluster with nothing in it.
import { useStore as useFlow } from "@xyflow/react";
import { useStore } from "#session/store";
import { useT, type StringKey } from "../i18n/i18n.ts";
import type { Scene } from "../layout/scene.ts";

interface Empty {
  key: StringKey;
  y: number;
  x: number;
  w: number;
  /** The sentence ends at y and does not begin there: however many lines it takes, the track below stays clear. */
  above?: boolean;
}

/** Sentences that stand within the wall. */
const INSIDE = new Set<StringKey>(["emptyServices", "emptyEntryInside"]);

/** Below the lane's title. */
const TOP = 40;

function emptyLanes(scene: Scene): Empty[] {
  const { geometry, topology } = scene;
  const empty: Empty[] = [];
  const entries = topology.doors.length + topology.ingresses.length;
  const balancers = topology.services.some((part) => part.loadBalancer !== null);
  const inside = topology.clients.find((part) => part.card.inside);
  // Only beside a single line: where several fan out there is no room for a sentence.
  const lines = scene.edges.filter((edge) => edge.from === inside?.card.id).length;
  const line = inside && lines < 2 ? scene.rects.get(inside.card.id) : undefined;
  if (topology.clients.length === 0) {
    empty.push({ key: "emptyClients", y: TOP, x: geometry.client.x, w: geometry.client.w + 14 });
  }
  if (entries === 0 && !balancers) {
    const x = geometry.loadBalancer.w > 0 ? geometry.loadBalancer.x : geometry.ingress.x;
    const w = geometry.loadBalancer.w > 0 ? geometry.wall.left - x - 16 : geometry.ingress.w;
    if (line)
      empty.push({
        key: "emptyEntryInside",
        x,
        y: line.y + line.h / 2 - 10,
        w: geometry.service.x - x - 20,
        above: true,
      });
    else if (!inside) empty.push({ key: "emptyEntry", x, y: TOP, w });
  }
  if (topology.services.length === 0)
    empty.push({ key: "emptyServices", y: TOP, x: geometry.service.x, w: geometry.service.w });
  return empty;
}

export function EmptyTexts({ scene }: { scene: Scene }) {
  const t = useT();
  const loaded = useStore((state) => state.loaded);
  const [x, y, zoom] = useFlow((state) => state.transform);
  if (!loaded) return <div className="canvas-message">{t("canvasLoading")}</div>;
  const { topology, geometry } = scene;
  const bare =
    topology.services.length + topology.pods.length + topology.groups.length + topology.ingresses.length ===
    0;
  if (bare) {
    return (
      <div
        className="canvas-message"
        style={{
          left: x + scene.wall.left * zoom,
          width: (geometry.node.x - scene.wall.left) * zoom,
          right: "auto",
        }}
      >
        <b>{t("emptyClusterTitle")}</b>
        <span>{t("emptyClusterText")}</span>
      </div>
    );
  }
  if (geometry.profile === "small") return null;
  return (
    <>
      {emptyLanes(scene).map((lane) => (
        <p
          key={lane.key}
          className={INSIDE.has(lane.key) ? "lane-empty inside" : "lane-empty"}
          style={{
            left: x + lane.x * zoom,
            top: y + lane.y * zoom,
            width: Math.max(70, lane.w * zoom),
            transform: lane.above ? "translateY(-100%)" : undefined,
            margin: 0,
          }}
        >
          {t(lane.key)}
        </p>
      ))}
    </>
  );
}
