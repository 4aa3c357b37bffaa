// Monaco with the parts that a manifest editor needs, its YAML language server and the Kubernetes schema. Loaded
// lazily: nothing else of the page may import this file statically.
import "monaco-editor/editor/browser/coreCommands.js";
import "monaco-editor/editor/contrib/bracketMatching/browser/bracketMatching.js";
import "monaco-editor/editor/contrib/caretOperations/browser/transpose.js";
import "monaco-editor/editor/contrib/clipboard/browser/clipboard.js";
import "monaco-editor/editor/contrib/comment/browser/comment.js";
import "monaco-editor/editor/contrib/contextmenu/browser/contextmenu.js";
import "monaco-editor/editor/contrib/cursorUndo/browser/cursorUndo.js";
import "monaco-editor/features/find/register.js";
import "monaco-editor/editor/contrib/folding/browser/folding.js";
import "monaco-editor/editor/contrib/gotoError/browser/gotoError.js";
import "monaco-editor/editor/contrib/hover/browser/hoverContribution.js";
import "monaco-editor/editor/contrib/indentation/browser/indentation.js";
import "monaco-editor/editor/contrib/lineSelection/browser/lineSelection.js";
import "monaco-editor/editor/contrib/linesOperations/browser/linesOperations.js";
import "monaco-editor/editor/contrib/multicursor/browser/multicursor.js";
import "monaco-editor/editor/contrib/smartSelect/browser/smartSelect.js";
import "monaco-editor/editor/contrib/snippet/browser/snippetController2.js";
import "monaco-editor/editor/contrib/suggest/browser/suggestController.js";
import "monaco-editor/editor/contrib/toggleTabFocusMode/browser/toggleTabFocusMode.js";
import "monaco-editor/editor/contrib/tokenization/browser/tokenization.js";
import "monaco-editor/editor/contrib/wordHighlighter/browser/wordHighlighter.js";
import "monaco-editor/editor/contrib/wordOperations/browser/wordOperations.js";
import "monaco-editor/editor/standalone/browser/iPadShowKeyboard/iPadShowKeyboard.js";
import "monaco-editor/languages/definitions/yaml/register.js";
import * as monaco from "monaco-editor/editor/editor.api.js";
import { configureMonacoYaml, type JSONSchema } from "monaco-yaml";
import EditorWorker from "./editor.worker.ts?worker";
import YamlWorker from "./yaml.worker.ts?worker";

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

type WebWorkerOptions = Parameters<typeof monaco.editor.createWebWorker>[0];

/** monaco-yaml still asks for workers by label; this Monaco takes a worker that was already started. */
function withYamlWorker(): typeof monaco {
  const createWebWorker = (options: WebWorkerOptions & { createData?: unknown }) => {
    const worker = new YamlWorker();
    worker.postMessage("ignore");
    // The schema comes from no address that a reader could open, so hovers do not name one.
    worker.postMessage({ ...(options.createData as object), hoverSchemaSource: false });
    return monaco.editor.createWebWorker({ ...options, worker });
  };
  return { ...monaco, editor: { ...monaco.editor, createWebWorker } } as typeof monaco;
}

export const MANIFEST_SCHEME = "manifest";

export async function setUpMonaco(): Promise<void> {
  const { default: schema } = await import("../../api/schema.gen.json");
  configureMonacoYaml(withYamlWorker(), {
    isKubernetes: true,
    validate: true,
    hover: true,
    completion: true,
    format: { enable: false },
    yamlVersion: "1.1",
    schemas: [{ uri: "kubernetes://schema", fileMatch: ["*"], schema: schema as unknown as JSONSchema }],
  });
}

/** Monaco wants its colours as hex, so they are read from the page's tokens whenever the theme changes. */
export function defineTheme(dark: boolean): void {
  const style = getComputedStyle(document.documentElement);
  // A build may shorten #ffffff to #fff, which Monaco's token rules refuse.
  const token = (name: string): string =>
    style
      .getPropertyValue(name)
      .trim()
      .replace(/^#(\w)(\w)(\w)$/, "#$1$1$2$2$3$3");
  const bare = (name: string): string => token(name).replace("#", "");
  monaco.editor.defineTheme("kubelanes", {
    base: dark ? "vs-dark" : "vs",
    inherit: true,
    // An empty colour, of a page that is being left, is refused.
    rules: [
      { token: "type", foreground: bare("--syn-key") },
      { token: "string", foreground: bare("--syn-str") },
      { token: "number", foreground: bare("--syn-num") },
      { token: "keyword", foreground: bare("--syn-num") },
      { token: "comment", foreground: bare("--syn-com") },
    ].filter(({ foreground }) => foreground !== ""),
    colors: {
      "editor.background": token("--surface"),
      "editor.foreground": token("--ink"),
      "editorLineNumber.foreground": token("--ink-3"),
      "editorLineNumber.activeForeground": token("--ink"),
      "editor.lineHighlightBackground": token("--surface-2"),
      "editor.lineHighlightBorder": "#00000000",
      "editorIndentGuide.background1": token("--line"),
      "editorWidget.background": token("--surface"),
      "editorWidget.border": token("--line-2"),
      "editorSuggestWidget.background": token("--surface"),
      "editorHoverWidget.background": token("--surface"),
      "editorError.foreground": token("--fail"),
      "editorWarning.foreground": token("--warn-line"),
      focusBorder: token("--req"),
    },
  });
  monaco.editor.setTheme("kubelanes");
}

export { monaco };
