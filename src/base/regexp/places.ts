// Whether a place of a text is what a pattern asks for: its start, the edge of a word. Both ways of matching ask it.
import { PLACES } from "./program.ts";

/** `index`: in PLACES. */
export function isPlace(index: number, text: string, at: number): boolean {
  switch (PLACES[index]!) {
    case "start":
      return at === 0;
    case "end":
      return at === text.length;
    case "lastLine":
      return at === text.length || (at === text.length - 1 && text.charCodeAt(at) === 10);
    case "lineStart":
      return at === 0 || text.charCodeAt(at - 1) === 10;
    case "lineEnd":
      return at === text.length || text.charCodeAt(at) === 10;
    case "wordEdge":
      return isWord(text, at - 1) !== isWord(text, at);
    case "noWordEdge":
      return isWord(text, at - 1) === isWord(text, at);
    case "wordStart":
      return !isWord(text, at - 1) && isWord(text, at);
    case "wordEnd":
      return isWord(text, at - 1) && !isWord(text, at);
    case "noWordBefore":
      return !isWord(text, at - 1);
    case "noWordBehind":
      return !isWord(text, at);
  }
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}
