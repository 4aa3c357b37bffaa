// Opens a scenario in the page: worker, editor, drafts and address bar follow.
import { loadScenario } from "./cluster-link.ts";
import type { Opening } from "./boot.ts";
import { keepInto } from "./keep.ts";
import { useStore } from "./store.ts";
import { openFiles } from "./workspace.ts";

/** The opening that is shown now, for Reset and for the claim in the side panel. */
let current: Opening | null = null;

export function currentOpening(): Opening | null {
  return current;
}

export function openScenario(opening: Opening, options: { keepHash?: boolean } = {}): void {
  current = opening;
  useStore.setState({ loaded: false, selection: null });
  openFiles(opening.scenario.files, opening.title, opening.example?.slug ?? null);
  keepInto(opening.draft);
  loadScenario(opening.scenario);
  if (options.keepHash) return;
  history.replaceState(
    null,
    "",
    opening.example && !opening.draft ? `#example/${opening.example.slug}` : "#",
  );
}
