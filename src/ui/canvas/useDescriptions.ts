// What React Flow says of its nodes to those who hear the page: ours, since its own speaks of keys that do something
// else here.
import { useMemo } from "react";
import { useT } from "../i18n/i18n.ts";

export function useDescriptions(): Record<
  "node.a11yDescription.default" | "node.a11yDescription.keyboardDisabled" | "edge.a11yDescription.default",
  string
> {
  const t = useT();
  return useMemo(
    () => ({
      "node.a11yDescription.default": t("canvasKeys"),
      "node.a11yDescription.keyboardDisabled": t("canvasKeys"),
      "edge.a11yDescription.default": "",
    }),
    [t],
  );
}
