// The editor's files and what the last apply said of them. They belong to the page: the cluster never sees a file
// before it is applied, and a link carries them as they were typed.
import { create } from "zustand";
import type { KindName } from "#api/kinds";
import type { DocumentResult, ScenarioFile } from "./protocol.ts";

/** A live object that was opened from the canvas: applying it sends what was changed, as `kubectl edit` does. */
export interface LiveOrigin {
  kind: KindName;
  key: string;
  /** The object's YAML as it was opened or last applied. */
  opened: string;
}

export interface WorkspaceFile extends ScenarioFile {
  live?: LiveOrigin;
  /** `kubectl edit` waits for it: it is no file of the person's, is never applied, and goes when the edit ends. */
  held?: {
    /** The file that was shown before. */
    from: string;
  };
  /** The text as it was last applied, to show what waits. */
  appliedText?: string;
}

interface Workspace {
  title: string;
  files: readonly WorkspaceFile[];
  active: string;
  results: Readonly<Record<string, readonly DocumentResult[]>>;
  applyOnType: boolean;
  /** Slug of the example that the files came from, for Reset. */
  example: string | null;
  /** True from the first keystroke on: only then is there work to keep. */
  touched: boolean;
}

export const useWorkspace = create<Workspace>(() => ({
  title: "",
  files: [],
  active: "",
  results: {},
  applyOnType: false,
  example: null,
  touched: false,
}));

const set = useWorkspace.setState;

/** `unapplied`: names of those whose text the cluster was not told. */
export function openFiles(
  files: readonly ScenarioFile[],
  title: string,
  example: string | null,
  unapplied: readonly string[] = [],
): void {
  const applied = files.map((file) =>
    unapplied.includes(file.name) ? file : { ...file, appliedText: file.text },
  );
  set({ files: applied, active: files[0]?.name ?? "", results: {}, title, example, touched: false });
}

/** Told what stands there already, such as by an editor that another text was put into, nothing was touched. */
export function editFile(name: string, text: string): void {
  set((state) => {
    if (!state.files.some((file) => file.name === name && file.text !== text)) return state;
    const files = state.files.map((file) => (file.name === name ? { ...file, text } : file));
    return { touched: true, files };
  });
}

export function activateFile(name: string): void {
  set({ active: name });
}

/** Adds a file under a free name and shows it. */
export function addFile(text = "", wanted = "manifest.yaml", live?: LiveOrigin): string {
  const { files } = useWorkspace.getState();
  const name = freeName(wanted, new Set(files.map((file) => file.name)));
  set({ files: [...files, { name, text, ...(live ? { live } : {}) }], active: name, touched: true });
  return name;
}

/** A text that `kubectl edit` opens. */
export function holdFile(text: string, wanted: string): string {
  const { files, active } = useWorkspace.getState();
  const name = freeName(wanted, new Set(files.map((file) => file.name)));
  set({ files: [...files, { name, text, held: { from: active }, appliedText: text }], active: name });
  return name;
}

/** Whether a file says something that the cluster was not told: a live object's text is the cluster's own. */
export function waits({ text, appliedText, live }: WorkspaceFile): boolean {
  return text !== (live?.opened ?? appliedText);
}

/** Names of the person's files whose text the cluster was not told, or refused when it was. */
export function unapplied({ files, results }: Pick<Workspace, "files" | "results">): string[] {
  const refused = (name: string): boolean => results[name]?.some(({ error }) => error) ?? false;
  return files.filter((file) => !file.held && (waits(file) || refused(file.name))).map(({ name }) => name);
}

/** What belongs to the person's work: goes into links, drafts and new clusters. */
export function ownFiles(files: readonly WorkspaceFile[]): ScenarioFile[] {
  return files.filter(({ held }) => !held).map(({ name, text }) => ({ name, text }));
}

export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const dot = wanted.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, ""];
  for (let number = 2; ; number++) {
    const name = `${stem}-${number}${ending}`;
    if (!taken.has(name)) return name;
  }
}

export function removeFile(name: string): void {
  set((state) => {
    const index = state.files.findIndex((file) => file.name === name);
    const files = state.files.filter((file) => file.name !== name);
    const from = state.files[index]?.held?.from;
    const next =
      files.find((file) => file.name === from) ?? files[Math.min(Math.max(index, 0), files.length - 1)];
    return { files, touched: true, active: state.active === name ? (next?.name ?? "") : state.active };
  });
}

/** Returns false where the name is empty or taken. */
export function renameFile(from: string, to: string): boolean {
  const name = to.trim();
  const { files, active } = useWorkspace.getState();
  if (name === from || files.some((file) => file.name === from && file.held)) return true;
  if (!name || name.length > 100 || files.some((file) => file.name === name)) return false;
  set({
    files: files.map((file) => (file.name === from ? { ...file, name } : file)),
    active: active === from ? name : active,
    touched: true,
  });
  return true;
}

export function setResults(results: readonly DocumentResult[], names: readonly string[]): void {
  set((state) => {
    const next: Record<string, readonly DocumentResult[]> = { ...state.results };
    for (const name of names) next[name] = results.filter((result) => result.file === name);
    return {
      results: next,
      files: state.files.map((file) =>
        names.includes(file.name) ? { ...file, appliedText: file.text } : file,
      ),
    };
  });
}

export function setApplyOnType(applyOnType: boolean): void {
  set({ applyOnType });
}

/** Takes into a file what the cluster has already, so that nothing more of it waits than did before. */
export function takeIntoFile(name: string, text: string): void {
  set((state) => ({
    touched: true,
    files: state.files.map((file) =>
      file.name === name
        ? { ...file, text, ...(file.text === file.appliedText ? { appliedText: text } : {}) }
        : file,
    ),
  }));
}

/** Takes the object's newest YAML as what was opened; `text` replaces what was typed. */
export function reopenLive(name: string, opened: string, text: string): void {
  set((state) => ({
    files: state.files.map((file) =>
      file.name === name && file.live ? { ...file, text, live: { ...file.live, opened } } : file,
    ),
  }));
}
