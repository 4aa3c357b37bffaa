// One terminal's screen: xterm shows what comes from the worker, the line at the prompt is edited here, and whole lines
// go to the worker. It outlives the panel: hidden and shown again it is as it was.
import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import { completeLine, tellTerminals } from "#session/cluster-link";
import type { TerminalOutput } from "#session/terminal/messages";
import { commonStart, inColumns } from "./candidates.ts";
import { emptyLine, insert, press, widthOf, type Effect, type Line } from "./line.ts";
import { terminalTheme } from "./theme.ts";

const SCROLLBACK = 55_000;
const MAX_HISTORY = 500;
/** Two presses of Escape within this time leave the terminal. */
const LEAVE_MS = 600;

export interface Screen {
  readonly element: HTMLElement;
  show(output: TerminalOutput): void;
  insert(text: string): void;
  fit(): void;
  focus(): void;
  retheme(): void;
  /** In the reader's language of now. */
  relabel(label: string): void;
  dispose(): void;
}

export interface ScreenTexts {
  hint(hint: TerminalOutput["hints"][number]): string;
  ended: string;
}

/** Characters that xterm reads in well under a frame. */
const PIECE = 8192;

/** Lines typed in any terminal of a kind, oldest first. */
const histories: Record<string, string[]> = {};

/** Our own voice. Not "dim", which halves the contrast. */
const QUIET = "\u001b[90m";
const PLAIN = "\u001b[39m";

export function createScreen(
  id: string,
  options: { history: string; label: string; texts: () => ScreenTexts; leave: () => void },
): Screen {
  const element = document.createElement("div");
  element.className = "terminal-screen";
  const term = new Terminal({
    convertEol: true,
    cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    scrollback: SCROLLBACK,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--mono"),
    fontSize: 13,
    lineHeight: 1.25,
    theme: terminalTheme(),
    allowProposedApi: false,
    minimumContrastRatio: 4.5,
  });
  const fitting = new FitAddon();
  term.loadAddon(fitting);
  const history = (histories[options.history] ??= []);
  const editor = new Editor(id, term, history, options);
  let opened = false;
  let named = options.label;
  return {
    element,
    show: (output) => editor.show(output),
    insert: (text) => editor.insert(text),
    fit: () => {
      if (!opened) {
        opened = true;
        term.open(element);
        term.textarea?.setAttribute("aria-label", named);
      }
      if (element.clientWidth > 0 && element.clientHeight > 0) fitting.fit();
    },
    focus: () => term.focus(),
    retheme: () => {
      term.options.theme = terminalTheme();
    },
    relabel: (label) => {
      named = label;
      term.textarea?.setAttribute("aria-label", label);
    },
    dispose: () => term.dispose(),
  };
}

/** xterm reads one piece without a pause, however long it is, but rests between pieces. */
function writeInPieces(term: Terminal, text: string, done: () => void): void {
  let start = 0;
  for (; start + PIECE < text.length; start += PIECE) term.write(text.slice(start, start + PIECE));
  term.write(text.slice(start), done);
}

class Editor {
  private line: Line;
  private reading = false;
  private ended = false;
  /** What stood before the line when somebody began to read. */
  private prompt = "";
  /** Rows below the prompt's own where the cursor is, and where the line ends. */
  private row = 0;
  private end = { rows: 0, column: 0 };
  /** Lines that were entered while nobody read. */
  private readonly queue: string[] = [];
  private pendingWrites = 0;
  /** Tab was pressed, and the keys after it wait for what it brings. */
  private completing = false;
  private readonly held: string[] = [];
  private tabs = 0;
  private escaped = 0;
  private todays: string | undefined;

  private readonly id: string;
  private readonly term: Terminal;
  private readonly history: string[];
  private readonly options: { texts: () => ScreenTexts; leave: () => void };

  constructor(
    id: string,
    term: Terminal,
    history: string[],
    options: { texts: () => ScreenTexts; leave: () => void },
  ) {
    this.id = id;
    this.term = term;
    this.history = history;
    this.options = options;
    this.line = emptyLine(history);
    term.onData((data) => this.typed(data));
    term.onResize(() => this.redraw());
    term.attachCustomKeyEventHandler((event) => this.isOurs(event));
  }

