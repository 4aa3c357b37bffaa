// The pace as the person chose it, by button or key; the worker may go slower while a request is followed.
import { create } from "zustand";
import { setPace, step } from "#session/cluster-link";
import type { Pace } from "#session/pace";

export const usePace = create<Pace>(() => ({ playing: true, speed: 1 }));

function choose(changes: Partial<Pace>): void {
  usePace.setState(changes);
  const { playing, speed } = usePace.getState();
  setPace({ playing, speed });
}

export const setSpeed = (speed: number): void => choose({ speed });

export const togglePlay = (): void => choose({ playing: !usePace.getState().playing });

/** To the next hop; nothing runs on by itself after that. */
export function stepOnce(): void {
  if (usePace.getState().playing) choose({ playing: false });
  step();
}
