// The scene of the current projection: laid out again when objects, clients or the canvas's size change, with the
// memory of the last layout so that nothing that stands moves.
import { useEffect, useMemo, useRef, useState } from "react";
import { WORLD } from "#cluster/settings";
import { useStore } from "#session/store";
import { NO_SIGHTINGS } from "../layout/input.ts";
import { layoutScene, type Scene, type Size } from "../layout/scene.ts";
import { NO_SLOTS, type Slots } from "../layout/slots.ts";
import { withSightings } from "./sightings.ts";

/** Room above the wall for the lane titles, and around the picture. */
export const TITLES = 54;
export const TITLES_SMALL = 34;

/** Journeys are scanned this far back; older ones were scanned when they came. */
const SCAN = 60;

function useSightings() {
  const journeys = useStore((state) => state.journeys);
  const [seen, setSeen] = useState(NO_SIGHTINGS);
  useEffect(() => {
    const recent = [...journeys.values()].slice(-SCAN);
    setSeen((before) => (journeys.size === 0 ? NO_SIGHTINGS : withSightings(before, recent)));
  }, [journeys]);
  return seen;
}

export function useScene(size: Size | null): Scene | null {
  const objects = useStore((state) => state.objects);
  const clients = useStore((state) => state.clients);
  const faults = useStore((state) => state.faults);
  const stoppedNodes = useStore((state) => state.stoppedNodes);
  const settings = useStore((state) => state.settings);
  const seen = useSightings();
  const memory = useRef<Slots>(NO_SLOTS);
  return useMemo(() => {
    if (!size) return null;
    const ingressIp = settings?.ingressController === false ? null : WORLD.ingressIp;
    const input = { objects, clients, faults, stoppedNodes, ingressIp, seen };
    const { scene, slots } = layoutScene(input, size, memory.current);
    memory.current = slots;
    return scene;
  }, [objects, clients, faults, stoppedNodes, settings, seen, size]);
}
