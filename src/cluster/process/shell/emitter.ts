// Collects instructions and fills in jump targets. Pieces that become code of their own (subshells, stages of a
// pipeline, functions) are cut out again with their targets moved to start at 0.
import type { Code, Instruction, Redirect, Word } from "./code.ts";

type Jump = "jump" | "jumpIfFailed" | "jumpIfSucceeded";

export class Emitter {
  code: Code = [];

  here(): number {
    return this.code.length;
  }

  emit(instruction: Instruction): void {
    this.code.push(instruction);
  }

  jump(op: Jump): number {
    this.code.push({ op, to: -1 });
    return this.code.length - 1;
  }

  /** The jump (or match) at `at` leads here. */
  land(at: number): void {
    const instruction = this.code[at];
    if (instruction && "to" in instruction) instruction.to = this.here();
  }

  /** `skip` instructions after the start is where `continue` goes on. */
  loop(skip = 0): number {
    this.code.push({ op: "loop", again: this.here() + 1 + skip, end: -1 });
    return this.code.length - 1;
  }

  endLoop(at: number): void {
    const instruction = this.code[at];
    if (instruction?.op === "loop" || instruction?.op === "for") instruction.end = this.here();
    this.code.push({ op: "endLoop" });
  }

  forLoop(
    head: { variable: string; select: boolean; text: string },
    words: Word[] | null,
    body: () => void,
  ): void {
    const { variable, select, text } = head;
    const begin = this.here();
    this.code.push({ op: "for", words, end: -1 });
    const next = this.here();
    this.code.push(select ? { op: "select", variable, end: -1 } : { op: "next", variable, end: -1, text });
    body();
    this.code.push({ op: "jump", to: next });
    const instruction = this.code[next];
    if (instruction?.op === "next" || instruction?.op === "select") instruction.end = this.here();
    this.endLoop(begin);
  }

  /** Jumps over the clause if no pattern matches; the place of that jump is returned. */
  match(patterns: Word[]): number {
    this.code.push({ op: "match", patterns, to: this.here() + 2 });
    return this.jump("jump");
  }

  substitute(code: Code, slot: number): void {
    this.code.push({ op: "substitute", code, slot });
  }

  markTested(start: number): void {
    for (let at = start; at < this.code.length; at++) {
      const instruction = this.code[at]!;
      if ("tested" in instruction) instruction.tested = true;
    }
  }

  /** Takes everything since `start` out, as code of its own. */
  cut(start: number): Code {
    const code = this.code.splice(start);
    return code.map((instruction) => shift(instruction, -start));
  }

  /** `text` is shown as the job's. */
  moveToBackground(start: number, text: string): void {
    const code = this.cut(start);
    this.code.push({ op: "background", code, text });
  }

  /** `{ ...; } > file`: the redirections hold for all of it. */
  wrapRedirects(start: number, redirects: Redirect[], before: Code): void {
    const by = before.length + 1;
    const body = this.code.splice(start).map((instruction) => shift(instruction, by));
    const failed = start + by + body.length + 1;
    this.code.push(...before, { op: "redirect", redirects, failed }, ...body, { op: "restore" });
  }
}

function shift(instruction: Instruction, by: number): Instruction {
  const moved = { ...instruction };
  if ("to" in moved) moved.to += by;
  if ("end" in moved) moved.end += by;
  if ("again" in moved) moved.again += by;
  if ("failed" in moved) moved.failed += by;
  return moved;
}