  show(output: TerminalOutput): void {
    const { texts } = this.options;
    if (this.reading) this.hideLine();
    this.reading = false;
    let { text } = output;
    for (const hint of output.hints) {
      text += `${QUIET}${texts().hint(hint)}${PLAIN}\n`;
      this.todays = hint.command;
    }
    // The hint comes with the next prompt in one piece and has to stand above it.
    if (output.hints.length > 0) text = hintsFirst(output.text, text.slice(output.text.length));
    if (output.ended) {
      this.ended = true;
      text += `\n${QUIET}${texts().ended}${"error" in output.ended ? ` ${output.ended.error}` : ""}${PLAIN}\n`;
    }
    this.pendingWrites++;
    writeInPieces(this.term, text, () => {
      this.pendingWrites--;
      if (output.reading) this.begin();
    });
  }

  insert(text: string): void {
    if (this.line.text !== "") this.line = emptyLine(this.history, this.line.cut);
    this.line = insert(this.line, text).line;
    this.redraw();
    this.term.focus();
  }

  /** What comes meanwhile stands behind the prompt, as if nothing had been typed yet. */
  private hideLine(): void {
    this.erase();
    this.term.write(this.prompt);
  }

  /** Somebody reads: the line stands where the output ends. */
  private begin(): void {
    if (this.pendingWrites > 0) return;
    this.reading = true;
    const { active } = this.term.buffer;
    const row = active.getLine(active.baseY + active.cursorY);
    this.prompt = row?.translateToString(false, 0, active.cursorX) ?? "";
    this.row = 0;
    const next = this.queue.shift();
    if (next === undefined) {
      this.redraw();
      return this.release();
    }
    // What has been typed after the waiting lines stays for later.
    const after = this.line;
    this.line = insert(emptyLine(this.history), next).line;
    this.redraw();
    this.enter(next);
    this.line = { ...after, at: this.history.length };
  }

  private typed(data: string): void {
    if (this.ended) return;
    // A Tab that came before the prompt waits for it, and so does what follows; Ctrl-C never waits.
    const waits = !this.reading && this.held.length > 0 && data !== "\u0003" && data !== "\u001a";
    if (this.completing || waits) {
      this.held.push(data);
      return;
    }
    if (data.length > 1 && !data.startsWith("\u001b")) {
      const lines = data.replace(/\r\n?|\n/g, "\r").split("\r");
      lines.forEach((part, index) => {
        if (part !== "") this.apply(insert(this.line, part));
        if (index < lines.length - 1) this.key("\r");
      });
      return;
    }
    this.key(data);
  }

  private key(data: string): void {
    if (data === "\t" && this.todays !== undefined && this.line.text === "") {
      this.apply(insert(this.line, this.todays));
      this.todays = undefined;
      return;
    }
    this.tabs = data === "\t" ? this.tabs + 1 : 0;
    this.apply(press(this.line, data, this.history));
  }

  private apply({ line, effect }: { line: Line; effect: Effect }): void {
    const before = this.line;
    this.line = line;
    switch (effect.do) {
      case "draw":
        return this.redraw();
      case "enter":
        if (this.reading) {
          this.line = { ...before, cursor: before.text.length, text: effect.text };
          this.redraw();
          return this.enter(effect.text);
        }
        this.queue.push(effect.text);
        return;
      case "interrupt":
        this.queue.length = 0;
        this.held.length = 0;
        this.line = emptyLine(this.history, line.cut);
        this.moveToEnd();
        this.reading = false;
        this.term.write("^C\n");
        return tellTerminals({ type: "terminal", do: "interrupt", terminal: this.id });
      case "suspend":
        // At a prompt there is nothing to stop.
        if (this.reading) return;
        this.term.write("^Z");
        return tellTerminals({ type: "terminal", do: "suspend", terminal: this.id });
      case "endInput":
        this.reading = false;
        return tellTerminals({ type: "terminal", do: "endInput", terminal: this.id });
      case "clear":
        return this.clear();
      case "complete":
        if (!this.reading) return void this.held.push("\t");
        this.completing = true;
        return void this.complete().finally(() => {
          this.completing = false;
          this.release();
        });
      case "bell":
        return this.redraw();
    }
  }

