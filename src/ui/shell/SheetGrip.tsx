// The handle of the small page's sheet: dragged, tapped or moved by arrow keys, it rests at one of three heights.
import { useEffect, useRef, useState } from "react";
import { useStore } from "#session/store";
import { useT } from "../i18n/i18n.ts";

/** Parts of the page below the top bar that the sheet takes: only its tabs, less than half, most of it. */
const STOPS = [0.12, 0.4, 0.78] as const;
const LEAST = 0.1;
const MOST = 0.85;
/** A finger that moved less than this has tapped. */
const TAP_PX = 6;

function nearest(share: number): number {
  return STOPS.reduce((best, stop) => (Math.abs(stop - share) < Math.abs(best - share) ? stop : best));
}

export function SheetGrip(): React.JSX.Element {
  const t = useT();
  const [share, setShare] = useState<number>(STOPS[1]);
  const drag = useRef<{ y: number; share: number; moved: boolean } | null>(null);
  useEffect(() => {
    const style = document.documentElement.style;
    style.setProperty("--sheet", `${Math.round(share * 100)}%`);
    return () => void style.removeProperty("--sheet");
  }, [share]);
  // Something chosen on the canvas is to be read.
  useEffect(
    () =>
      useStore.subscribe((state, before) => {
        if (state.selection !== null && state.selection !== before.selection)
          setShare((now) => (nearest(now) === STOPS[0] ? STOPS[1] : now));
      }),
    [],
  );
  const step = (by: number): void => {
    const at = STOPS.indexOf(nearest(share) as (typeof STOPS)[number]);
    setShare(STOPS[Math.min(Math.max(at + by, 0), STOPS.length - 1)]!);
  };
  const release = (): void => {
    if (drag.current?.moved) setShare(nearest(share));
    else if (drag.current) setShare(nearest(share) === STOPS[2] ? STOPS[1] : STOPS[2]);
    drag.current = null;
  };
  return (
    <div
      className="sheet-grip"
      role="separator"
      aria-orientation="horizontal"
      aria-label={t("sheetHeight")}
      aria-valuenow={Math.round(share * 100)}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { y: event.clientY, share, moved: false };
      }}
      onPointerMove={(event) => {
        const from = drag.current;
        if (!from) return;
        if (Math.abs(event.clientY - from.y) > TAP_PX) from.moved = true;
        const next = from.share - (event.clientY - from.y) / window.innerHeight;
        if (from.moved) setShare(Math.min(MOST, Math.max(LEAST, next)));
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={(event) => {
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        event.preventDefault();
        step(event.key === "ArrowUp" ? 1 : -1);
      }}
    />
  );
}
