// The selected journey and those that belong to it, as the store holds them now.
import { useMemo } from "react";
import { useShallow } from "zustand/react/shallow";
import type { Journey } from "#cluster/trace/types";
import { useStore } from "#session/store";
import type { CardId } from "../layout/cards.ts";
import type { Scene } from "../layout/scene.ts";
import { failureCard } from "./notePlace.ts";
import { storyOf, touchedCards } from "./spotlight.ts";

const NOTHING: Journey[] = [];

/** Empty without a selected journey; the same array while none of its journeys grows. */
export function useStory(): readonly Journey[] {
  return useStore(
    useShallow((state) =>
      state.selection?.kind === "journey" ? storyOf(state.journeys, state.selection.id) : NOTHING,
    ),
  );
}

/** The card where the selected request stopped, once it has failed. */
export function useStopped(scene: Scene | null): CardId | null {
  const story = useStory();
  const failed = useStore((state) =>
    story.find((journey) => journey.end?.kind === "failure" && journey.end.at <= state.now),
  );
  return useMemo(
    () => (scene && failed?.end?.kind === "failure" ? failureCard(scene, failed, failed.end.place) : null),
    [scene, failed],
  );
}

/** The cards that the selected journey touched; null without one. */
export function useLit(scene: Scene | null): ReadonlySet<CardId> | null {
  const story = useStory();
  const key = useMemo(
    () => (scene === null || story.length === 0 ? null : [...touchedCards(scene, story)].join("\n")),
    [scene, story],
  );
  return useMemo(() => (key === null ? null : new Set(key.split("\n"))), [key]);
}
