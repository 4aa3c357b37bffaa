// A script as the shell runs it: words as trees, commands as a list of instructions with jumps. Everything is plain
// data, so that a running script is no more than a place in such a list.

export type Word = Part[];

export type Part =
  | { kind: "text"; text: string; quoted: boolean }
  | {
      kind: "variable";
      name: string;
      quoted: boolean;
      /** ${name[index]}; "@" and "*" stand for all elements. */
      index?: Word | "@" | "*";
      /** ${!name[@]}: the indexes. */
      keys?: true;
      /** ":-", "-", ":=", "=", ":?", "?", ":+", "+", "#", "##", "%", "%%", "/", "//", ":", "length", "^", "^^", ",", ",," */
      operator?: string;
      word?: Word;
      /** For "/": the replacement. */
      other?: Word;
    }
  /** $(...): its output is put into the frame's slot before the command that contains it runs. */
  | { kind: "substitution"; text: string; slot: number; quoted: boolean }
  | { kind: "arithmetic"; word: Word; quoted: boolean };

export interface Redirect {
  /** Default 0 for input, 1 for output; "&>" sets both 1 and 2. */
  fd: number | "both";
  operator: ">" | ">>" | "<" | "<<" | "<<<" | ">&" | "<&" | "<>";
  target: Word;
}

export interface Assignment {
  name: string;
  append: boolean;
  word: Word;
  /** name[index]=word */
  index?: Word;
  /** name=(items) */
  items?: Word[];
}

export interface SimpleCommand {
  assignments: Assignment[];
  words: Word[];
  redirects: Redirect[];
}

export type Instruction =
  /** `tested`: a failure here does not end a script under set -e. */
  | ({ op: "simple"; tested: boolean; line: number } & SimpleCommand)
  | { op: "substitute"; code: Code; slot: number }
  | { op: "jump"; to: number }
  | { op: "jumpIfFailed"; to: number }
  | { op: "jumpIfSucceeded"; to: number }
  | { op: "negate" }
  | { op: "succeed" }
  | { op: "for"; words: Word[] | null; end: number }
  | { op: "next"; variable: string; end: number }
  | { op: "loop"; again: number; end: number }
  | { op: "endLoop" }
  | { op: "case"; word: Word }
  | { op: "match"; patterns: Word[]; to: number }
  | { op: "endCase" }
  | { op: "define"; name: string; code: Code }
  | { op: "pipeline"; stages: Code[]; tested: boolean }
  | { op: "subshell"; code: Code; redirects: Redirect[]; tested: boolean }
  | { op: "background"; code: Code; text: string }
  | { op: "redirect"; redirects: Redirect[]; failed: number }
  | { op: "restore" }
  /** [[ ... ]] */
  | { op: "condition"; words: Word[]; tested: boolean }
  /** (( ... )) */
  | { op: "arithmetic"; word: Word; tested: boolean };

export type Code = Instruction[];
