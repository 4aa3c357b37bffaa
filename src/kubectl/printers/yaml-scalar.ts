// How one scalar is written in YAML: plain where it reads back as the same text, else quoted, or as a literal block
// where it has several lines. Long lines are folded at a blank after column 80.
// Kubernetes: sigs.k8s.io/yaml/goyaml.v2 encode.go, resolve.go, emitterc.go (kubectl v1.35)

export interface Place {
  /** Where the scalar begins. */
  column: number;
  /** Where its further lines begin. */
  indent: number;
  /** Keys stay on one line. */
  key?: boolean;
}

const BEST_WIDTH = 80;

/** The scalar's lines; the first without, the others with their indentation. */
export function writeScalar(value: unknown, place: Place): string[] {
  if (value === null || value === undefined) return ["null"];
  if (typeof value !== "string") return [String(value)];
  const facts = analyze(value);
  if (value.includes("\n") && facts.block && !place.key) return literal(value, place);
  if (readsAsText(value) && facts.plain && !value.includes("\n")) return folded(value, place, "plain");
  if (readsAsText(value) && facts.single && !value.includes("\n"))
    return folded(`'${value.replaceAll("'", "''")}'`, place, "single");
  return doubleQuoted(value, place);
}

const WORDS = new Set(
  "~ null Null NULL y Y yes Yes YES true True TRUE on On ON n N no No NO false False FALSE off Off OFF .nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF".split(
    " ",
  ),
);
const INTEGER = /^[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9][0-9]*|0)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const BASE60 = /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/;
const TIME =
  /^\d{4}-\d{1,2}-\d{1,2}(([Tt]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))|( \d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?))?$/;

/** Would the parser take the plain text for text, and not for a number, a time or a word of its own? */
function readsAsText(text: string): boolean {
  if (text === "" || WORDS.has(text)) return false;
  if (!/^[-+.0-9]/.test(text)) return true;
  const number = text.replaceAll("_", "");
  return !INTEGER.test(number) && !FLOAT.test(number) && !BASE60.test(text) && !TIME.test(text);
}

interface Facts {
  plain: boolean;
  single: boolean;
  block: boolean;
}

const SPECIAL = /[^\n\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\ufeff/u;

function analyze(text: string): Facts {
  if (text === "") return { plain: false, single: true, block: false };
  const special = SPECIAL.test(text);
  const spaceBreak = / \n/.test(text);
  const breakSpace = /\n /.test(text);
  const trailingSpace = text.endsWith(" ");
  const edges = /^[ \n]|[ \n]$/.test(text);
  const hard = spaceBreak || special;
  return {
    plain: !edges && !breakSpace && !hard && !hasIndicators(text),
    single: !breakSpace && !hard,
    block: !trailingSpace && !hard,
  };
}

function hasIndicators(text: string): boolean {
  if (/^(---|\.\.\.)/.test(text)) return true;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[?:-]([ \n]|$)/.test(text)) return true;
  return /:([ \n]|$)/.test(text.slice(1)) || /[ \n]#/.test(text);
}

/** Plain and single-quoted text: a blank after column 80 becomes the line's end. */
function folded(written: string, place: Place, style: "plain" | "single"): string[] {
  if (place.key) return [written];
  const lines: string[] = [];
  let line = "";
  let column = place.column;
  const first = style === "single" ? 1 : 0;
  const last = written.length - (style === "single" ? 2 : 1);
  for (let i = 0; i < written.length; i++) {
    const sign = written[i]!;
    const inner = style === "plain" || (i > first && i < last);
    const lone = written[i - 1] !== " " && written[i + 1] !== " ";
    if (sign === " " && inner && lone && column > BEST_WIDTH) {
      lines.push(line);
      line = " ".repeat(place.indent);
      column = place.indent;
      continue;
    }
    line += sign;
    column++;
  }
  return [...lines, line];
}

const ESCAPES: Record<string, string> = {
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  '"': '\\"',
  "\\": "\\\\",
  "\u0085": "\\N",
  "\u00a0": "\\_",
  "\u2028": "\\L",
  "\u2029": "\\P",
};

function doubleQuoted(text: string, place: Place): string[] {
  const lines: string[] = [];
  let line = '"';
  let column = place.column + 1;
  const signs = [...text];
  for (const [index, sign] of signs.entries()) {
    const inner = index > 0 && index < signs.length - 1;
    if (sign === " " && !place.key && inner && signs[index - 1] !== " " && column > BEST_WIDTH) {
      lines.push(line);
      line = " ".repeat(place.indent) + (signs[index + 1] === " " ? "\\" : "");
      column = line.length;
      continue;
    }
    const written = escaped(sign);
    line += written;
    column += written.length;
  }
  return [...lines, `${line}"`];
}

function escaped(sign: string): string {
  const known = ESCAPES[sign];
  if (known !== undefined) return known;
  if (!SPECIAL.test(sign)) return sign;
  const code = sign.codePointAt(0)!;
  const hex = (digits: number): string => code.toString(16).toUpperCase().padStart(digits, "0");
  return code <= 0xff ? `\\x${hex(2)}` : code <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}

function literal(text: string, { indent }: Place): string[] {
  const hint = /^[ \n]/.test(text) ? String(2) : "";
  const chomp = !text.endsWith("\n") ? "-" : text === "\n" || text.endsWith("\n\n") ? "+" : "";
  const body = text.endsWith("\n") ? text.slice(0, -1) : text;
  const lines = body.split("\n").map((line) => (line === "" ? "" : " ".repeat(indent) + line));
  return [`|${hint}${chomp}`, ...lines];
}
