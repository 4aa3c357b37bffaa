// Zoom, fit and legend, beside the last lane's title or else in the lower left corner; the legend stands in the picture where there is room.
import { useReactFlow, useStore as useFlow, ViewportPortal } from "@xyflow/react";
import { useEffect, useRef, useState } from "react";
import { useT, type StringKey } from "../i18n/i18n.ts";
import { ActionIcon, type ActionIconName } from "../icons/ActionIcon.tsx";
import type { Scene } from "../layout/scene.ts";
import { Legend } from "./Legend.tsx";

const LEGEND = { w: 190, h: 178 };
const BELOW = 20;
/** Room for the last lane's title, and for the controls beside it. */
const TITLE_WIDTH = { wide: 70, small: 40 };
const CONTROLS_WIDTH = { wide: 109, small: 60 };

/** The free corner below the pods, if the legend fits there. */
function legendPlace(scene: Scene): { x: number; y: number } | null {
  const { geometry, wall } = scene;
  if (geometry.profile === "medium") return null;
  const x = geometry.profile === "wide" ? geometry.node.x + 6 : wall.left + 12;
  const y = wall.bottom - LEGEND.h - BELOW;
  for (const rect of scene.rects.values()) {
    if (rect.x + rect.w > x - 12 && rect.x < x + LEGEND.w && rect.y + rect.h > y - 16) return null;
  }
  return { x, y };
}

interface ActionProps {
  label: StringKey;
  icon: ActionIconName;
  onClick: () => void;
  pressed?: boolean;
}

function Action({ label, icon, onClick, pressed }: ActionProps) {
  const t = useT();
  return (
    <button type="button" aria-label={t(label)} title={t(label)} aria-pressed={pressed} onClick={onClick}>
      <ActionIcon name={icon} />
    </button>
  );
}

/** What lies over the picture goes first when Escape is pressed. */
function useEscape(open: boolean, close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    if (!open) return undefined;
    const press = (event: KeyboardEvent): void => {
      // Whoever types, or has a dialog before him, means that.
      const elsewhere = (event.target as HTMLElement).closest("dialog, input, textarea, .monaco-host");
      if (event.key !== "Escape" || elsewhere) return;
      event.stopPropagation();
      latest.current();
    };
    addEventListener("keydown", press, { capture: true });
    return () => removeEventListener("keydown", press, { capture: true });
  }, [open]);
}

export function Controls({ scene, onFit }: { scene: Scene; onFit: () => void }) {
  const flow = useReactFlow();
  // Null until the reader says so: then the legend stands in the picture if there is room for it.
  const [wish, setWish] = useState<boolean | null>(null);
  const place = legendPlace(scene);
  const shown = wish ?? place !== null;
  const small = scene.geometry.profile === "small";
  const lane = scene.geometry.node.x;
  const beside = useFlow(
    ({ transform: [x, , zoom], width }) =>
      width - (x + lane * zoom) >=
      TITLE_WIDTH[small ? "small" : "wide"] + CONTROLS_WIDTH[small ? "small" : "wide"],
  );
  const corner = beside ? "" : " corner";
  const pops = shown && place === null;
  useEscape(pops, () => setWish(false));
  return (
    <>
      {shown && place !== null ? (
        <ViewportPortal>
          <div style={{ position: "absolute", left: place.x, top: place.y, width: LEGEND.w }}>
            <Legend className="" />
          </div>
        </ViewportPortal>
      ) : null}
      {pops ? <Legend className={`pop${corner}`} /> : null}
      <div className={`view-controls${corner}`}>
        {small ? null : <Action label="viewZoomOut" icon="minus" onClick={() => void flow.zoomOut()} />}
        <Action label="viewFit" icon="fit" onClick={onFit} />
        {small ? null : <Action label="viewZoomIn" icon="plus" onClick={() => void flow.zoomIn()} />}
        <Action
          label={shown ? "legendHide" : "legendShow"}
          icon="help"
          pressed={shown}
          onClick={() => setWish(!shown)}
        />
      </div>
    </>
  );
}
