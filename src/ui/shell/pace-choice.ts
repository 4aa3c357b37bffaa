// The pace as the person chose it; the worker may go slower while a request is followed.
import { create } from "zustand";
import type { Pace } from "#session/pace";

export const usePace = create<Pace>(() => ({ playing: true, speed: 1 }));
