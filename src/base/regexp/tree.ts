// A regular expression as a tree: what the parsers make and program.ts compiles.
import { foldCase, type CharacterSet } from "./character-set.ts";

export type Place =
  | "start"
  | "end"
  /** The end, or before a newline that is the last character. */
  | "lastLine"
  | "lineStart"
  | "lineEnd"
  | "wordEdge"
  | "noWordEdge"
  | "wordStart"
  | "wordEnd"
  /** No word's character before, or behind. */
  | "noWordBefore"
  | "noWordBehind";

export type Node =
  | { kind: "set"; set: CharacterSet }
  | { kind: "place"; place: Place }
  | { kind: "sequence"; parts: readonly Node[] }
  | { kind: "choice"; of: readonly Node[] }
  | { kind: "repeat"; node: Node; least: number; most: number; lazy: boolean }
  | { kind: "group"; index: number; node: Node }
  /** What a group has matched, once more. */
  | { kind: "again"; group: number; ignoreCase: boolean }
  /** Looks ahead or behind without moving; "atomic" moves, and is not tried a second time. */
  | { kind: "look"; look: Look; node: Node };

export type Look = "ahead" | "notAhead" | "behind" | "notBehind" | "atomic";

export interface Tree {
  node: Node;
  /** How many groups capture, without the whole. */
  groups: number;
}

export const EMPTY: Node = { kind: "sequence", parts: [] };

export const setNode = (set: CharacterSet): Node => ({ kind: "set", set });
export const placeNode = (place: Place): Node => ({ kind: "place", place });

export function sequence(parts: readonly Node[]): Node {
  return parts.length === 1 ? parts[0]! : { kind: "sequence", parts };
}

export function choice(of: readonly Node[]): Node {
  return of.length === 1 ? of[0]! : { kind: "choice", of };
}

/** Stands for the text itself, whatever signs it has. */
export function literal(text: string, ignoreCase = false): Node {
  const codes = [...text].map((char) => char.codePointAt(0)!);
  return sequence(codes.map((code) => setNode(ignoreCase ? foldCase([code, code]) : [code, code])));
}

/** Whether it may match nothing at all. */
export function mayBeEmpty(node: Node): boolean {
  switch (node.kind) {
    case "set":
      return false;
    case "place":
    case "again":
      return true;
    case "sequence":
      return node.parts.every(mayBeEmpty);
    case "choice":
      return node.of.some(mayBeEmpty);
    case "repeat":
      return node.least === 0 || mayBeEmpty(node.node);
    case "group":
      return mayBeEmpty(node.node);
    case "look":
      return node.look !== "atomic" || mayBeEmpty(node.node);
  }
}
