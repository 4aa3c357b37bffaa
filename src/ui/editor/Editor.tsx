// The manifest panel: files as tabs, the text, and what to do with it.
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { applyFiles } from "#session/cluster-link";
import { firstPacket } from "#session/opening/first-packet";
import { objectsOf, type Projection } from "#session/store";
import { finishEdit, useTerminals } from "#session/terminal/terminals";
import {
  activateFile,
  addFile,
  editFile,
  setResults,
  useWorkspace,
  type WorkspaceFile,
} from "#session/workspace";
import { useLanguage, useT, type Translate } from "../i18n/i18n.ts";
import { useCalm } from "../shell/useCalm.ts";
import { useTheme } from "../theme/theme.ts";
import { EditorBoundary } from "./EditorBoundary.tsx";
import { EditorFooter } from "./EditorFooter.tsx";
import { FileTabs } from "./FileTabs.tsx";
import { loadMonacoMessages } from "./monaco-messages.ts";
import type { LineNote } from "./MonacoPane.tsx";
import type { Problem } from "./problem-zones.ts";
import { problemsOf } from "./problems.ts";
import { useEvidence } from "./useEvidence.ts";
import "./editor.css";

const LiveChange = lazy(() => import("./LiveChange.tsx").then((module) => ({ default: module.LiveChange })));
const FileDrift = lazy(() =>
  firstPacket.then(() => import("./FileDrift.tsx")).then((module) => ({ default: module.FileDrift })),
);
const MonacoPane = lazy(async () => {
  await firstPacket;
  await loadMonacoMessages(useLanguage.getState().language);
  return import("./MonacoPane.tsx");
});
type Hints = typeof import("./selector-hints.ts").selectorHints;

const TYPING_PAUSE_MS = 700;
/** The selector's note counts pods; while many start it is counted anew only so often. */
const HINT_PAUSE_MS = 400;
const podsOf = (state: Projection): ReturnType<typeof objectsOf<"Pod">> => objectsOf(state.objects, "Pod");

/** Applies one file, or a live object's text in place of the object; a file that kubectl waits for is saved. */
async function applyOne(file: WorkspaceFile): Promise<void> {
  const edit = useTerminals.getState().edits.find((item) => item.file === file.name);
  if (edit) return finishEdit(edit, true);
  const results = file.live
    ? await (await import("./apply-live.ts")).applyLive(file)
    : await applyFiles([{ name: file.name, text: file.text }]);
  setResults(results, [file.name]);
}

export async function applyAll(): Promise<void> {
  const files = useWorkspace.getState().files.filter((file) => !file.live && !file.held);
  const results = await applyFiles(files.map(({ name, text }) => ({ name, text })));
  setResults(
    results,
    files.map(({ name }) => name),
  );
}

export function Editor({ onReset }: { onReset: (() => void) | null }): React.JSX.Element {
  const t = useT();
  const { files, active, results, applyOnType } = useWorkspace();
  const file = files.find((item) => item.name === active);
  const dark = useTheme((state) => state.theme) === "dark";
  const pods = useCalm(podsOf, HINT_PAUSE_MS);
  const text = file?.text ?? "";
  const apply = useCallback(() => {
    const current = useWorkspace.getState();
    const wanted = current.files.find((item) => item.name === current.active);
    if (wanted) void applyOne(wanted);
  }, []);
  useApplyOnType(
    applyOnType && file !== undefined && !file.held && file.text !== file.appliedText,
    text,
    apply,
  );
  const fileResults = results[active];
  const problems = useMemo(
    () => problemsOf(fileResults ?? [], text, t, (next) => editFile(active, next)),
    [fileResults, text, t, active],
  );
  const hints = useHints();
  const notes = useMemo(() => (hints ? selectorNotes(hints, text, pods, t) : []), [hints, text, pods, t]);
  const beside = useMemo(() => notes.filter(({ tone }) => tone === "ok"), [notes]);
  const below = useMemo(() => [...problems, ...notes.flatMap(zoneOf)], [problems, notes]);
  const names = useMemo(() => files.map(({ name }) => name), [files]);
  const evidence = useEvidence(files);
  const highlight = evidence.find((item) => item.file === active)?.lines ?? NONE;

  return (
    <section className="panel editor-panel" aria-label={t("editorFiles")}>
      <FileTabs
        files={files}
        active={active}
        results={results}
        evidence={evidence}
        onSelect={activateFile}
        onAdd={() => addFile()}
      />
      {file?.live && (
        <Suspense fallback={null}>
          <LiveChange key={file.name} file={file} live={file.live} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <FileDrift file={file} />
      </Suspense>
      <div className="editor-body">
        {file ? (
          <EditorBoundary
            fallback={<PlainText name={active} text={text} label={t("editorLabel", { file: active })} />}
          >
            <Suspense fallback={<pre className="editor-waiting">{text}</pre>}>
              <MonacoPane
                files={names}
                active={active}
                text={text}
                label={t("editorLabel", { file: active })}
                dark={dark}
                problems={below}
                notes={beside}
                highlight={highlight}
                takesFocus={file.held !== undefined}
                onChange={editFile}
                onApply={apply}
              />
            </Suspense>
          </EditorBoundary>
        ) : (
          <p className="editor-empty">{t("editorEmpty")}</p>
        )}
      </div>
      <EditorFooter
        t={t}
        file={file}
        problems={problems}
        apply={apply}
        applyAll={() => void applyAll()}
        onReset={onReset}
      />
    </section>
  );
}

function PlainText({ name, text, label }: { name: string; text: string; label: string }): React.JSX.Element {
  return (
    <textarea
      className="editor-plain"
      aria-label={label}
      value={text}
      spellCheck={false}
      onChange={(event) => editFile(name, event.target.value)}
    />
  );
}

const NONE: readonly number[] = [];

/** What a selector misses is too long to stand beside it. */
function zoneOf({ line, text, tone }: LineNote): Problem[] {
  return tone === "warn" ? [{ line, text: "", plain: text, severity: "note" }] : [];
}

/** What reads YAML comes after the first packet, like the editor itself. */
function useHints(): Hints | undefined {
  const [hints, setHints] = useState<{ read: Hints }>();
  useEffect(() => {
    let here = true;
    void firstPacket
      .then(() => import("./selector-hints.ts"))
      .then(({ selectorHints }) => here && setHints({ read: selectorHints }));
    return () => void (here = false);
  }, []);
  return hints?.read;
}

function selectorNotes(
  selectorHints: Hints,
  text: string,
  pods: ReadonlyMap<string, Parameters<Hints>[1] extends Iterable<infer P> ? P : never>,
  t: Translate,
): LineNote[] {
  return selectorHints(text, pods.values()).map((hint) => {
    const { matched, total, miss } = hint;
    if (total === 0) return { line: hint.line, tone: "warn", text: t("editorSelectorEmpty") };
    if (!miss) return { line: hint.line, tone: "ok", text: t("editorSelectorAll", { matched, total }) };
    const key = matched === 0 ? "editorSelectorNone" : "editorSelectorMiss";
    return {
      line: hint.line,
      tone: "warn",
      text: t(key, { matched, total, pod: miss.pod, lacks: miss.lacks }),
    };
  });
}

/** Applies once the typing pauses. */
function useApplyOnType(due: boolean, text: string, apply: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(timer.current);
    if (due) timer.current = setTimeout(apply, TYPING_PAUSE_MS);
    return () => clearTimeout(timer.current);
  }, [due, text, apply]);
}
