// Projected volumes and the downward API: several sources in one folder, each file once.
// Kubernetes: validateProjectionSources in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { forbidden, invalid, required } from "../field-error.ts";
import type { KeyToPath } from "./types.ts";
import {
  type FieldRef,
  type ResourceRef,
  validateFieldRef,
  validateResourceRef,
  VOLUME_FIELDS,
} from "./validate-references.ts";
import { checkFilePath, checkMode, validateKeyToPath } from "./validate-paths.ts";

export interface DownwardItem {
  path?: string;
  mode?: number;
  fieldRef?: FieldRef;
  resourceFieldRef?: ResourceRef;
}

export interface ProjectedSource {
  configMap?: { name?: string; items?: KeyToPath[] };
  secret?: { name?: string; items?: KeyToPath[] };
  downwardAPI?: { items?: DownwardItem[] };
  serviceAccountToken?: { path?: string; expirationSeconds?: number; audience?: string };
}

const SOURCES = ["secret", "configMap", "downwardAPI", "serviceAccountToken"] as const;
const MIN_TOKEN_SECONDS = 600;

export function validateProjected(sources: readonly ProjectedSource[], field: string): FieldError[] {
  const paths = new Set<string>();
  return sources.flatMap((source, index) => {
    const path = `${field}[${index}]`;
    const present = SOURCES.filter((name) => source[name] !== undefined);
    const [first] = present;
    return [
      ...(first ? validateSource(source, first, path, paths) : []),
      ...present
        .slice(1)
        .map((name) => forbidden(`${path}.${name}`, "may not specify more than 1 volume type per source")),
    ];
  });
}

function validateSource(
  source: ProjectedSource,
  name: (typeof SOURCES)[number],
  path: string,
  paths: Set<string>,
): FieldError[] {
  const field = `${path}.${name}`;
  if (name === "secret" || name === "configMap") {
    const { name: object, items = [] } = source[name] ?? {};
    return [
      ...(object ? [] : [required(`${field}.name`)]),
      ...items.flatMap((item, index) => [
        ...validateKeyToPath(item, `${field}.items[${index}]`),
        ...checkConflict(item.path, `${path}.${name}`, object, paths),
      ]),
    ];
  }
  if (name === "downwardAPI") {
    const items = source.downwardAPI?.items ?? [];
    return [
      ...validateDownwardItems(items, field),
      ...items.flatMap(({ path: file }) => checkConflict(file, field, undefined, paths)),
    ];
  }
  return validateToken(source.serviceAccountToken ?? {}, field);
}

function checkConflict(
  path: string | undefined,
  field: string,
  value: string | undefined,
  paths: Set<string>,
): FieldError[] {
  if (!path) return [];
  if (paths.has(path)) return [invalid(field, value ?? path, "conflicting duplicate paths")];
  paths.add(path);
  return [];
}

function validateToken(
  { path, expirationSeconds }: { path?: string; expirationSeconds?: number },
  field: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const seconds = expirationSeconds ?? MIN_TOKEN_SECONDS;
  if (seconds < MIN_TOKEN_SECONDS) {
    errors.push(
      invalid(`${field}.expirationSeconds`, seconds, "may not specify a duration less than 10 minutes"),
    );
  }
  if (seconds > 2 ** 32) {
    errors.push(
      invalid(`${field}.expirationSeconds`, seconds, "may not specify a duration larger than 2^32 seconds"),
    );
  }
  if (!path) return [...errors, required(`${field}.path`)];
  return [...errors, ...checkFilePath(`${field}.path`, path)];
}

export function validateDownwardItems(items: readonly DownwardItem[], field: string): FieldError[] {
  return items.flatMap(({ path, mode, fieldRef, resourceFieldRef }) => {
    const errors = path ? [] : [required(`${field}.path`)];
    errors.push(...checkFilePath(`${field}.path`, path ?? ""));
    if (fieldRef) {
      errors.push(...validateFieldRef(fieldRef, VOLUME_FIELDS, `${field}.fieldRef`));
      if (resourceFieldRef) {
        errors.push(
          invalid(field, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously"),
        );
      }
    } else if (resourceFieldRef) {
      errors.push(...validateResourceRef(resourceFieldRef, `${field}.resourceFieldRef`, true));
    } else errors.push(required(field, "one of fieldRef and resourceFieldRef is required"));
    return [...errors, ...checkMode(`${field}.mode`, mode)];
  });
}
