// One-click repairs of a file's text: tabs, and the manifests of old books. Pure: text in, text out.

/** Tabs that indent become two spaces each. */
export function untab(text: string): string {
  return text.replace(/^[ \t]*\t[ \t]*/gm, (indent) => indent.replaceAll("\t", "  "));
}

/** Renames the field of a line, as for a misspelt key. */
export function renameField(text: string, line: number, from: string, to: string): string {
  const lines = text.split("\n");
  const at = lines[line - 1];
  if (at === undefined) return text;
  lines[line - 1] = at.replace(new RegExp(`(^|[\\s{,-])${escapeRegExp(from)}(\\s*:)`), `$1${to}$2`);
  return lines.join("\n");
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** An Ingress of extensions/v1beta1 or networking.k8s.io/v1beta1 in the form of networking.k8s.io/v1. */
export function modernizeIngress(text: string): string {
  const lines = text.split("\n");
  const out: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const version = /^(\s*apiVersion:\s*)(extensions|networking\.k8s\.io)\/v1beta1(\s*)$/.exec(line);
    if (version) {
      out.push(`${version[1]}networking.k8s.io/v1`);
      continue;
    }
    const backend = /^(\s*)(-\s+)?backend:\s*$/.exec(line);
    const replaced = backend && newBackend(lines, index, backend);
    if (!replaced) {
      out.push(line);
      continue;
    }
    if (!hasPathType(lines, index, replaced.indent)) out.push(`${replaced.indent}pathType: Prefix`);
    out.push(...replaced.lines);
    index += replaced.used;
  }
  return out.join("\n");
}

interface NewBackend {
  indent: string;
  lines: string[];
  /** Lines after `backend:` that were replaced. */
  used: number;
}

function newBackend(lines: readonly string[], at: number, match: RegExpExecArray): NewBackend | undefined {
  const indent = match[1]! + " ".repeat(match[2]?.length ?? 0);
  const fields = new Map<string, string>();
  let used = 0;
  let inner = "";
  for (const line of lines.slice(at + 1)) {
    const field = /^(\s+)(serviceName|servicePort):\s*(\S+)\s*$/.exec(line);
    if (!field || field[1]!.length <= indent.length) break;
    fields.set(field[2]!, field[3]!);
    inner = field[1]!;
    used++;
  }
  const [name, port] = [fields.get("serviceName"), fields.get("servicePort")];
  if (!name || !port) return undefined;
  const portField = /^\d+$/.test(port) ? "number" : "name";
  return {
    indent,
    used,
    lines: [
      lines[at]!,
      `${inner}service:`,
      `${inner}  name: ${name}`,
      `${inner}  port:`,
      `${inner}    ${portField}: ${port}`,
    ],
  };
}

/** Whether the path that the backend belongs to says its type; a default backend (not in a list) needs none. */
function hasPathType(lines: readonly string[], at: number, indent: string): boolean {
  for (let index = at; index >= 0; index--) {
    const line = lines[index]!;
    if (line.startsWith(`${indent}pathType:`)) return true;
    const item = /^(\s*)-\s/.exec(line);
    if (item && item[1]!.length < indent.length) return /-\s+pathType:/.test(line);
    if (index < at && line.trim() !== "" && /^\s*/.exec(line)![0].length < indent.length) return true;
  }
  return true;
}
