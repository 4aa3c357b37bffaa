// A function as bash prints it: declare -f and type.

/** Simplified: the body as it was typed, a command a line; bash writes it anew from what it has read. */
export function functionText(name: string, body: string): string {
  const inside = body.replace(/^\{\s*/, "").replace(/;?\s*\}$/, "");
  const lines = inside.split("\n").map((line) => `    ${line.trim()}`);
  return `${name} () \n{ \n${lines.join("\n")}\n}\n`;
}
