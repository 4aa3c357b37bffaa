// Saves the visitor's work a moment after each change, as a draft of this tab. Nothing is saved before something was
// changed, so that opening links and examples leaves earlier drafts alone.
import { exportScenario } from "./cluster-link.ts";
import { pageStorage, saveDraft, type Draft } from "./drafts.ts";
import { useStore } from "./store.ts";
import { ownFiles, useWorkspace } from "./workspace.ts";
import type { Scenario } from "./protocol.ts";

const PAUSE_MS = 500;
const TAB_KEY = "kubelanes.tab-draft";

let draftId: string | null = null;
let exported: Scenario | null = null;
let savedActions = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

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
export function keepInto(draft: string | null): void {
  clearTimeout(timer);
  draftId = draft;
  exported = null;
  try {
    if (draft) sessionStorage.setItem(TAB_KEY, draft);
    else sessionStorage.removeItem(TAB_KEY);
  } catch {
    // Without storage nothing is kept; the page works on.
  }
}

/** Begins to watch for changes; called once. `newId` gives an id that no other draft has. */
export function keepWork(newId: () => string): void {
  const touched = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(newId), PAUSE_MS);
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
    if (exported && useWorkspace.getState().touched) write(exported);
  });
}

async function save(newId: () => string): Promise<void> {
  const files = ownFiles(useWorkspace.getState().files);
  const scenario = await exportScenario(files);
  exported = scenario;
  savedActions = useStore.getState().actionCount;
  if (draftId === null) {
    draftId = newId();
    try {
      sessionStorage.setItem(TAB_KEY, draftId);
    } catch {
      return;
    }
    history.replaceState(draftState(draftId), "", location.pathname + location.search);
  }
  write(scenario);
}

function write(scenario: Scenario): void {
  if (draftId === null) return;
  const { files, title, example } = useWorkspace.getState();
  const draft: Draft = {
    id: draftId,
    savedAt: Date.now(),
    title,
    ...(example ? { example } : {}),
    scenario: { ...scenario, files: ownFiles(files) },
  };
  saveDraft(pageStorage(), draft);
}
