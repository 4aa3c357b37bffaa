// Says state changes of pods aloud, politely; the picture shows them, this is for those who hear the page.
import { useEffect, useRef } from "react";
import { useT } from "../i18n/i18n.ts";
import type { Scene } from "../layout/scene.ts";
import type { PodState } from "../status/podStatus.ts";
import { lookWord } from "../status/words.ts";
import { spokenText, stateChanges } from "./announce.ts";

export function Announcer({ scene }: { scene: Scene }) {
  const t = useT();
  const region = useRef<HTMLDivElement>(null);
  const states = useRef<ReadonlyMap<string, PodState>>(new Map());
  useEffect(() => {
    const found = stateChanges(states.current, scene.cards);
    states.current = found.states;
    if (found.changes.length === 0 || !region.current) return;
    region.current.textContent = spokenText(
      found.changes,
      (card) => lookWord(card.look, t),
      (count) => t("spokenMany", { count }),
    );
  }, [scene, t]);
  return <div ref={region} className="sr-only" aria-live="polite" />;
}
