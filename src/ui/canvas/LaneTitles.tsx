// The names of the lanes, at the top of the canvas above their columns whatever the zoom.
import { useStore as useFlow } from "@xyflow/react";
import { useT } from "../i18n/i18n.ts";
import type { StringKey } from "../i18n/i18n.ts";
import type { Scene } from "../layout/scene.ts";

interface Lane {
  id: string;
  x: number;
  title: StringKey;
  sub: StringKey;
}

function lanesOf(scene: Scene): Lane[] {
  const { geometry } = scene;
  const narrow = geometry.profile !== "wide";
  const entry = geometry.loadBalancer.w > 0 ? geometry.loadBalancer.x : geometry.ingress.x;
  return [
    { id: "clients", x: geometry.client.x, title: "laneClients", sub: "laneClientsSub" },
    { id: "entry", x: entry, title: narrow ? "laneEntryShort" : "laneEntry", sub: "laneEntrySub" },
    { id: "services", x: geometry.service.x, title: "laneServices", sub: "laneServicesSub" },
    { id: "pods", x: geometry.node.x, title: narrow ? "lanePodsShort" : "lanePods", sub: "lanePodsSub" },
  ];
}

export function LaneTitles({ scene }: { scene: Scene }) {
  const t = useT();
  const x = useFlow((state) => state.transform[0]);
  const zoom = useFlow((state) => state.transform[2]);
  return (
    <div className="lane-titles">
      {lanesOf(scene).map((lane) => (
        <div
          key={lane.id}
          className="lane-title"
          style={{ transform: `translateX(${Math.round(x + lane.x * zoom)}px)` }}
        >
          <b>{t(lane.title)}</b>
          <span>{t(lane.sub)}</span>
        </div>
      ))}
    </div>
  );
}
