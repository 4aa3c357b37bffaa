// A script as the shell runs it: words as trees, commands as a list of instructions with jumps. Everything is plain
// data, so that a running script is no more than a place in such a list.

export type Flavour = "busybox" | "dash" | "bash";

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
      /** ${!name}: the value of the variable that it names. ${!name*}: all variables that begin so. */
      indirect?: "value" | "@" | "*";
      /** ":-", "-", ":=", "=", ":?", "?", ":+", "+", "#", "##", "%", "%%", "/", "//", ":", "length", "^", "^^", ",", ",," */
      operator?: string;
      word?: Word;
      /** For "/": the replacement. */
      other?: Word;
    }
  /** $(...): its output is put into the frame's slot before the command that contains it runs. */
  | {
      kind: "substitution";
      text: string;
      slot: number;
      quoted: boolean;
      /** <(...) and >(...): the slot gets the path of a pipe to the commands. */
      pipe?: "<" | ">";
    }
  /** What the shell only complains of once it would fill it in. */
  | { kind: "bad"; text: string; quoted: boolean }
  | { kind: "arithmetic"; word: Word; quoted: boolean };

export interface Redirect {
  /** Default 0 for input, 1 for output; "&>" sets both 1 and 2. */
  fd: number | "both";
  operator: ">" | ">>" | "<" | "<<" | "<<<" | ">&" | "<&" | "<>";
  target: Word;
  /** ">|" overwrites in spite of set -C. */
  force?: true;
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
  /** bash's declare name=(...): set after the builtin has run. */
  declared?: Assignment[];
}

export type Instruction =
  /** `tested`: a failure here does not end a script under set -e. */
  | ({ op: "simple"; tested: boolean; line: number } & SimpleCommand)
  | { op: "substitute"; code: Code; slot: number }
  /** `now`: the commands run beside the one that reads or writes the pipe, not before it. */
  | { op: "pipe"; code: Code; slot: number; direction: "<" | ">"; now: boolean }
  | { op: "jump"; to: number }
  | { op: "jumpIfFailed"; to: number }
  | { op: "jumpIfSucceeded"; to: number }
  | { op: "negate" }
  /** bash's time: before and after a pipeline. */
  | { op: "startTime" }
  | { op: "endTime"; posix: boolean }
  | { op: "succeed" }
  | { op: "for"; words: Word[] | null; end: number }
  | { op: "next"; variable: string; end: number; text: string }
  | { op: "select"; variable: string; end: number }
  | { op: "loop"; again: number; end: number }
  | { op: "endLoop" }
  | { op: "case"; word: Word; line: number }
  | { op: "match"; patterns: Word[]; to: number }
  | { op: "endCase" }
  | { op: "define"; name: string; code: Code; text: string }
  | { op: "pipeline"; stages: Code[]; tested: boolean }
  | { op: "subshell"; code: Code; redirects: Redirect[]; tested: boolean }
  | { op: "background"; code: Code; text: string }
  | { op: "redirect"; redirects: Redirect[]; failed: number }
  | { op: "restore" }
  /** [[ ... ]] */
  | { op: "condition"; words: Word[]; tested: boolean; line: number }
  /** (( ... )) */
  | { op: "arithmetic"; word: Word; tested: boolean; text: string };

export type Code = Instruction[];
