// How many Services and Pods stand above and below the part of the picture that is in sight, each a way to get there.
import { useReactFlow, useStore as useFlow } from "@xyflow/react";
import { useMemo } from "react";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import type { Rect } from "../layout/route.ts";
import type { Scene } from "../layout/scene.ts";
import { prefersReducedMotion } from "./reducedMotion.ts";

/** A card counts as out of sight when its middle is. */
const middle = (rect: Rect): number => rect.y + rect.h / 2;
/** How much of the window's height one click moves on. */
const PAGE = 0.8;

interface OutOfSightProps {
  scene: Scene;
  /** Height of the lane titles, which cover the picture's top. */
  titles: number;
  onMove: () => void;
}

export function OutOfSight({ scene, titles, onMove }: OutOfSightProps): React.JSX.Element {
  const t = useT();
  const flow = useReactFlow();
  const middles = useMemo(() => {
    const { services, pods, groups } = scene.topology;
    const ids = [...services.map(({ card }) => card), ...pods, ...groups].map(({ id }) => id);
    return ids.flatMap((id) => scene.rects.get(id) ?? []).map(middle);
  }, [scene]);
  const above = useFlow(
    ({ transform: [, y, zoom] }) => middles.filter((at) => y + at * zoom < titles).length,
  );
  const below = useFlow(
    ({ transform: [, y, zoom], height }) => middles.filter((at) => y + at * zoom > height).length,
  );
  const turn = (direction: 1 | -1, height: number): void => {
    const { x, y, zoom } = flow.getViewport();
    onMove();
    const duration = prefersReducedMotion() ? 0 : 200;
    void flow.setViewport({ x, y: y - direction * height * PAGE, zoom }, { duration });
  };
  const height = useFlow((state) => state.height) - titles;
  return (
    <>
      {above > 0 && (
        <button
          type="button"
          className="out-of-sight"
          style={{ top: titles + 4 }}
          onClick={() => turn(-1, height)}
        >
          <ActionIcon name="up" size={12} />
          {t("moreAbove", { count: above })}
        </button>
      )}
      {below > 0 && (
        <button type="button" className="out-of-sight" style={{ bottom: 6 }} onClick={() => turn(1, height)}>
          <ActionIcon name="down" size={12} />
          {t("moreBelow", { count: below })}
        </button>
      )}
    </>
  );
}
