// Shell patterns: *, ?, [...] matched against names (pathnames), words (case) and values (${x#pattern}).

/** Characters of a field; quoted ones stand for themselves in a pattern. */
export interface Piece {
  text: string;
  quoted: boolean;
}

export function hasPattern(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => !piece.quoted && /[*?[]/.test(piece.text));
}

/** The pattern as the source of a regular expression, without anchors. */
export function patternSource(pieces: readonly Piece[], star = "[^]*", any = "[^]", lazy = false): string {
  let source = "";
  for (const { text, quoted } of pieces) {
    if (quoted) {
      source += escape(text);
      continue;
    }
    for (let at = 0; at < text.length; at++) {
      const char = text[at]!;
      const set = char === "[" ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(text.slice(at)) : null;
      if (char === "*") source += star + (lazy ? "?" : "");
      else if (char === "?") source += any;
      else if (set) {
        const body = set[2]!
          .replace(/\[:(\w+):\]?/g, (_, name: string) => CLASSES[name] ?? "")
          .replace(/\\/g, "\\\\");
        source += `[${set[1] ? "^" : ""}${body.replace(/^\]/, "\\]").replace(/\[/g, "\\[")}]`;
        at += set[0].length - 1;
      } else source += escape(char);
    }
  }
  return source;
}

const CLASSES: Record<string, string> = {
  digit: "0-9",
  alpha: "A-Za-z",
  alnum: "A-Za-z0-9",
  space: " \\t\\n\\r",
  upper: "A-Z",
  lower: "a-z",
  punct: "!-/:-@[-`{-~",
};

export function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

export function matches(pieces: readonly Piece[], text: string): boolean {
  return new RegExp(`^(?:${patternSource(pieces)})$`).test(text);
}

/** Paths that a field with patterns stands for, sorted; none if nothing matches. */
export function glob(
  pieces: readonly Piece[],
  cwd: string,
  list: (path: string) => string[] | undefined,
  exists: (path: string) => boolean,
): string[] {
  const segments: Piece[][] = [[]];
  for (const piece of pieces) {
    piece.text.split("/").forEach((text, index) => {
      if (index > 0) segments.push([]);
      if (text !== "") segments.at(-1)!.push({ text, quoted: piece.quoted });
    });
  }
  const plain = (segment: Piece[]): string => segment.map((piece) => piece.text).join("");
  const absolute = segments.length > 1 && segments[0]!.length === 0;
  let found = [absolute ? "/" : ""];
  segments.slice(absolute ? 1 : 0).forEach((segment, index, all) => {
    const next: string[] = [];
    for (const before of found) {
      const join = (name: string): string => before + name + (index < all.length - 1 ? "/" : "");
      if (!hasPattern(segment)) {
        if (exists(before + plain(segment))) next.push(join(plain(segment)));
        continue;
      }
      const expression = new RegExp(`^${patternSource(segment)}$`);
      const hidden = plain(segment).startsWith(".");
      for (const name of list(before === "" ? cwd : before) ?? []) {
        if (expression.test(name) && (hidden || !name.startsWith("."))) next.push(join(name));
      }
    }
    found = next;
  });
  return found.sort();
}
