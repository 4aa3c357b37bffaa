// Which address rewrite of a story is the one to show.
import type { Journey, Step } from "#cluster/trace/types";

export type Rewrite = Extract<Step, { step: "rewrite" }>;

/** The rewrite to show: the last one so far; once the request has ended, the last one on its way there. */
export function currentRewrite(story: readonly Journey[], now: number): Rewrite | null {
  const ended = story.every((journey) => journey.end !== undefined && journey.end.at <= now);
  let found: Rewrite | null = null;
  for (const journey of story) {
    for (const step of journey.steps) {
      if (step.step !== "rewrite" || step.at > now || (ended && step.kind === "reverse")) continue;
      if (found === null || step.at >= found.at) found = step;
    }
  }
  return found;
}
