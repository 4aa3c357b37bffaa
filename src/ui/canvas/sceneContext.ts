// The current scene for the pieces of the canvas that are drawn inside React Flow.
import { createContext, useContext } from "react";
import type { Scene } from "../layout/scene.ts";

export const SceneContext = createContext<Scene | null>(null);

export function useCurrentScene(): Scene {
  const scene = useContext(SceneContext);
  if (!scene) throw new Error("outside of a canvas");
  return scene;
}
