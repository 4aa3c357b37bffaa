// Monaco's own background worker (word completion, links, diffs).
import "monaco-editor/editor/editor.worker.js";
