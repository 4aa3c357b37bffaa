// `pod:path`, `namespace/pod:path` or a local path, as cp reads its two arguments.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/cp/filespec.go (v1.35)
import { plainError } from "../../errors.ts";

export interface FileSpec {
  namespace: string;
  /** Empty for a local path. */
  pod: string;
  path: string;
}

export function parseFileSpec(word: string): FileSpec {
  const colon = word.indexOf(":");
  if (colon < 0) return { namespace: "", pod: "", path: word };
  const parts = word.slice(0, colon).split("/");
  if (colon === 0 || parts.length > 2)
    throw plainError("filespec must match the canonical format: [[namespace/]pod:]file/path");
  const pod = parts.at(-1)!;
  return { namespace: parts.length === 2 ? parts[0]! : "", pod, path: word.slice(colon + 1) };
}

/** Without "." and "..", doubled and trailing slashes. */
export function cleanPath(path: string): string {
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (part !== ".." || !path.startsWith("/")) kept.push(part);
  }
  return (path.startsWith("/") ? "/" : "") + (kept.join("/") || (path.startsWith("/") ? "" : "."));
}

export const folderOf = (path: string): string => {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash) || "/";
};

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
