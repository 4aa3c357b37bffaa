import { expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "#cluster/settings";
import { listDrafts, removeDraft, saveDraft, type Draft } from "./drafts.ts";

const draft = (id: string, text = ""): Draft => ({
  id,
  savedAt: 1,
  title: id,
  scenario: {
    model: 1,
    settings: DEFAULT_SETTINGS,
    files: [{ name: "a.yaml", text }],
    clients: [],
    actions: [],
    applied: [],
  },
});

function memory(limit = Infinity) {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > limit) throw new Error("QuotaExceededError");
      items.set(key, value);
    },
  };
}

test("DRAFT-1: drafts come back newest first, and one is replaced under its id", () => {
  const storage = memory();
  saveDraft(storage, draft("one"));
  saveDraft(storage, draft("two"));
  saveDraft(storage, draft("one", "kind: Pod"));
  expect(listDrafts(storage)).toEqual([draft("one", "kind: Pod"), draft("two")]);
  removeDraft(storage, "one");
  expect(listDrafts(storage)).toEqual([draft("two")]);
});

test("DRAFT-2: a full storage drops old drafts before it loses the newest", () => {
  const size = JSON.stringify([draft("a"), draft("b")]).length;
  const storage = memory(size);
  expect([
    saveDraft(storage, draft("a")),
    saveDraft(storage, draft("b")),
    saveDraft(storage, draft("c")),
  ]).toEqual([true, true, true]);
  expect(listDrafts(storage).map(({ id }) => id)).toEqual(["c", "b"]);
});

test("DRAFT-3: damaged storage reads as empty", () => {
  expect(listDrafts({ getItem: () => "{oops", setItem: () => undefined })).toEqual([]);
  expect(listDrafts({ getItem: () => '[1, null, {"id": 3}]', setItem: () => undefined })).toEqual([]);
  const whole = draft("whole");
  const damaged = [
    { ...whole, scenario: { ...whole.scenario, actions: undefined } },
    { ...whole, scenario: { ...whole.scenario, clients: "c" } },
    { ...whole, scenario: { ...whole.scenario, files: [null] } },
    { ...whole, scenario: { ...whole.scenario, settings: null } },
    { ...whole, scenario: "scenario" },
  ];
  const storage = { getItem: () => JSON.stringify([...damaged, whole]), setItem: () => undefined };
  expect(listDrafts(storage)).toEqual([whole]);
});
