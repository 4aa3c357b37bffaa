// The text area: one Monaco editor, a model a file, and under a refused line the server's words with ours below.
import { useEffect, useRef } from "react";
import { useWorkspace } from "#session/workspace";
import { defineTheme, MANIFEST_SCHEME, monaco, setUpMonaco } from "./monaco.ts";
import { showProblems, type Problem } from "./problem-zones.ts";

export interface LineNote {
  /** 1-based. */
  line: number;
  text: string;
  tone: "ok" | "warn";
}

export interface MonacoPaneProps {
  /** Names of all open files; models of others are dropped. */
  files: readonly string[];
  active: string;
  text: string;
  label: string;
  dark: boolean;
  problems: readonly Problem[];
  notes: readonly LineNote[];
  /** 1-based lines to mark, as evidence for a selected request. */
  highlight: readonly number[];
  /** Somebody waits for this file: the cursor goes there. */
  takesFocus: boolean;
  onChange: (name: string, text: string) => void;
  onApply: () => void;
}

let ready: Promise<void> | undefined;
const uriOf = (name: string): monaco.Uri => monaco.Uri.from({ scheme: MANIFEST_SCHEME, path: `/${name}` });

function modelOf(name: string, text: string): monaco.editor.ITextModel {
  const uri = uriOf(name);
  const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, "yaml", uri);
  if (model.getValue() !== text) replaceText(model, text);
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  return model;
}

/** What is put into a person's own text can be undone; another scenario's text begins anew. */
function replaceText(model: monaco.editor.ITextModel, text: string): void {
  if (!useWorkspace.getState().touched) return model.setValue(text);
  model.pushStackElement();
  model.pushEditOperations(null, [{ range: model.getFullModelRange(), text }], () => null);
  model.pushStackElement();
}

const OPTIONS: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  minimap: { enabled: false },
  fontSize: 12.5,
  lineHeight: 20,
  fontFamily: "var(--mono)",
  fontLigatures: false,
  scrollBeyondLastLine: false,
  renderLineHighlight: "line",
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 8,
  glyphMargin: false,
  folding: true,
  padding: { top: 8, bottom: 8 },
  overviewRulerLanes: 0,
  fixedOverflowWidgets: true,
  wordBasedSuggestions: "off",
  quickSuggestions: { other: true, strings: true, comments: false },
  scrollbar: { verticalScrollbarSize: 8, horizontalScrollbarSize: 8 },
  wordWrap: "off",
  tabSize: 2,
};

/** When Escape has nothing else to close. */
const PLAIN_TEXT = [
  "editorTextFocus",
  ...["suggestWidgetVisible", "findWidgetVisible", "markersNavigationVisible", "editorHoverVisible"].map(
    (key) => `!${key}`,
  ),
  ...["inSnippetMode", "editorHasSelection", "editorHasMultipleSelections"].map((key) => `!${key}`),
].join(" && ");

/**
 * Tab indents, so Escape is the way out: to the file's tab above. From there Tab passes the text by, until the focus has
 * been in the text or elsewhere on the page again.
 */
function leaveByEscape(editor: monaco.editor.IStandaloneCodeEditor, host: HTMLElement): () => void {
  const passBy = (past: boolean): void => editor.updateOptions({ tabIndex: past ? -1 : 0 });
  const leave = (): void => {
    passBy(true);
    document.querySelector<HTMLElement>(".file-tab.on")?.focus();
  };
  editor.addCommand(monaco.KeyCode.Escape, leave, PLAIN_TEXT);
  const panel = host.closest(".editor-panel");
  const moved = ({ target }: FocusEvent): void => {
    if (host.contains(target as Node) || !panel?.contains(target as Node)) passBy(false);
  };
  document.addEventListener("focusin", moved);
  return () => document.removeEventListener("focusin", moved);
}

type EditorRef = React.RefObject<monaco.editor.IStandaloneCodeEditor | null>;

