// What each selector in the text would select among the pods that exist, as notes for its line.
import { useMemo } from "react";
import { objectsOf, type Projection } from "#session/store";
import { useT, type Translate } from "../i18n/i18n.ts";
import { useCalm } from "../shell/useCalm.ts";
import type { LineNote } from "./MonacoPane.tsx";
import type { SelectorHint } from "./selector-hints.ts";
import { useLater } from "./useLater.ts";

/** While many pods start they are counted anew only so often. */
const PAUSE_MS = 400;
const podsOf = (state: Projection): ReturnType<typeof objectsOf<"Pod">> => objectsOf(state.objects, "Pod");
const load = (): Promise<typeof import("./selector-hints.ts")> => import("./selector-hints.ts");

export function useSelectorNotes(text: string): readonly LineNote[] {
  const t = useT();
  const pods = useCalm(podsOf, PAUSE_MS);
  const hints = useLater(load);
  return useMemo(
    () => (hints ? hints.selectorHints(text, pods.values()).map((hint) => noteOf(hint, t)) : []),
    [hints, text, pods, t],
  );
}

function noteOf({ line, matched, total, miss }: SelectorHint, t: Translate): LineNote {
  if (total === 0) return { line, tone: "warn", text: t("editorSelectorEmpty") };
  if (!miss) return { line, tone: "ok", text: t("editorSelectorAll", { matched, total }) };
  const key = matched === 0 ? "editorSelectorNone" : "editorSelectorMiss";
  return { line, tone: "warn", text: t(key, { matched, total, pod: miss.pod, lacks: miss.lacks }) };
}
