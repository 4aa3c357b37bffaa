// Which edges packets have run along lately: where many edges run side by side, the others step back.
import { useMemo } from "react";
import type { Journey } from "#cluster/trace/types";
import type { Projection } from "#session/store";
import { ingressOf, wayOfLeg } from "../layout/places.ts";
import type { Scene } from "../layout/scene.ts";
import { useCalm } from "../shell/useCalm.ts";

/** Requests among so many of the newest count. */
const SCAN = 60;
const PAUSE_MS = 400;
const NONE: ReadonlyMap<number, Journey> = new Map();
const journeysOf = (state: Projection): Projection["journeys"] => state.journeys;
const noJourneys = (): Projection["journeys"] => NONE;

/** Ids of the edges that the newest requests ran along. */
export function busyEdges(scene: Scene, journeys: ReadonlyMap<number, Journey>): Set<string> {
  const busy = new Set<string>();
  for (const journey of [...journeys.values()].slice(-SCAN)) {
    const parent = journey.parent === undefined ? undefined : journeys.get(journey.parent);
    for (const leg of journey.legs) {
      const { chain = [] } = wayOfLeg(scene, journey, leg, ingressOf(journey, parent)) ?? {};
      for (let at = 1; at < chain.length; at++) busy.add(`${chain[at - 1]}>${chain[at]}`);
    }
  }
  return busy;
}

/** Null where all edges count as busy; the same set while it says the same. */
export function useBusyEdges(scene: Scene, wanted: boolean): ReadonlySet<string> | null {
  const journeys = useCalm(wanted ? journeysOf : noJourneys, PAUSE_MS);
  const key = useMemo(
    () => (wanted ? [...busyEdges(scene, journeys)].sort().join("\n") : null),
    [scene, journeys, wanted],
  );
  return useMemo(() => (key === null ? null : new Set(key.split("\n"))), [key]);
}
