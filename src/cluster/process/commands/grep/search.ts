// grep's way through the lines of a text: which it counts, which it prints, and those around them (-A, -B, -C).
import { findAll, matches, type Expression } from "#base/regexp/search";
import type { CommandContext } from "../command.ts";
import { linesOf } from "../lines.ts";

export interface Search {
  expression: Expression;
  /** Options by letter. */
  values: Record<string, string>;
}

/** How far it has come in a file, or in the input that has come so far. Plain data. */
export interface Progress {
  line: number;
  count: number;
  /** The last line that was printed; 0: none of this file. */
  shown: number;
  /** Something of an earlier file was printed. */
  isLater: boolean;
  /** So many lines are still to be printed behind a match. */
  following: number;
  /** Lines before the next match, if one comes. */
  recent: string[];
}

export function atStart(isLater = false): Progress {
  return { line: 0, count: 0, shown: 0, isLater, following: 0, recent: [] };
}

export function reached({ values }: Search, { count }: Progress): boolean {
  return values["m"] !== undefined && count >= Number(values["m"]);
}

/** `name`: of the file, where it is printed; else empty. */
export function searchText(
  context: CommandContext,
  search: Search,
  text: string,
  name: string,
  progress: Progress,
): void {
  const { expression, values } = search;
  const isSilent = ["q", "c", "l", "L"].some((letter) => values[letter] !== undefined);
  const before = Number(values["B"] ?? values["C"] ?? 0);
  const after = Number(values["A"] ?? values["C"] ?? 0);
  const show = (line: string, number: number, sign: string): void => {
    const place = `${name === "" ? "" : name + sign}${values["n"] === undefined ? "" : number + sign}`;
    if (values["o"] === undefined) context.out(`${place}${line}\n`);
    else if (sign === ":" && values["v"] === undefined)
      for (const { groups } of findAll(expression, line))
        if (groups[0] !== "") context.out(`${place}${groups[0]}\n`);
    progress.shown = number;
  };
  for (const line of linesOf(text)) {
    progress.line++;
    const isEnough = reached(search, progress);
    if (isEnough && progress.following === 0) return;
    if (isEnough || matches(expression, line) === (values["v"] !== undefined)) {
      if (isSilent) continue;
      if (progress.following > 0) {
        progress.following--;
        show(line, progress.line, "-");
      } else if (before > 0) progress.recent = [...progress.recent.slice(-before + 1 || before), line];
      continue;
    }
    progress.count++;
    if (isSilent) continue;
    const first = progress.line - progress.recent.length;
    const isGap = progress.shown > 0 ? first > progress.shown + 1 : progress.isLater;
    if (before + after > 0 && isGap) context.out("--\n");
    progress.recent.forEach((earlier, index) => show(earlier, first + index, "-"));
    progress.recent = [];
    show(line, progress.line, ":");
    progress.following = after;
  }
}
