// Commands that run several times, or while the next steps run: what each run printed is counted.
import type { Clock } from "./clock.ts";
import type { Outcome, Places } from "./places.ts";
import type { Step } from "./scenario.ts";

export interface Tally extends Outcome {
  count: number;
}

export interface Job {
  /** No more repetitions. */
  finish(): void;
  result: Promise<Outcome | { tally: Tally[] }>;
}

const DEFAULT_SECONDS = 20;

export function startJob(step: Step, command: string, places: Places, clock: Clock): Job {
  let finished = false;
  const once = async (): Promise<Outcome> => {
    let undo: () => void = () => undefined;
    const outcome = await places.run(step.at!, command, (interrupt) => {
      undo = clock.after((step.timeout ?? DEFAULT_SECONDS) * 1000, interrupt);
    });
    undo();
    return outcome;
  };
  const repeat = async (): Promise<{ tally: Tally[] }> => {
    const outcomes: Outcome[] = [];
    while (outcomes.length < step.times! && !finished) {
      outcomes.push(await once());
      // Starting the next program takes its time.
      await clock.sleep(step.every ? step.every * 1000 : 10);
    }
    return { tally: tallyOf(outcomes) };
  };
  return { finish: () => void (finished = true), result: step.times ? repeat() : once() };
}

/** Equal outcomes are counted, the most frequent first. */
function tallyOf(outcomes: readonly Outcome[]): Tally[] {
  const counts = new Map<string, Tally>();
  for (const outcome of outcomes) {
    const key = JSON.stringify(outcome);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { count: 1, ...outcome });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
