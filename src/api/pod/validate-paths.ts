// Files in volumes: their paths and modes.
// Kubernetes: validateLocalDescendingPath in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { invalid, required } from "../field-error.ts";
import type { KeyToPath } from "./types.ts";

const MODE_TEXT = "must be a number between 0 and 0777 (octal), both inclusive";

export function validateKeyToPath({ key, path, mode }: KeyToPath, field: string): FieldError[] {
  return [
    ...(key ? [] : [required(`${field}.key`)]),
    ...(path ? [] : [required(`${field}.path`)]),
    ...checkFilePath(`${field}.path`, path ?? ""),
    ...checkMode(`${field}.mode`, mode),
  ];
}

export function checkMode(field: string, mode: number | undefined): FieldError[] {
  return mode !== undefined && (mode < 0 || mode > 0o777) ? [invalid(field, mode, MODE_TEXT)] : [];
}

export function checkBacksteps(field: string, path: string): FieldError[] {
  return path.split("/").includes("..") ? [invalid(field, path, "must not contain '..'")] : [];
}

/** A path below some folder. */
export function checkDescendingPath(field: string, path: string): FieldError[] {
  const errors = path.startsWith("/") ? [invalid(field, path, "must be a relative path")] : [];
  return [...errors, ...checkBacksteps(field, path)];
}

/** A file in a volume that the kubelet writes: names that begin with two dots are its own. */
export function checkFilePath(field: string, path: string): FieldError[] {
  const errors = checkDescendingPath(field, path);
  if (path.startsWith("..") && path !== ".." && !path.startsWith("../")) {
    errors.push(invalid(field, path, "must not start with '..'"));
  }
  return errors;
}
