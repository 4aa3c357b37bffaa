// "Send one and follow": sends a request of a client, chooses it as soon as it has begun, and slows the clock for it.
import type { ClientSpec } from "#cluster/clients/types";
import type { Journey } from "#cluster/trace/types";
import { act, follow } from "#session/cluster-link";
import { select, useStore } from "#session/store";
import { togglePlay, usePace } from "../shell/pace-choice.ts";

/** A request that has not begun by then is not waited for: its pod may be gone. */
const PATIENCE_MS = 5000;
/** It is among this many of the newest. */
const RECENT = 20;

/** Whether a journey is one that this client began, and not a probe or an Ingress controller's. */
export function beganAt(journey: Journey, client: ClientSpec): boolean {
  const { place, program } = journey.client;
  if (journey.parent !== undefined || program !== client.program) return false;
  const { location } = client;
  if (location.kind === "outside") return place.kind === "client" && place.name === client.name;
  if (location.kind === "node") return place.kind === "node" && place.name === location.name;
  if (place.kind !== "pod" || place.namespace !== location.namespace) return false;
  return location.name === undefined || place.name === location.name;
}

export function sendAndFollow(client: ClientSpec): void {
  let known = Math.max(0, ...useStore.getState().journeys.keys());
  let chosen: number | null = null;
  play();
  const stop = useStore.subscribe(({ journeys, followed }) => {
    if (chosen !== null && followed === chosen) return done();
    // It was over before the clock could be slowed, so the next one is waited for.
    if (chosen !== null && journeys.get(chosen)?.end) [known, chosen] = [chosen, null];
    if (chosen !== null) return;
    const next = [...journeys.values()]
      .slice(-RECENT)
      .find((journey) => journey.id > known && !journey.end && beganAt(journey, client));
    if (!next) return;
    chosen = next.id;
    follow(next.id);
    select({ kind: "journey", id: next.id });
  });
  const timer = setTimeout(() => stop(), PATIENCE_MS);
  const done = (): void => {
    stop();
    clearTimeout(timer);
  };
  act({ type: "send", client: client.name, count: 1 });
}

/** Nothing is sent while time stands still. */
function play(): void {
  if (!usePace.getState().playing) togglePlay();
}
