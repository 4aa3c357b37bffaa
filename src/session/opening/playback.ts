// Plays a recording into the store at the pace of the wall clock, as the worker's batches would come.
import type { Batch } from "../protocol.ts";
import type { Recording } from "./recording.ts";

export interface Playback {
  /** Virtual ms that it has played up to. */
  readonly now: number;
  setPace(pace: { playing: boolean; speed: number }): void;
  stop(): void;
}

export function startPlayback(recording: Recording, apply: (batch: Batch) => void): Playback {
  const { batches } = recording;
  const [first] = batches;
  let { now, playing, speed } = { now: first!.now, playing: true, speed: 1 };
  let next = 1;
  let last = performance.now();
  let frame = 0;
  apply(first!);
  const show = (batch: Batch): void => {
    const { settings: _, clientSpecs: __, ...rest } = batch;
    apply({ ...rest, now, playing, speed: playing ? speed : 0, reset: false });
  };
  const play = (): void => {
    frame = requestAnimationFrame(play);
    const wall = performance.now();
    // A first frame that takes long to build must not swallow what happens meanwhile.
    const passed = Math.min(wall - last, 50);
    last = wall;
    now = Math.min(now + (playing ? passed * speed : 0), recording.until);
    for (; next < batches.length && batches[next]!.now <= now; next++) show(batches[next]!);
    show({ ...batches[next - 1]!, changes: [], journeys: [], grown: [] });
  };
  frame = requestAnimationFrame(play);
  return {
    get now() {
      return now;
    },
    setPace: (pace) => void ({ playing, speed } = pace),
    stop: () => cancelAnimationFrame(frame),
  };
}
