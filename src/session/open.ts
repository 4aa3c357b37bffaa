// Opens a scenario in the page: worker, editor, drafts and address bar follow.
import { loadScenario, playOpening } from "./cluster-link.ts";
import type { Opening } from "./boot.ts";
import { keepInto } from "./keep.ts";
import type { Recording } from "./opening/recording.ts";
import { useStore } from "./store.ts";
import { openFiles } from "./workspace.ts";

/** The opening that is shown now, for Reset and for the claim in the side panel. */
let current: Opening | null = null;

export function currentOpening(): Opening | null {
  return current;
}

/** `recording` is what is shown of it until the worker is there. */
export function openScenario(
  opening: Opening,
  options: { keepHash?: boolean; recording?: Recording } = {},
): void {
  current = opening;
  useStore.setState({ loaded: false, selection: null });
  openFiles(opening.scenario.files, opening.title, opening.example?.slug ?? null);
  keepInto(opening.draft);
  if (options.recording) playOpening(opening.scenario, options.recording);
  else loadScenario(opening.scenario);
  if (options.keepHash) return;
  history.replaceState(
    null,
    "",
    opening.example && !opening.draft ? `#example/${opening.example.slug}` : "#",
  );
}
