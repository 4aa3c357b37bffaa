// Zoom, fit and legend, in the lower left corner; the legend stands in the picture where there is room.
import { useReactFlow, ViewportPortal } from "@xyflow/react";
import { useState } from "react";
import { useT } from "../i18n/i18n.ts";
import { Icon } from "../icons/Icon.tsx";
import type { Scene } from "../layout/scene.ts";
import { Legend } from "./Legend.tsx";

const LEGEND = { w: 190, h: 178 };

/** The free corner below the pods, if the legend fits there. */
function legendPlace(scene: Scene): { x: number; y: number } | null {
  const { geometry, wall } = scene;
  if (geometry.profile !== "wide") return null;
  const x = geometry.node.x + 6;
  const y = wall.bottom - LEGEND.h - 16;
  for (const rect of scene.rects.values()) {
    if (rect.x + rect.w > x - 12 && rect.x < x + LEGEND.w && rect.y + rect.h > y - 16) return null;
  }
  return { x, y };
}

export function Controls({ scene, onFit }: { scene: Scene; onFit: () => void }) {
  const t = useT();
  const flow = useReactFlow();
  const [open, setOpen] = useState<boolean | null>(null);
  const place = legendPlace(scene);
  const inPicture = place !== null && open !== false;
  return (
    <>
      {place !== null && inPicture ? (
        <ViewportPortal>
          <div style={{ position: "absolute", left: place.x, top: place.y, width: LEGEND.w }}>
            <Legend className="" />
          </div>
        </ViewportPortal>
      ) : null}
      {place === null && open === true ? <Legend className="pop" /> : null}
      <div className="controls">
        <button
          type="button"
          aria-label={t("viewZoomOut")}
          title={t("viewZoomOut")}
          onClick={() => void flow.zoomOut()}
        >
          <Icon name="minus" />
        </button>
        <button type="button" aria-label={t("viewFit")} title={t("viewFit")} onClick={onFit}>
          <Icon name="fit" />
        </button>
        <button
          type="button"
          aria-label={t("viewZoomIn")}
          title={t("viewZoomIn")}
          onClick={() => void flow.zoomIn()}
        >
          <Icon name="plus" />
        </button>
        <button
          type="button"
          aria-label={t(inPicture || open === true ? "legendHide" : "legendShow")}
          title={t(inPicture || open === true ? "legendHide" : "legendShow")}
          aria-pressed={inPicture || open === true}
          onClick={() => setOpen(place === null ? open !== true : open === false)}
        >
          <Icon name="legend" />
        </button>
      </div>
    </>
  );
}
