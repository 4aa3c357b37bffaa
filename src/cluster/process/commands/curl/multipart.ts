// curl -F: the parts of a form, each with headers of its own between boundaries.
import { fnv1a } from "#base/hash";
import { baseName } from "../../files.ts";
import type { CommandContext } from "../command.ts";

/** The same for all of a process's transfers. */
export function boundaryOf({ pid, container }: CommandContext): string {
  const part = (salt: string): string => fnv1a(`${container}/${pid}/${salt}`).toString(16).padStart(8, "0");
  return `${"-".repeat(24)}${part("a")}${part("b")}`;
}

const TYPES: Record<string, string> = {
  txt: "text/plain",
  html: "text/html",
  json: "application/json",
  xml: "application/xml",
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
  svg: "image/svg+xml",
  pdf: "application/pdf",
};

export function multipart(context: CommandContext, parts: readonly string[]): string {
  const boundary = boundaryOf(context);
  let body = "";
  for (const part of parts) {
    const at = part.indexOf("=");
    const [name, value] = [part.slice(0, at), part.slice(at + 1)];
    const [content = "", ...more] = value.split(";");
    const option = (key: string): string | undefined =>
      more
        .find((item) => item.trim().startsWith(`${key}=`))
        ?.trim()
        .slice(key.length + 1);
    body += `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
    if (/^[@<]/.test(content)) {
      const path = content.slice(1);
      const file = context.files.read(path);
      const extension = /\.(\w+)$/.exec(path)?.[1] ?? "";
      if (content.startsWith("@")) {
        body += `; filename="${option("filename") ?? baseName(path)}"`;
        body += `\r\nContent-Type: ${option("type") ?? TYPES[extension] ?? "application/octet-stream"}`;
      }
      body += `\r\n\r\n${"text" in file ? file.text : ""}\r\n`;
    } else {
      const type = option("type");
      body += `${type === undefined ? "" : `\r\nContent-Type: ${type}`}\r\n\r\n${type === undefined ? value : content}\r\n`;
    }
  }
  return `${body}--${boundary}--\r\n`;
}