export default function MonacoPane(props: MonacoPaneProps): React.JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const editor = useEditor(host, props);
  useEffect(() => defineTheme(props.dark), [props.dark]);
  useActiveModel(editor, props);
  useOpenModels(props.files);
  useEffect(() => {
    const current = editor.current;
    if (current?.getModel()) return showProblems(current, props.problems);
    return undefined;
  }, [editor, props.problems, props.active]);
  useMarkedLines(editor, props);
  return <div className="monaco-host" ref={host} />;
}

/** One editor as long as the pane is there, whatever file it shows. */
function useEditor(host: React.RefObject<HTMLDivElement | null>, props: MonacoPaneProps): EditorRef {
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    ready ??= setUpMonaco();
    const created = monaco.editor.create(host.current!, OPTIONS);
    editor.current = created;
    created.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => latest.current.onApply());
    const unhook = leaveByEscape(created, host.current!);
    const change = created.onDidChangeModelContent(() => {
      const model = created.getModel();
      if (model) latest.current.onChange(latest.current.active, model.getValue());
    });
    return () => {
      unhook();
      change.dispose();
      created.dispose();
      editor.current = null;
    };
  }, [host]);
  return editor;
}

function useActiveModel(editor: EditorRef, { active, text, label, takesFocus }: MonacoPaneProps): void {
  useEffect(() => {
    const current = editor.current;
    if (!current) return;
    if (!active) return current.setModel(null);
    // A render may be older than the last keystroke; the workspace never is, and only it may replace what stands here.
    const newest = useWorkspace.getState().files.find(({ name }) => name === active)?.text ?? text;
    const model = modelOf(active, newest);
    if (current.getModel() !== model) current.setModel(model);
    // Whoever edits for kubectl reads what the server refused, in one long line.
    current.updateOptions({ ariaLabel: label, wordWrap: takesFocus ? "on" : "off" });
  }, [editor, active, text, label, takesFocus]);
  useEffect(() => {
    if (takesFocus) editor.current?.focus();
  }, [editor, active, takesFocus]);
}

/** Files that were closed or renamed leave no model behind. */
function useOpenModels(files: readonly string[]): void {
  useEffect(() => {
    const open = new Set(files.map((name) => uriOf(name).toString()));
    for (const model of monaco.editor.getModels()) {
      if (model.uri.scheme === MANIFEST_SCHEME && !open.has(model.uri.toString())) model.dispose();
    }
  }, [files]);
}

function useMarkedLines(editor: EditorRef, { notes, highlight, active }: MonacoPaneProps): void {
  useEffect(() => {
    const current = editor.current;
    if (!current?.getModel()) return undefined;
    const decorations = current.createDecorationsCollection([
      ...notes.map(noteDecoration),
      ...highlight.map((line) => highlightDecoration(line, highlight.length > FEW_LINES)),
    ]);
    return () => decorations.clear();
  }, [editor, notes, highlight, active]);
  useEffect(() => {
    const current = editor.current;
    const [first] = highlight;
    if (!current?.getModel() || first === undefined || current.hasTextFocus()) return;
    current.revealLinesInCenterIfOutsideViewport(first, highlight.at(-1)!);
  }, [editor, highlight, active]);
}

function noteDecoration(note: LineNote): monaco.editor.IModelDeltaDecoration {
  return {
    range: new monaco.Range(note.line, 1, note.line, 1_000),
    options: { after: { content: `  ${note.text}`, inlineClassName: `line-note line-note-${note.tone}` } },
  };
}

/** More lines than this are only marked at their edge. */
const FEW_LINES = 8;

function highlightDecoration(line: number, many: boolean): monaco.editor.IModelDeltaDecoration {
  return {
    range: new monaco.Range(line, 1, line, 1),
    options: {
      isWholeLine: true,
      className: many ? "line-evidence many" : "line-evidence",
      // The edge stands beside the text, not on its first letters.
      linesDecorationsClassName: "line-evidence-edge",
    },
  };
}
