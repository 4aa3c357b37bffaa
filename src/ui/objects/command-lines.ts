// Shell lines for the commands that the page shows. Knows nothing of kinds, so that the first screen may use it.
// Pure.

/** A word of a shell's line. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

export function filesCommand(verb: "apply" | "delete", names: readonly string[]): string {
  return `kubectl ${verb} ${names.map((name) => `-f ${quoted(name)}`).join(" ")}`;
}

/** The same request several times, or until Ctrl-C. */
export const repeated = (command: string, count: number): string =>
  `for i in $(seq ${count}); do ${command}; done`;
export const endless = (command: string, rate: number): string =>
  `while true; do ${command}; sleep ${Math.round(1000 / Math.max(rate, 0.01)) / 1000}; done`;
