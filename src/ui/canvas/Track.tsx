// The track of the selected request under the cards: travelled in blue, still to go pale, the response's way back in
// its own colour. Follows the clock by writing dash offsets, without rendering.
import { useEffect, useMemo, useRef } from "react";
import type { Leg } from "#cluster/trace/types";
import { virtualNow } from "#session/store";
import { ingressOf, wayOfLeg } from "../layout/places.ts";
import type { Route } from "../layout/route.ts";
import { routeThrough } from "../layout/routing.ts";
import { prefersReducedMotion } from "./reducedMotion.ts";
import { useCurrentScene } from "./sceneContext.ts";
import { useStory } from "./selectedStory.ts";

interface Stretch {
  leg: Leg;
  /** When the journey ended, if it has. */
  answered: number | undefined;
  route: Route;
}

function useStretches(): Stretch[] {
  const scene = useCurrentScene();
  const story = useStory();
  return useMemo(() => {
    const stretches: Stretch[] = [];
    for (const journey of story) {
      const ingress = ingressOf(
        journey,
        story.find((other) => other.id === journey.parent),
      );
      for (const leg of journey.legs) {
        if (leg.purpose === "connect" && leg.lost === undefined) continue;
        const way = wayOfLeg(scene, journey, leg, ingress);
        const route = way && routeThrough(scene, way.chain, way.kind);
        if (route) stretches.push({ leg, answered: journey.end?.at, route });
      }
    }
    return stretches;
  }, [scene, story]);
}

export function Track() {
  const stretches = useStretches();
  const paths = useRef<(SVGPathElement | null)[]>([]);
  useEffect(() => {
    if (stretches.length === 0) return undefined;
    let frame = 0;
    const still = prefersReducedMotion();
    const draw = (wall: number): void => {
      const now = virtualNow(wall);
      stretches.forEach(({ leg, answered, route }, index) => {
        const path = paths.current[index];
        if (!path) return;
        const span = leg.end - leg.start;
        const done = now >= leg.end ? 1 : now <= leg.start ? 0 : still ? 0 : (now - leg.start) / span;
        const way = leg.direction === "request" ? done : -done;
        path.style.strokeDashoffset = String(route.length * (1 - way));
        // Once the answer is there, the way that the request took is what remains.
        const over = leg.direction === "response" && answered !== undefined && now >= answered;
        path.style.visibility = done > 0 && !over ? "visible" : "hidden";
      });
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [stretches]);
  return (
    <g>
      {stretches.map(({ route, leg }, index) =>
        leg.direction === "request" ? (
          <g key={index}>
            <path className="track-casing" d={route.d} />
            <path className="track togo" d={route.d} />
          </g>
        ) : null,
      )}
      {stretches.map(({ route, leg }, index) => (
        <path
          key={index}
          ref={(element) => {
            paths.current[index] = element;
          }}
          className={`track ${leg.direction === "response" ? "back" : leg.lost ? "bad" : "done"}`}
          d={route.d}
          strokeDasharray={`${route.length} ${route.length}`}
          style={{ visibility: "hidden" }}
        />
      ))}
    </g>
  );
}
