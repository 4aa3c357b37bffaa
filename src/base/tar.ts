// Tar archives of text files, as strings: what `kubectl cp` and the tar of simulated containers hand to each other.
// Simplified: a character counts as a byte, so sizes of texts beyond ASCII differ from a real archive's.

export interface TarEntry {
  /** Without a leading slash; folders end with none. */
  name: string;
  kind: "file" | "directory";
  text: string;
  mode?: number;
}

const BLOCK = 512;
const NUL = "\u0000";

export function packTar(entries: readonly TarEntry[]): string {
  const parts = entries.map((entry) => headerOf(entry) + padded(entry.kind === "file" ? entry.text : ""));
  return parts.join("") + NUL.repeat(2 * BLOCK);
}

const padded = (text: string): string =>
  text.length % BLOCK === 0 ? text : text + NUL.repeat(BLOCK - (text.length % BLOCK));

const octal = (value: number, width: number): string => value.toString(8).padStart(width - 1, "0") + NUL;
const field = (text: string, width: number): string => text.slice(0, width).padEnd(width, NUL);

function headerOf({ name, kind, text, mode }: TarEntry): string {
  const isFolder = kind === "directory";
  const path = isFolder ? `${name}/` : name;
  // Long names are divided at a slash between the prefix and the name.
  const cut = path.length <= 100 ? -1 : path.indexOf("/", path.length - 101);
  const start = [
    field(cut < 0 ? path : path.slice(cut + 1), 100),
    octal(mode ?? (isFolder ? 0o755 : 0o644), 8),
    octal(0, 8),
    octal(0, 8),
    octal(isFolder ? 0 : text.length, 12),
    octal(0, 12),
  ].join("");
  const end = [
    isFolder ? "5" : "0",
    field("", 100),
    `ustar${NUL}00`,
    field("root", 32),
    field("root", 32),
    octal(0, 8),
    octal(0, 8),
    field(cut < 0 ? "" : path.slice(0, cut), 155),
  ].join("");
  const unsummed = field(start + " ".repeat(8) + end, BLOCK);
  let sum = 0;
  for (const sign of unsummed) sum += sign.charCodeAt(0);
  return start + `${sum.toString(8).padStart(6, "0")}${NUL} ` + field(end, BLOCK - start.length - 8);
}

/** The entries of an archive; undefined if it is none. */
export function unpackTar(archive: string): TarEntry[] | undefined {
  const entries: TarEntry[] = [];
  for (let at = 0; at + BLOCK <= archive.length;) {
    const header = archive.slice(at, at + BLOCK);
    if (header[0] === NUL) return entries;
    const text = (from: number, width: number): string => header.slice(from, from + width).split(NUL)[0]!;
    if (text(257, 5) !== "ustar") return undefined;
    const size = Number.parseInt(text(124, 12), 8) || 0;
    const prefix = text(345, 155);
    const path = `${prefix ? `${prefix}/` : ""}${text(0, 100)}`;
    const isFolder = header[156] === "5";
    at += BLOCK;
    entries.push({
      name: path.replace(/\/$/, ""),
      kind: isFolder ? "directory" : "file",
      text: archive.slice(at, at + size),
      mode: Number.parseInt(text(100, 8), 8) || 0,
    });
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
  return archive.length === 0 ? undefined : entries;
}