  /** Goes on with what was typed while nobody could take it. */
  private release(): void {
    for (const held of this.held.splice(0)) this.typed(held);
  }

  private enter(text: string): void {
    this.moveToEnd();
    this.reading = false;
    this.line = emptyLine(this.history, this.line.cut);
    this.todays = undefined;
    if (text.trim() !== "" && this.history.at(-1) !== text) this.history.push(text);
    if (this.history.length > MAX_HISTORY) this.history.shift();
    this.line.at = this.history.length;
    this.term.write("\n");
    tellTerminals({ type: "terminal", do: "line", terminal: this.id, text });
  }

  private clear(): void {
    this.row = 0;
    this.term.write("\u001b[H\u001b[2J");
    this.redraw();
  }

  private async complete(): Promise<void> {
    if (!this.reading) return;
    const { line } = this;
    const before = line.text.slice(0, line.cursor);
    const { from, candidates } = await completeLine(this.id, before);
    if (this.line !== line || !this.reading) return;
    const typed = before.slice(from);
    const [only] = candidates;
    const common = commonStart(candidates);
    if (candidates.length === 1 && only !== undefined) {
      const more = only.slice(typed.length) + (/[/=]$/.test(only) ? "" : " ");
      return this.apply(insert(line, more));
    }
    if (common.length > typed.length) return this.apply(insert(line, common.slice(typed.length)));
    if (this.tabs < 2 || candidates.length === 0) return;
    this.moveToEnd();
    this.term.write(`\n${inColumns(candidates, this.term.cols)}`);
    this.row = 0;
    this.redraw();
  }

  /** Takes prompt and line off the screen. */
  private erase(): void {
    this.term.write(`${this.row > 0 ? `\u001b[${this.row}A` : ""}\r\u001b[J`);
    this.row = 0;
  }

  private redraw(): void {
    if (!this.reading) return;
    const { cols } = this.term;
    const { text, cursor, search } = this.line;
    const before = search ? `(reverse-i-search)\`${search.query}': ` : this.prompt;
    const end = widthOf(before + text);
    const at = widthOf(before + text.slice(0, cursor));
    this.erase();
    const rows = Math.floor(end / cols);
    const row = Math.floor(at / cols);
    // A full row leaves the cursor beside it until something follows.
    const full = end > 0 && end % cols === 0 ? "\n" : "";
    const up = rows > row ? `\u001b[${rows - row}A` : "";
    this.term.write(`${before}${text}${full}${up}\r${toColumn(at % cols)}`);
    this.row = row;
    this.end = { rows, column: end % cols };
  }

  private moveToEnd(): void {
    if (!this.reading) return;
    const down = this.end.rows - this.row;
    this.term.write(`${down > 0 ? `\u001b[${down}B` : ""}\r${toColumn(this.end.column)}`);
  }

  /** False for keys that belong to the page: leaving, copying, pasting. */
  private isOurs(event: KeyboardEvent): boolean {
    if (event.type !== "keydown") return true;
    if (event.key === "Escape") {
      const now = event.timeStamp;
      if (now - this.escaped < LEAVE_MS) this.options.leave();
      this.escaped = now;
      return this.line.search !== undefined;
    }
    if (event.key === "Tab" && event.shiftKey) return false;
    const isCommand = event.ctrlKey || event.metaKey;
    if (!isCommand) return true;
    const key = event.key.toLowerCase();
    if (key === "v") return false;
    if (key === "c" && (event.shiftKey || event.metaKey || this.term.hasSelection())) {
      event.preventDefault();
      void navigator.clipboard?.writeText(this.term.getSelection());
      this.term.clearSelection();
      return false;
    }
    return !(event.shiftKey && key === "tab");
  }
}

const toColumn = (column: number): string => (column > 0 ? `\u001b[${column}C` : "");

/** Puts what the page says between a command's output and the prompt after it. */
function hintsFirst(output: string, hints: string): string {
  const lastLine = output.lastIndexOf("\n") + 1;
  return output.slice(0, lastLine) + hints + output.slice(lastLine);
}
