// Keeps the picture fitted into its window while it grows, until the reader moves it.
import { useReactFlow } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import { useStore } from "#session/store";
import type { Scene, Size } from "../layout/scene.ts";
import { fitView } from "./fit.ts";

export function useFitting(
  scene: Scene,
  size: Size,
  titles: number,
): { refit: () => void; moved: () => void } {
  const { setViewport } = useReactFlow();
  const byHand = useRef(false);
  const { width, height } = scene.bounds;
  useEffect(() => {
    if (width > 0 && !byHand.current) void setViewport(fitView({ width, height }, size, titles));
  }, [width, height, size, titles, setViewport]);
  const refit = useCallback(() => {
    byHand.current = false;
    if (width > 0) void setViewport(fitView({ width, height }, size, titles), { duration: 200 });
  }, [width, height, size, titles, setViewport]);
  // Another scenario starts at the beginning of time, and fitted.
  useEffect(
    () =>
      useStore.subscribe((state, before) => {
        if (state.now < before.now) byHand.current = false;
      }),
    [],
  );
  const moved = useCallback(() => {
    byHand.current = true;
  }, []);
  return { refit, moved };
}
