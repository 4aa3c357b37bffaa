// The files that a process sees: the image's layer below, the container's own writes above it, and volumes mounted
// over both. Images are shared and never written to, so that a container costs only what it has written.
import { withoutTrailing } from "#base/trailing";
import { imageOf } from "../images/registry.ts";
import type { Kernel } from "./kernel.ts";
import type { Container, Entry, FileLayer } from "./state.ts";
import { layerOf } from "./volumes.ts";

export type FileError =
  | "No such file or directory"
  | "Is a directory"
  | "Not a directory"
  | "Read-only file system"
  | "File exists"
  | "Directory not empty"
  | "Permission denied";

interface Located {
  layer: FileLayer;
  key: string;
  /** The image's layer under a container's own; none under a volume. */
  below?: FileLayer;
  readOnly: boolean;
  isMountPoint: boolean;
}

/** Absolute and without "." and "..". */
export function resolvePath(cwd: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? "/" : path.slice(0, slash);
}

export function baseName(path: string): string {
  const trimmed = path.length > 1 ? withoutTrailing(path, "/") : path;
  return trimmed === "" ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1) || "/";
}

function isUnder(path: string, folder: string): boolean {
  return folder === "/" || path === folder || path.startsWith(`${folder}/`);
}

function locate(kernel: Kernel, container: Container, path: string): Located {
  let best: { path: string; volume: string; subPath?: string; readOnly?: boolean } | undefined;
  for (const mount of container.config.mounts) {
    const at = resolvePath("/", mount.path);
    if (isUnder(path, at) && (!best || at.length >= best.path.length)) best = { ...mount, path: at };
  }
  if (!best) {
    const below = imageOf(container.config.image).files;
    const { readOnlyRoot, files } = container.config;
    const readOnly = readOnlyRoot === true && !Object.hasOwn(files, path) && !isUnder(path, "/dev");
    return { layer: container.overlay, key: path, below, readOnly, isMountPoint: false };
  }
  const layer = layerOf(kernel, best.volume);
  const inside = path.slice(best.path === "/" ? 1 : best.path.length + 1);
  const key = [best.subPath?.replace(/^\/+|\/+$/g, "") ?? "", inside].filter((part) => part !== "").join("/");
  return { layer, key, readOnly: best.readOnly ?? false, isMountPoint: inside === "" };
}

export function stat(kernel: Kernel, container: Container, path: string): Entry | undefined {
  const place = locate(kernel, container, path);
  const entry = place.layer.get(place.key) ?? place.below?.get(place.key);
  if (entry) return entry.kind === "gone" ? undefined : entry;
  if (path === "/" || place.isMountPoint) return { kind: "directory", at: 0 };
  // A folder exists as soon as something is mounted under it.
  if (container.config.mounts.some((mount) => isUnder(resolvePath("/", mount.path), path))) {
    return { kind: "directory", at: 0 };
  }
  return undefined;
}

export function readFile(
  kernel: Kernel,
  container: Container,
  path: string,
): { text: string } | { error: FileError } {
  const entry = stat(kernel, container, path);
  if (!entry || entry.kind === "gone") return { error: missing(kernel, container, path) };
  return entry.kind === "file" ? { text: entry.text } : { error: "Is a directory" };
}

function missing(kernel: Kernel, container: Container, path: string): FileError {
  for (let at = parentOf(path); at !== "/"; at = parentOf(at)) {
    if (stat(kernel, container, at)?.kind === "file") return "Not a directory";
  }
  return "No such file or directory";
}

export function writeFile(
  kernel: Kernel,
  container: Container,
  path: string,
  text: string,
  mode?: number,
): FileError | undefined {
  const old = stat(kernel, container, path);
  if (old?.kind === "directory") return "Is a directory";
  const parent = stat(kernel, container, parentOf(path));
  if (parent?.kind !== "directory") return parent ? "Not a directory" : missing(kernel, container, path);
  const place = locate(kernel, container, path);
  if (place.readOnly) return "Read-only file system";
  const kept = mode ?? (old?.kind === "file" ? old.mode : 0o644);
  place.layer.set(place.key, { kind: "file", text, mode: kept, at: kernel.context.now });
  return undefined;
}

export function makeDirectory(
  kernel: Kernel,
  container: Container,
  path: string,
  parents = false,
): FileError | undefined {
  const old = stat(kernel, container, path);
  if (old) return parents && old.kind === "directory" ? undefined : "File exists";
  const parent = stat(kernel, container, parentOf(path));
  if (parent?.kind === "file") return "Not a directory";
  if (!parent) {
    if (!parents) return "No such file or directory";
    const failed = makeDirectory(kernel, container, parentOf(path), true);
    if (failed) return failed;
  }
  const place = locate(kernel, container, path);
  if (place.readOnly) return "Read-only file system";
  place.layer.set(place.key, { kind: "directory", at: kernel.context.now });
  return undefined;
}

/** Names in a directory, sorted. */
export function listDirectory(kernel: Kernel, container: Container, path: string): string[] {
  const names = new Set<string>();
  const place = locate(kernel, container, path);
  const prefix = place.key === "" || place.key === "/" ? place.key : `${place.key}/`;
  const collect = (layer: FileLayer): void => {
    for (const [key, entry] of layer) {
      if (key === place.key || !key.startsWith(prefix)) continue;
      const rest = key.slice(prefix.length);
      if (rest.includes("/") || rest === "") continue;
      if (entry.kind === "gone") names.delete(rest);
      else names.add(rest);
    }
  };
  if (place.below) collect(place.below);
  collect(place.layer);
  for (const mount of container.config.mounts) {
    const at = resolvePath("/", mount.path);
    if (at !== path && isUnder(at, path))
      names.add(at.slice(path === "/" ? 1 : path.length + 1).split("/")[0]!);
  }
  return [...names].sort();
}

/** Removes a file, or a directory with everything in it. */
export function removeTree(kernel: Kernel, container: Container, path: string): FileError | undefined {
  const place = locate(kernel, container, path);
  if (place.readOnly) return "Read-only file system";
  if (stat(kernel, container, path)?.kind === "directory") {
    for (const name of listDirectory(kernel, container, path)) {
      const failed = removeTree(kernel, container, path === "/" ? `/${name}` : `${path}/${name}`);
      if (failed) return failed;
    }
  }
  if (place.isMountPoint || path === "/") return undefined;
  if (place.below?.has(place.key)) place.layer.set(place.key, { kind: "gone" });
  else place.layer.delete(place.key);
  return undefined;
}

/** Fills a container's own layer with a file and the folders above it, as the runtime does before the start. */
export function provideFile(
  layer: FileLayer,
  below: FileLayer,
  path: string,
  text: string,
  now: number,
  mode = 0o644,
): void {
  for (let at = parentOf(path); at !== "/" && !layer.has(at) && !below.has(at); at = parentOf(at)) {
    layer.set(at, { kind: "directory", at: now });
  }
  layer.set(path, { kind: "file", text, mode, at: now });
}
