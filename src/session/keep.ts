// Saves the visitor's work a moment after each change, as a draft of this tab. Nothing is saved before something was
// changed, so that opening links and examples leaves earlier drafts alone.
import { exportScenario } from "./cluster-link.ts";
import { pageStorage, saveDraft, type Draft } from "./drafts.ts";
import { exportedScenario } from "./exported.ts";
import { useStore } from "./store.ts";
import { ownFiles, unapplied, useWorkspace } from "./workspace.ts";
import type { Scenario } from "./protocol.ts";

const PAUSE_MS = 500;
const TAB_KEY = "kubelanes.tab-draft";

/** What this tab works on. */
interface Work {
  /** The id of its draft, once there is one. */
  draft: string | null;
  /** As it was opened or last exported. */
  scenario: Scenario;
}

let work: Work | null = null;
let savedActions = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
/** A change of this work is not saved yet. */
let unsaved = false;
let newId: () => string = () => "";

/** The draft that this tab was working on, also after a reload. */
export function tabDraft(): string | null {
  try {
    return sessionStorage.getItem(TAB_KEY);
  } catch {
    return null;
  }
}

/** What an entry of the browser's history remembers of the draft that was open in it. */
export function draftState(draft: string): { draft: string } {
  return { draft };
}

/** The draft of an entry that the browser went back or forward to. */
export function draftOfState(state: unknown): string | null {
  const draft: unknown = typeof state === "object" && state !== null && "draft" in state ? state.draft : null;
  return typeof draft === "string" ? draft : null;
}

/** Called when another scenario is opened: what follows belongs to `draft`, or to a new one. */
export function keepInto(draft: string | null, scenario: Scenario): void {
  work = { draft, scenario };
  try {
    if (draft) sessionStorage.setItem(TAB_KEY, draft);
    else sessionStorage.removeItem(TAB_KEY);
  } catch {
    // Without storage nothing is kept; the page works on.
  }
}

/**
 * Called before another scenario is opened: what was changed in the last moment is saved. `gone`: the browser shows
 * another entry of its history already.
 */
export function leaveWork(gone: boolean): void {
  if (!work || !unsaved) return;
  saveAtOnce(work, !gone);
  void save(work);
  unsaved = false;
}

/** Begins to watch for changes; called once. `createId` gives an id that no other draft has. */
export function keepWork(createId: () => string): void {
  newId = createId;
  const touched = (): void => {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(() => work && void save(work), PAUSE_MS);
  };
  useWorkspace.subscribe((state, before) => {
    if (state.files === before.files || !state.touched) return;
    touched();
  });
  useStore.subscribe((state, before) => {
    // What a scenario does by itself up to where it opens is no change of the visitor's.
    if (state.loaded && !before.loaded) savedActions = state.actionCount;
    if (!state.loaded) return;
    if (state.actionCount !== before.actionCount && state.actionCount > savedActions) touched();
  });
  // A page that goes away cannot wait for the worker: the text is saved with what was last exported.
  addEventListener("pagehide", () => {
    if (work && unsaved) saveAtOnce(work, true);
  });
}

function saveAtOnce(saved: Work, here: boolean): void {
  begin(saved, here);
  write(saved, draftNow(saved));
}

/** With all that was done to the cluster, which the worker knows. */
async function save(saved: Work): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  // Whatever is opened or typed while the worker answers is not part of it.
  const draft = draftNow(saved);
  const scenario = await exportScenario(draft.scenario.files);
  saved.scenario = scenario;
  if (work === saved) {
    savedActions = useStore.getState().actionCount;
    // Another change may have come meanwhile.
    unsaved = timer !== undefined;
    begin(saved, true);
  }
  write(saved, { ...draft, scenario });
}

/** From its first save on a scenario is the visitor's own: the tab and the history entry remember its draft. */
function begin(saved: Work, here: boolean): void {
  if (saved.draft !== null) return;
  saved.draft = newId();
  if (!here) return;
  try {
    sessionStorage.setItem(TAB_KEY, saved.draft);
  } catch {
    return;
  }
  history.replaceState(draftState(saved.draft), "", location.pathname + location.search);
}

function draftNow({ scenario }: Work): Omit<Draft, "id"> {
  const { files, results, title, example } = useWorkspace.getState();
  const own = ownFiles(files);
  return {
    savedAt: Date.now(),
    title,
    ...(example ? { example } : {}),
    waits: unapplied({ files, results }),
    scenario: exportedScenario(scenario, own, scenario.actions, scenario.warmUpMs ?? 0),
  };
}

function write({ draft: id }: Work, draft: Omit<Draft, "id">): void {
  if (id !== null) saveDraft(pageStorage(), { id, ...draft });
}
