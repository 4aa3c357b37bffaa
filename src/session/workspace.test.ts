import { afterEach, expect, test } from "vitest";
import {
  activateFile,
  addFile,
  editFile,
  holdFile,
  openFiles,
  ownFiles,
  removeFile,
  renameFile,
  setResults,
  takeIntoFile,
  unapplied,
  useWorkspace,
  waits,
} from "./workspace.ts";

const initial = useWorkspace.getState();
afterEach(() => useWorkspace.setState(initial, true));

const files = [
  { name: "a.yaml", text: "a" },
  { name: "b.yaml", text: "b" },
];

test("WORK-1: what kubectl edit opens is no file of the person's, keeps its name, and gives the place back", () => {
  openFiles(files, "", null);
  activateFile("a.yaml");
  const name = holdFile("kind: Service", "kubia.edit.yaml");
  expect(useWorkspace.getState()).toMatchObject({ active: name, touched: false });
  expect(ownFiles(useWorkspace.getState().files)).toEqual(files);
  expect(renameFile(name, "mine.yaml")).toBe(true);
  expect(useWorkspace.getState().active).toBe("kubia.edit.yaml");
  removeFile(name);
  expect(useWorkspace.getState().active).toBe("a.yaml");
  addFile("c", "c.yaml");
  removeFile("c.yaml");
  expect(useWorkspace.getState().active).toBe("b.yaml");
});

test("WORK-2: what is taken from the cluster waits for no apply, but what was typed before still does", () => {
  openFiles(files, "", null);
  takeIntoFile("a.yaml", "a2");
  editFile("b.yaml", "typed");
  takeIntoFile("b.yaml", "typed2");
  expect(useWorkspace.getState().files).toEqual([
    { name: "a.yaml", text: "a2", appliedText: "a2" },
    { name: "b.yaml", text: "typed2", appliedText: "b" },
  ]);
  setResults([], ["b.yaml"]);
  expect(useWorkspace.getState().files[1]!.appliedText).toBe("typed2");
});

test("a live object's text waits for nothing until it is changed, a new file until it is applied", () => {
  const opened = "kind: Service\n";
  const live = { kind: "Service", key: "default/web", opened } as const;
  expect(waits({ name: "web.yaml", text: opened, live })).toBe(false);
  expect(waits({ name: "web.yaml", text: `${opened}spec: {}\n`, live })).toBe(true);
  // Refused: it was sent, and is not what the cluster has.
  expect(waits({ name: "web.yaml", text: "kind: Svc\n", appliedText: "kind: Svc\n", live })).toBe(true);
  expect(waits({ name: "manifest.yaml", text: "" })).toBe(true);
  expect(waits({ name: "a.yaml", text: "a", appliedText: "a" })).toBe(false);
});

test("an editor that says what it was given has touched nothing", () => {
  openFiles([{ name: "a.yaml", text: "a" }], "", null);
  const before = useWorkspace.getState();
  editFile("a.yaml", "a");
  editFile("gone.yaml", "b");
  expect(useWorkspace.getState()).toBe(before);
  editFile("a.yaml", "a2");
  expect(useWorkspace.getState().touched).toBe(true);
});

test("what a draft had not applied waits again", () => {
  const files = [
    { name: "a.yaml", text: "a" },
    { name: "b.yaml", text: "b" },
  ];
  openFiles(files, "", null, ["b.yaml"]);
  expect(useWorkspace.getState().files.map(waits)).toEqual([false, true]);
});

test("what the server refused was not applied, and what another document of the file says changes nothing", () => {
  openFiles(files, "", null);
  expect(unapplied(useWorkspace.getState())).toEqual([]);
  const result = { file: "b.yaml", document: 0, line: 1, message: "service/web created", warnings: [] };
  const refused = { ...result, document: 1, message: "", error: { text: "no kind", line: 4 } };
  setResults([result, refused], ["b.yaml"]);
  expect(unapplied(useWorkspace.getState())).toEqual(["b.yaml"]);
  setResults([result], ["b.yaml"]);
  holdFile("kind: Service", "kubia.edit.yaml");
  editFile("a.yaml", "typed");
  expect(unapplied(useWorkspace.getState())).toEqual(["a.yaml"]);
});
