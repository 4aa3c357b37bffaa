// Command-line options as getopt reads them: short ones in a bunch, values attached or apart, long ones with "=".

export interface Options {
  /** By letter or long name: "" for a flag, else the value; of repeated ones the last. */
  values: Record<string, string>;
  /** All values of repeated options, in order. */
  all: [name: string, value: string][];
  operands: string[];
  /** The first option that is not known. */
  unknown?: string;
  /** An option that lacks its value. */
  missing?: string;
}

/**
 * `flags` are letters without a value, `valued` letters with one; long names stand in `long`: name to the letter or
 * name under which it is kept, with a "=" after it if it takes a value.
 */
export function parseOptions(
  argv: readonly string[],
  flags: string,
  valued = "",
  long: Record<string, string> = {},
  permute = true,
): Options {
  const result: Options = { values: {}, all: [], operands: [] };
  const keep = (name: string, value: string): void => {
    result.values[name] = value;
    result.all.push([name, value]);
  };
  for (let index = 1; index < argv.length; index++) {
    const argument = argv[index]!;
    if (argument === "--") {
      result.operands.push(...argv.slice(index + 1));
      break;
    }
    if (argument.startsWith("--")) {
      const equals = argument.indexOf("=");
      const name = argument.slice(2, equals < 0 ? undefined : equals);
      const target = long[name];
      if (target === undefined) result.unknown ??= argument;
      else if (!target.endsWith("=")) keep(target, "");
      else if (equals >= 0) keep(target.slice(0, -1), argument.slice(equals + 1));
      else if (index + 1 < argv.length) keep(target.slice(0, -1), argv[++index]!);
      else result.missing ??= argument;
      continue;
    }
    if (!argument.startsWith("-") || argument === "-") {
      result.operands.push(argument);
      if (permute) continue;
      result.operands.push(...argv.slice(index + 1));
      break;
    }
    for (let at = 1; at < argument.length; at++) {
      const letter = argument[at]!;
      if (flags.includes(letter)) keep(letter, "");
      else if (!valued.includes(letter)) result.unknown ??= `-${letter}`;
      else if (at + 1 < argument.length) keep(letter, argument.slice(at + 1));
      else if (index + 1 < argv.length) keep(letter, argv[++index]!);
      else result.missing ??= `-${letter}`;
      if (valued.includes(letter)) break;
    }
  }
  return result;
}
