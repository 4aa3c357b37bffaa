// Tab: what the word before the cursor may become: commands, files, and what kubectl knows of the cluster.
import { completeKubectl } from "./completion-kubectl.ts";
import { SHELL_WORDS } from "./commands.ts";
import type { ShellPlace } from "./place.ts";
import type { Workstation } from "./workstation.ts";

export interface Completion {
  /** Where in the line the word begins. */
  from: number;
  candidates: string[];
}

const MAX_CANDIDATES = 200;

export function complete(line: string, place: ShellPlace, workstation: Workstation): Completion {
  const command = line.slice(lastCommand(line));
  const words = command.trimStart().split(/\s+/);
  const word = words.at(-1) ?? "";
  const from = line.length - word.length;
  const first = words.filter((item) => !/^\w+=/.test(item))[0] ?? "";
  const isCommand = words.filter((item) => !/^\w+=/.test(item)).length <= 1;
  const named = (candidates: readonly string[]): string[] =>
    [...new Set(candidates.filter((item) => item.startsWith(word)))].sort().slice(0, MAX_CANDIDATES);
  if (isCommand && !word.includes("/"))
    return { from, candidates: named([...place.commands, ...place.names, ...SHELL_WORDS]) };
  if (word.startsWith("$")) return { from, candidates: named(["$HOME", "$HOSTNAME", "$PATH", "$PWD", "$?"]) };
  const isKubectl = (first === "kubectl" || first === "k") && !place.pod;
  const known = isKubectl ? completeKubectl(words.slice(1), workstation) : undefined;
  if (known) {
    // A word such as deployment/we: only what stands behind the slash is completed by names.
    return { from: from + known.skip, candidates: known.candidates.slice(0, MAX_CANDIDATES) };
  }
  return { from, candidates: named(filesAt(word, place)) };
}

/** Where the command begins that the cursor is in. */
function lastCommand(line: string): number {
  const match = [
    ...line.matchAll(/(\|\|?|&&?|;|\$\(|`|\(|\bdo\s|\bthen\s|\belse\s|\b(?:watch|time|xargs|sudo)\s)/g),
  ].at(-1);
  return match ? match.index + match[0].length : 0;
}

export function filesAt(word: string, { cwd, files }: Pick<ShellPlace, "cwd" | "files">): string[] {
  const folder = word.includes("/") ? word.slice(0, word.lastIndexOf("/") + 1) : "";
  const at = folder.startsWith("~/") ? `/root/${folder.slice(2)}` : folder;
  const names = files.list(cwd, at === "" ? "." : at) ?? [];
  const hidden = word.slice(folder.length).startsWith(".");
  return names
    .filter((name) => hidden || !name.startsWith("."))
    .map((name) => `${folder}${name}${files.isFolder(cwd, `${at}${name}`) ? "/" : ""}`);
}
