// The line that is being typed at a prompt, as bash's readline edits it: a pure function from a key to the next state
// and what is to be done. The screen draws it.

export interface Line {
  text: string;
  cursor: number;
  /** Position in the history; its length means the line that is being typed. */
  at: number;
  /** What was being typed before the history was looked through. */
  draft: string;
  /** Cut by Ctrl-K, Ctrl-U and Ctrl-W. */
  cut: string;
  /** Ctrl-R: what is looked for, and where it was found. */
  search?: { query: string; found: number };
}

export type Effect =
  | { do: "draw" }
  | { do: "enter"; text: string }
  | { do: "interrupt" | "suspend" | "endInput" | "clear" | "complete" | "bell" };

export interface Edited {
  line: Line;
  effect: Effect;
}

export const emptyLine = (history: readonly string[], cut = ""): Line => ({
  text: "",
  cursor: 0,
  at: history.length,
  draft: "",
  cut,
});

const DRAW: Effect = { do: "draw" };

/** Keys as xterm sends them, by what they do. */
const KEYS: Record<string, string> = {
  "\u001b[A": "up",
  "\u001bOA": "up",
  "\u0010": "up",
  "\u001b[B": "down",
  "\u001bOB": "down",
  "\u000e": "down",
  "\u001b[C": "right",
  "\u001bOC": "right",
  "\u0006": "right",
  "\u001b[D": "left",
  "\u001bOD": "left",
  "\u0002": "left",
  "\u001b[H": "home",
  "\u001bOH": "home",
  "\u001b[1~": "home",
  "\u0001": "home",
  "\u001b[F": "end",
  "\u001bOF": "end",
  "\u001b[4~": "end",
  "\u0005": "end",
  "\u001b[3~": "delete",
  "\u007f": "backspace",
  "\u0008": "backspace",
  "\u001b\u007f": "cutWord",
  "\u0017": "cutWord",
  "\u0015": "cutStart",
  "\u000b": "cutEnd",
  "\u0019": "yank",
  "\u001bb": "wordLeft",
  "\u001b[1;5D": "wordLeft",
  "\u001b[1;3D": "wordLeft",
  "\u001bf": "wordRight",
  "\u001b[1;5C": "wordRight",
  "\u001b[1;3C": "wordRight",
  "\u001bd": "deleteWord",
  "\u0003": "interrupt",
  "\u001a": "suspend",
  "\u0004": "endInput",
  "\u000c": "clear",
  "\u0012": "search",
  "\t": "complete",
  "\r": "enter",
};

export function press(line: Line, key: string, history: readonly string[]): Edited {
  const name = KEYS[key];
  if (line.search) return searching(line, key, name, history);
  if (name === undefined) return key.startsWith("\u001b") ? draw(line) : insert(line, key);
  return act(line, name, history);
}

export function insert(line: Line, text: string): Edited {
  const clean = Array.from(text.replaceAll("\t", "    "))
    .filter((char) => char >= " " && char !== "\u007f")
    .join("");
  return draw({
    ...line,
    text: line.text.slice(0, line.cursor) + clean + line.text.slice(line.cursor),
    cursor: line.cursor + clean.length,
  });
}

const draw = (line: Line): Edited => ({ line, effect: DRAW });

function act(line: Line, name: string, history: readonly string[]): Edited {
  const { text, cursor } = line;
  const [before, after] = [text.slice(0, cursor), text.slice(cursor)];
  switch (name) {
    case "up":
      return look(line, line.at - 1, history);
    case "down":
      return look(line, line.at + 1, history);
    case "left":
      return draw({ ...line, cursor: cursor - lastLength(before) });
    case "right":
      return draw({ ...line, cursor: cursor + firstLength(after) });
    case "home":
      return draw({ ...line, cursor: 0 });
    case "end":
      return draw({ ...line, cursor: text.length });
    case "wordLeft":
      return draw({ ...line, cursor: before.replace(/[\p{L}\p{N}]*[^\p{L}\p{N}]*$/u, "").length });
    case "wordRight":
      return draw({
        ...line,
        cursor: cursor + (/^[^\p{L}\p{N}]*[\p{L}\p{N}]*/u.exec(after)?.[0].length ?? 0),
      });
    case "search":
      return draw({ ...line, search: { query: "", found: history.length } });
    case "interrupt":
    case "suspend":
    case "clear":
    case "complete":
      return { line, effect: { do: name } };
    case "endInput":
      return text === "" ? { line, effect: { do: "endInput" } } : act(line, "delete", history);
    case "enter":
      return { line: emptyLine(history, line.cut), effect: { do: "enter", text } };
    default:
      return cutOut(line, name);
  }
}

function cutOut(line: Line, name: string): Edited {
  const { text, cursor } = line;
  const [before, after] = [text.slice(0, cursor), text.slice(cursor)];
  const kept = (left: string, right: string, cut = line.cut): Edited =>
    draw({ ...line, text: left + right, cursor: left.length, cut });
  switch (name) {
    case "backspace":
      return kept(before.slice(0, before.length - lastLength(before)), after);
    case "delete":
      return kept(before, after.slice(firstLength(after)));
    case "cutWord": {
      const left = before.replace(/\S*\s*$/, "");
      return kept(left, after, before.slice(left.length));
    }
    case "cutStart":
      return kept("", after, before);
    case "cutEnd":
      return kept(before, "", after);
    case "deleteWord":
      return kept(before, after.replace(/^[^\p{L}\p{N}]*[\p{L}\p{N}]*/u, ""));
    default:
      return kept(before + line.cut, after);
  }
}

/** A letter may be made of two UTF-16 units. */
const lastLength = (text: string): number => Array.from(text.slice(-2)).at(-1)?.length ?? 0;
const firstLength = (text: string): number => Array.from(text.slice(0, 2))[0]?.length ?? 0;

function look(line: Line, at: number, history: readonly string[]): Edited {
  if (at < 0 || at > history.length) return { line, effect: { do: "bell" } };
  const draft = line.at === history.length ? line.text : line.draft;
  const text = at === history.length ? draft : history[at]!;
  return draw({ ...line, text, cursor: text.length, at, draft });
}

function searching(line: Line, key: string, name: string | undefined, history: readonly string[]): Edited {
  const { query, found } = line.search!;
  const { search: _, ...plain } = line;
  if (name === "search") return find(line, query, found - 1, history);
  if (name === "backspace") return find(line, query.slice(0, -1), history.length - 1, history);
  if (name === undefined && !key.startsWith("\u001b")) return find(line, query + key, found, history);
  if (name === "interrupt") return { line: emptyLine(history, line.cut), effect: { do: "interrupt" } };
  if (name === "enter") return act(plain, "enter", history);
  // Any other key takes what was found and edits it.
  return name === undefined ? draw(plain) : act(plain, name, history);
}

function find(line: Line, query: string, from: number, history: readonly string[]): Edited {
  for (let at = Math.min(from, history.length - 1); at >= 0; at--) {
    const place = query === "" ? -1 : history[at]!.indexOf(query);
    if (place < 0) continue;
    return draw({ ...line, text: history[at]!, cursor: place, at, search: { query, found: at } });
  }
  return {
    line: { ...line, search: { query, found: line.search!.found } },
    effect: query === "" ? DRAW : { do: "bell" },
  };
}

/** Columns that a text takes on the screen: East Asian letters and most pictures take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    const isWide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      (code >= 0x1f300 && code <= 0x1faff) ||
      (code >= 0x20000 && code <= 0x3fffd);
    width += isWide ? 2 : 1;
  }
  return width;
}
