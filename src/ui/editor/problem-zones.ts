// What the API server said of a line, in a box under that line: its own words, our sentence, and a repair where there
// is one. Built with text nodes only: the words may quote hostile input.
import { monaco } from "./monaco.ts";

export interface Problem {
  /** 1-based. */
  line: number;
  text: string;
  /** Our sentence. */
  plain: string;
  /** A note is said under its line, but nothing is wrong with the line. */
  severity: "error" | "warning" | "note";
  fix?: { label: string; run: () => void };
}

const MARKER_OWNER = "kubernetes";

/** Shows the problems until the returned function is called. */
export function showProblems(
  editor: monaco.editor.IStandaloneCodeEditor,
  problems: readonly Problem[],
): () => void {
  const model = editor.getModel();
  if (!model) return () => undefined;
  const markers = problems
    .filter(({ severity }) => severity !== "note")
    .map((problem) => marker(model, problem));
  monaco.editor.setModelMarkers(model, MARKER_OWNER, markers);
  let zones: string[] = [];
  let width = 0;
  // Boxes are as wide as the text that can be seen, so a panel that is resized gets new ones.
  const place = (): void => {
    const now = Math.max(editor.getLayoutInfo().contentWidth - 16, 120);
    if (now === width) return;
    width = now;
    editor.changeViewZones((accessor) => {
      zones.forEach((zone) => accessor.removeZone(zone));
      zones = problems.map((problem) => accessor.addZone(zoneFor(model, problem, width)));
    });
  };
  place();
  const resized = editor.onDidLayoutChange(place);
  return () => {
    resized.dispose();
    if (!model.isDisposed()) monaco.editor.setModelMarkers(model, MARKER_OWNER, []);
    if (editor.getModel() === model)
      editor.changeViewZones((accessor) => zones.forEach((zone) => accessor.removeZone(zone)));
  };
}

function marker(model: monaco.editor.ITextModel, problem: Problem): monaco.editor.IMarkerData {
  const line = Math.min(Math.max(problem.line, 1), model.getLineCount());
  const start = model.getLineFirstNonWhitespaceColumn(line) || 1;
  return {
    startLineNumber: line,
    endLineNumber: line,
    startColumn: start,
    endColumn: Math.max(model.getLineMaxColumn(line), start + 1),
    message: `${problem.text}\n${problem.plain}`,
    severity: problem.severity === "error" ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
  };
}

function zoneFor(model: monaco.editor.ITextModel, problem: Problem, width: number): monaco.editor.IViewZone {
  const box = document.createElement("div");
  box.style.setProperty("--problem-width", `${width}px`);
  box.className = `problem-zone problem-${problem.severity}`;
  if (problem.text) append(box, "p", "problem-said", problem.text);
  append(box, "p", "problem-plain", problem.plain);
  if (problem.fix) {
    const button = append(box, "button", "problem-fix", problem.fix.label) as HTMLButtonElement;
    button.type = "button";
    // Monaco hides its zones from the keyboard and from those who hear the page; the footer offers the same.
    button.tabIndex = -1;
    button.addEventListener("mousedown", (event) => {
      event.stopPropagation();
      problem.fix?.run();
    });
  }
  const line = Math.min(Math.max(problem.line, 1), model.getLineCount());
  return {
    afterLineNumber: line,
    heightInPx: measure(box),
    domNode: box,
    suppressMouseDown: false,
  };
}

function append(parent: HTMLElement, tag: string, className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  parent.append(element);
  return element;
}

/** Zones need their height beforehand: the box is laid out once off screen. */
function measure(box: HTMLElement): number {
  const probe = box.cloneNode(true) as HTMLElement;
  probe.style.position = "absolute";
  probe.style.visibility = "hidden";
  document.body.append(probe);
  const height = probe.offsetHeight;
  probe.remove();
  return height + 6;
}
