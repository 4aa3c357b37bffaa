// The open file's text: in Monaco once that is there, before it as plain text that can be read, and where Monaco cannot be
// loaded in a plain field.
import { lazy, Suspense, useMemo } from "react";
import { firstPacket } from "#session/opening/first-packet";
import { editFile, useWorkspace, type WorkspaceFile } from "#session/workspace";
import { useLanguage, useT } from "../i18n/i18n.ts";
import { useTheme } from "../theme/theme.ts";
import { applyActive } from "./apply-files.ts";
import { EditorBoundary } from "./EditorBoundary.tsx";
import { loadMonacoMessages } from "./monaco-messages.ts";
import type { LineNote } from "./MonacoPane.tsx";
import type { Problem } from "./problem-zones.ts";
import { useSelectorNotes } from "./useSelectorNotes.ts";

const MonacoPane = lazy(async () => {
  await firstPacket;
  await loadMonacoMessages(useLanguage.getState().language);
  return import("./MonacoPane.tsx");
});

interface EditorTextProps {
  file: WorkspaceFile;
  problems: readonly Problem[];
  /** 1-based lines to mark, as evidence for what is selected. */
  highlight: readonly number[];
}

export function EditorText({ file, problems, highlight }: EditorTextProps): React.JSX.Element {
  const { name, text } = file;
  const label = useT()("editorLabel", { file: name });
  const files = useWorkspace((state) => state.files);
  const names = useMemo(() => files.map((item) => item.name), [files]);
  const dark = useTheme((state) => state.theme) === "dark";
  const notes = useSelectorNotes(text);
  const beside = useMemo(() => notes.filter(({ tone }) => tone === "ok"), [notes]);
  const below = useMemo(() => [...problems, ...notes.flatMap(zoneOf)], [problems, notes]);
  return (
    <EditorBoundary fallback={<PlainText name={name} text={text} label={label} />}>
      <Suspense fallback={<pre className="editor-waiting">{text}</pre>}>
        <MonacoPane
          files={names}
          active={name}
          text={text}
          label={label}
          dark={dark}
          problems={below}
          notes={beside}
          highlight={highlight}
          takesFocus={file.held !== undefined}
          onChange={editFile}
          onApply={applyActive}
        />
      </Suspense>
    </EditorBoundary>
  );
}

/** What a selector misses is too long to stand beside it. */
function zoneOf({ line, text, tone }: LineNote): Problem[] {
  return tone === "warn" ? [{ line, text: "", plain: text, severity: "note" }] : [];
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
