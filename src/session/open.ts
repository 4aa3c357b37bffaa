// Opens a scenario in the page: worker, editor, drafts and address bar follow.
import { loadScenario, playOpening } from "./cluster-link.ts";
import type { Opening } from "./boot.ts";
import { isScenarioLink } from "./link/link.ts";
import { draftState, keepInto, leaveWork } from "./keep.ts";
import type { Recording } from "./opening/recording.ts";
import { useStore } from "./store.ts";
import { openFiles } from "./workspace.ts";

/** The opening that is shown now, for Reset and for the claim in the side panel. */
let current: Opening | null = null;

/** The fragment of the link that it came from; empty when it came from elsewhere. */
let link = "";

export function currentOpening(): Opening | null {
  return current;
}

/** `recording` is what is shown of it until the worker is there. */
export function openScenario(
  opening: Opening,
  options: { keepHash?: boolean; recording?: Recording } = {},
): void {
  const again = opening.scenario === current?.scenario;
  leaveWork(options.keepHash === true);
  if (options.keepHash) link = isScenarioLink(location.hash.slice(1)) ? location.hash : "";
  else address(opening, again ? link : "");
  current = opening;
  useStore.setState({ loaded: false, selection: null });
  openFiles(opening.scenario.files, opening.title, opening.example?.slug ?? null, opening.waits);
  keepInto(opening.draft, opening.scenario);
  if (options.recording) playOpening(opening.scenario, options.recording);
  else loadScenario(opening.scenario);
}

/** A new entry, so that the browser's Back returns to what was open before; the same address is no new entry. */
function address({ example, draft }: Opening, link: string): void {
  const fragment = draft ? "" : example ? `#example/${example.slug}` : link;
  const state = draft === null ? null : draftState(draft);
  if (fragment !== "" && fragment === location.hash) history.replaceState(state, "");
  else history.pushState(state, "", location.pathname + location.search + fragment);
}
