// Paths in a kustomization: each is relative to the folder of its file.

/** `a/./b/../c` without its detours. */
export function join(folder: string, path: string): string {
  return clean(path.startsWith("/") ? path : `${folder}/${path}`);
}

export function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  const joined = parts.join("/");
  return path.startsWith("/") ? `/${joined}` : joined || ".";
}
