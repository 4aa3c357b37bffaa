// Keeps what a person made across reloads. Each tab works on a draft of its own; opening a link or an example starts
// a new one only when something is changed, so nobody's work is overwritten.
import type { Scenario } from "./protocol.ts";

export interface Draft {
  id: string;
  /** Wall-clock ms of the last change. */
  savedAt: number;
  title: string;
  /** Slug of the example that it began with. */
  example?: string;
  scenario: Scenario;
}

const KEY = "kubelanes.drafts.v1";
const MAX_DRAFTS = 8;
const MAX_BYTES = 2_000_000;

export interface DraftStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Newest first. Damaged storage reads as empty. */
export function listDrafts(storage: DraftStorage): Draft[] {
  try {
    const drafts: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(drafts) ? (drafts as Draft[]).filter(isDraft) : [];
  } catch {
    return [];
  }
}

function isDraft(draft: Draft | null): boolean {
  return (
    typeof draft?.id === "string" && Array.isArray(draft.scenario?.files) && typeof draft.savedAt === "number"
  );
}

/** Saves a draft under its id; the oldest ones go when there are too many. False when the storage refuses. */
export function saveDraft(storage: DraftStorage, draft: Draft): boolean {
  const others = listDrafts(storage).filter((item) => item.id !== draft.id);
  for (let keep = MAX_DRAFTS - 1; keep >= 0; keep--) {
    const text = JSON.stringify([draft, ...others.slice(0, keep)]);
    if (text.length > MAX_BYTES && keep > 0) continue;
    try {
      storage.setItem(KEY, text);
      return true;
    } catch {
      // Full: try again with fewer old drafts.
    }
  }
  return false;
}

export function removeDraft(storage: DraftStorage, id: string): void {
  storage.setItem(KEY, JSON.stringify(listDrafts(storage).filter((draft) => draft.id !== id)));
}
