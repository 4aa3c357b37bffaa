// Reads parsed flags by name and type. Besides each flag's value the parser notes which were given, and where `--` stood.
import type { FlagValues } from "./command.ts";

/** Keys that no flag can have. */
export const GIVEN = "";
export const DASH = "--";

/** Was the flag given on the command line? (pflag's Changed) */
export function changed(flags: FlagValues, name: string): boolean {
  return (flags[GIVEN] as string[] | undefined)?.includes(name) ?? false;
}

/** How many arguments stood before `--`; -1 without one (cobra's ArgsLenAtDash). */
export function argsBeforeDash(flags: FlagValues): number {
  return (flags[DASH] as number | undefined) ?? -1;
}

export function flag(flags: FlagValues, name: string): boolean {
  return flags[name] === true;
}

export function text(flags: FlagValues, name: string): string {
  const value = flags[name];
  return typeof value === "string" ? value : "";
}

/** An int, or a duration in milliseconds. */
export function number(flags: FlagValues, name: string): number {
  const value = flags[name];
  return typeof value === "number" ? value : 0;
}

export function list(flags: FlagValues, name: string): string[] {
  const value = flags[name];
  return Array.isArray(value) ? value : [];
}
