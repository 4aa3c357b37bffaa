// Loops, select, cases and the redirections of compound commands: what changes the shell's place in its script.
import { WORDS_A_STEP } from "../kernel.ts";
import { peekInput, takeInput, write } from "../streams.ts";
import { dropStreams } from "../wake.ts";
import type { Instruction } from "./code.ts";
import { expandFields, expandPieces, expandText } from "./expand.ts";
import { complainAs, expanderOf, type ShellCaller, type Step } from "./interpreter.ts";
import { matches } from "./pattern.ts";
import { closePipes } from "./pipes.ts";
import { applyRedirects } from "./redirects.ts";
import type { Frame } from "./state.ts";
import { trace } from "./trace.ts";
import { setVariable } from "./variables.ts";

export function control(self: ShellCaller, frame: Frame, instruction: Instruction): Step {
  const { shell, process } = self;
  if (instruction.op === "startTime") (frame.times ??= []).push(self.context.now);
  else if (instruction.op === "endTime") {
    const ms = self.context.now - (frame.times?.pop() ?? self.context.now);
    write(self, 2, timeText(ms, instruction.posix ? POSIX_TIME : shell.variables["TIMEFORMAT"]));
  } else if (instruction.op === "loop") enterLoop(frame, instruction.again, instruction.end, []);
  else if (instruction.op === "for") {
    const expander = expanderOf(self, frame);
    const items = instruction.words
      ? instruction.words.flatMap((word) => expandFields(expander, word))
      : [...shell.params];
    self.container.steps.used += items.length / WORDS_A_STEP;
    enterLoop(frame, frame.at, instruction.end, items);
    shell.status = 0;
    frame.slots = [];
  } else if (instruction.op === "next") {
    const loop = frame.loops.at(-1);
    const item = loop?.items[loop.at++];
    if (item === undefined) frame.at = instruction.end;
    else {
      if (shell.options.xtrace && shell.flavour === "bash") trace(self, instruction.text);
      setVariable(expanderOf(self, frame), instruction.variable, item);
    }
  } else if (instruction.op === "select") return choose(self, frame, instruction);
  else if (instruction.op === "endLoop") frame.loops.pop();
  else if (instruction.op === "case") {
    shell.line = instruction.line;
    frame.cases.push(expandText(expanderOf(self, frame), instruction.word));
    if (shell.options.xtrace && shell.flavour === "bash") trace(self, `case ${frame.cases.at(-1)} in`);
    frame.slots = [];
  } else if (instruction.op === "match") {
    const expander = expanderOf(self, frame);
    const value = frame.cases.at(-1) ?? "";
    if (instruction.patterns.some((pattern) => matches(expandPieces(expander, pattern), value))) {
      frame.at = instruction.to;
    }
    frame.slots = [];
  } else if (instruction.op === "endCase") frame.cases.pop();
  else if (instruction.op === "redirect") {
    const before = { ...process.fds };
    const failed = applyRedirects(self, expanderOf(self, frame), instruction.redirects, process.fds);
    frame.slots = [];
    for (const number of shell.pipes ?? []) delete before[number];
    closePipes(self);
    if (failed === undefined) frame.saved.push(before);
    else {
      complainAs(self, failed);
      process.fds = before;
      shell.status = 1;
      frame.at = instruction.failed;
    }
  } else if (instruction.op === "restore") {
    const inside = process.fds;
    process.fds = frame.saved.pop() ?? inside;
    dropStreams(self.container, inside);
  }
  return "next";
}

const POSIX_TIME = "real %2R\nuser %2U\nsys %2S";

/** TIMEFORMAT: %R, %U and %S, with digits and l for minutes. Processors' time stands still here. */
function timeText(ms: number, format = "\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS"): string {
  if (format === "") return "";
  const shown = format.replace(/%(\d?)(l?)([RUSP%])/g, (_, digits: string, long: string, letter: string) => {
    if (letter === "%") return "%";
    if (letter === "P") return "0.00";
    const seconds = letter === "R" ? ms / 1000 : 0;
    const places = digits === "" ? 3 : Math.min(3, Number(digits));
    if (long === "") return seconds.toFixed(places);
    return `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(places)}s`;
  });
  return `${shown}\n`;
}

function enterLoop(frame: Frame, again: number, end: number, items: readonly string[]): void {
  frame.loops.push({ again, end, items, at: 0, cases: frame.cases.length, saved: frame.saved.length });
}

/** select: shows the menu, reads a number, and runs the body with what it stands for. */
function choose(
  self: ShellCaller,
  frame: Frame,
  { variable, end }: Extract<Instruction, { op: "select" }>,
): Step {
  const { shell, process } = self;
  const expander = expanderOf(self, frame);
  const items = frame.loops.at(-1)?.items ?? [];
  if (items.length === 0) {
    frame.at = end;
    return "next";
  }
  for (;;) {
    if (!shell.asking)
      write(self, 2, (shell.menuShown ? "" : menu(items)) + (shell.variables["PS3"] ?? "#? "));
    shell.menuShown = true;
    shell.asking = true;
    const { text, ended } = peekInput(self);
    const newline = text.indexOf("\n");
    if (newline < 0 && !ended) {
      process.waiting = "input";
      return "again";
    }
    shell.asking = false;
    takeInput(self, newline < 0 ? text.length : newline + 1);
    if (newline < 0) {
      write(self, 2, "\n");
      shell.menuShown = undefined;
      shell.status = 1;
      frame.at = end;
      return "next";
    }
    const line = text.slice(0, newline);
    if (line === "") {
      shell.menuShown = undefined;
      continue;
    }
    setVariable(expander, "REPLY", line);
    setVariable(expander, variable, /^\d+$/.test(line.trim()) ? (items[Number(line) - 1] ?? "") : "");
    return "next";
  }
}

const SCREEN = 80;

/** In as many columns as there is room for, numbered downwards. */
function menu(items: readonly string[]): string {
  const digits = String(items.length).length;
  const widest = Math.max(...items.map((item) => item.length)) + digits + 4;
  const fitting = Math.max(1, Math.floor(SCREEN / widest));
  let rows = Math.ceil(items.length / fitting);
  if (rows === 1) rows = items.length;
  let text = "";
  for (let row = 0; row < rows; row++) {
    let column = 0;
    for (let at = row; at < items.length; at += rows) {
      const size = at < rows ? String(rows).length : digits;
      const cell = `${String(at + 1).padStart(size)}) ${items[at]}`;
      text += at + rows < items.length ? cell + indent(column + cell.length, column + widest) : cell;
      column += widest;
    }
    text += "\n";
  }
  return text;
}

/** From one column of the screen to another, by tabs as far as they go. */
function indent(from: number, to: number): string {
  let text = "";
  for (let at = from; at < to;) {
    const isTab = Math.floor(to / 8) > Math.floor(at / 8);
    text += isTab ? "\t" : " ";
    at += isTab ? 8 - (at % 8) : 1;
  }
  return text;
}
