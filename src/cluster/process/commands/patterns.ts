// How grep, sed and awk read regular expressions, and what they say of those that they cannot read or cannot match in
// reasonable time.
import { parsePosix, type PosixRules } from "#base/regexp/posix";
import { glibcText, muslText, PatternError } from "#base/regexp/problems";
import { expressionOf, type Expression } from "#base/regexp/search";
import type { CommandContext } from "./command.ts";

/** A tool's pattern, matched as POSIX has it: the leftmost match, of those the longest. */
export function posixExpression(context: CommandContext, pattern: string, rules: PosixRules): Expression {
  return expressionOf(parsePosix(pattern, { ...rules, musl: hasMusl(context) }), "longest");
}

export function hasMusl(context: CommandContext): boolean {
  return context.flavour === "busybox" && context.which("apk") !== undefined;
}

/** In the words of the C library of the image. */
export function libraryText(context: CommandContext, error: PatternError): string {
  return hasMusl(context) ? muslText(error) : glibcText(error);
}

export function busyboxText(context: CommandContext, pattern: string, error: PatternError): string {
  return `bad regex '${pattern}': ${libraryText(context, error)}`;
}
