// Keeps what a person made across reloads. Each tab works on a draft of its own; opening a link or an example starts
// a new one only when something is changed, so nobody's work is overwritten.
import { isObject } from "#base/json";
import type { Scenario } from "./protocol.ts";

export interface Draft {
  id: string;
  /** Wall-clock ms of the last change. */
  savedAt: number;
  title: string;
  /** Slug of the example that it began with. */
  example?: string;
  /** Names of files whose text the cluster was not told yet. */
  waits?: readonly string[];
  scenario: Scenario;
}

const KEY = "kubelanes.drafts.v1";
const MAX_DRAFTS = 8;
const MAX_BYTES = 2_000_000;

export interface DraftStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** The browser's, or one that keeps nothing: where storage is forbidden, even naming it throws. */
export function pageStorage(): DraftStorage {
  try {
    return localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined };
  }
}

/** Newest first. Damaged storage reads as empty. */
export function listDrafts(storage: DraftStorage): Draft[] {
  try {
    const drafts: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(drafts) ? drafts.filter(isDraft) : [];
  } catch {
    return [];
  }
}

/** Whether it can be opened; what its actions and clients are worth is seen when they are performed. */
function isDraft(draft: unknown): draft is Draft {
  if (!isObject(draft) || !isObject(draft["scenario"])) return false;
  const { id, savedAt, scenario, waits = [] } = draft;
  const { files, clients, actions, applied, settings } = scenario as Record<string, unknown>;
  return (
    typeof id === "string" &&
    typeof savedAt === "number" &&
    isObject(settings) &&
    [files, clients, actions, applied, waits].every(Array.isArray) &&
    (files as unknown[]).every(isFile)
  );
}

function isFile(file: unknown): boolean {
  return isObject(file) && typeof file["name"] === "string" && typeof file["text"] === "string";
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
  const others = listDrafts(storage).filter((draft) => draft.id !== id);
  try {
    storage.setItem(KEY, JSON.stringify(others));
  } catch {
    // Storage that takes nothing has nothing to lose either.
  }
}
