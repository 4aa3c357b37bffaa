// The manifest panel: files as tabs, the text, and what to do with it.
import { lazy, Suspense, useEffect, useMemo, useRef } from "react";
import { firstPacket } from "#session/opening/first-packet";
import { activateFile, addFile, editFile, useWorkspace, waits, type WorkspaceFile } from "#session/workspace";
import { useT } from "../i18n/i18n.ts";
import { applyActive, applyAll } from "./apply-files.ts";
import { EditorFooter } from "./EditorFooter.tsx";
import { EditorText } from "./EditorText.tsx";
import { FileTabs } from "./FileTabs.tsx";
import type { Problem } from "./problem-zones.ts";
import { useEvidence } from "./useEvidence.ts";
import { useLater } from "./useLater.ts";
import "./editor.css";

const LiveChange = lazy(() => import("./LiveChange.tsx").then((module) => ({ default: module.LiveChange })));
const FileDrift = lazy(() =>
  firstPacket.then(() => import("./FileDrift.tsx")).then((module) => ({ default: module.FileDrift })),
);

const TYPING_PAUSE_MS = 700;
const NONE: readonly number[] = [];
const NO_PROBLEMS: readonly Problem[] = [];
const loadProblems = (): Promise<typeof import("./problems.ts")> => import("./problems.ts");

export function Editor({ onReset }: { onReset: (() => void) | null }): React.JSX.Element {
  const t = useT();
  const { files, active, results } = useWorkspace();
  const file = files.find((item) => item.name === active);
  const problems = useProblems(active, file?.text ?? "");
  const evidence = useEvidence(files);
  const highlight = evidence.find((item) => item.file === active)?.lines ?? NONE;
  useApplyOnType(file);
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
      <Suspense fallback={null}>
        {file?.live && <LiveChange key={file.name} file={file} live={file.live} />}
      </Suspense>
      <Suspense fallback={null}>
        <FileDrift file={file} />
      </Suspense>
      <div className="editor-body">
        {file ? (
          <EditorText file={file} problems={problems} highlight={highlight} />
        ) : (
          <p className="editor-empty">{t("editorEmpty")}</p>
        )}
      </div>
      <EditorFooter
        t={t}
        file={file}
        problems={problems}
        apply={applyActive}
        applyAll={() => void applyAll()}
        onReset={onReset}
      />
    </section>
  );
}

/** What the server said of the open file when it was last applied, at the lines of the text as it is now. */
function useProblems(name: string, text: string): readonly Problem[] {
  const t = useT();
  const results = useWorkspace((state) => state.results[name]);
  const reader = useLater(loadProblems);
  return useMemo(
    () => reader?.problemsOf(results ?? [], text, t, (next) => editFile(name, next)) ?? NO_PROBLEMS,
    [reader, results, text, t, name],
  );
}

/** Where the person wants it, applies once the typing pauses. */
function useApplyOnType(file: WorkspaceFile | undefined): void {
  const applyOnType = useWorkspace((state) => state.applyOnType);
  const due = applyOnType && file !== undefined && !file.held && waits(file);
  const text = file?.text;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(timer.current);
    if (due) timer.current = setTimeout(applyActive, TYPING_PAUSE_MS);
    return () => clearTimeout(timer.current);
  }, [due, text]);
}
