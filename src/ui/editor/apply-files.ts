// What the editor's Apply does: one file, a live object's text in place of the object, or all files; what kubectl said
// goes to the workspace.
import { applyFiles } from "#session/cluster-link";
import { finishEdit, useTerminals } from "#session/terminal/terminals";
import { setResults, useWorkspace, type WorkspaceFile } from "#session/workspace";

/** A file that kubectl waits for is saved. */
async function applyOne(file: WorkspaceFile): Promise<void> {
  const edit = useTerminals.getState().edits.find((item) => item.file === file.name);
  if (edit) return finishEdit(edit, true);
  const results = file.live
    ? await (await import("./apply-live.ts")).applyLive(file)
    : await applyFiles([{ name: file.name, text: file.text }]);
  setResults(results, [file.name]);
}

export function applyActive(): void {
  const { files, active } = useWorkspace.getState();
  const wanted = files.find((item) => item.name === active);
  if (wanted) void applyOne(wanted);
}

export async function applyAll(): Promise<void> {
  const files = useWorkspace.getState().files.filter((file) => !file.live && !file.held);
  const results = await applyFiles(files.map(({ name, text }) => ({ name, text })));
  setResults(
    results,
    files.map(({ name }) => name),
  );
}
