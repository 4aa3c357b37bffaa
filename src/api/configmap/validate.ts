// Which ConfigMaps the API server accepts.
// Kubernetes: ValidateConfigMap in pkg/apis/core/validation/validation.go (v1.35)
import { deepEqual } from "#base/json";
import type { FieldError } from "../define.ts";
import { forbidden, invalid, tooLong } from "../field-error.ts";
import { configMapKey } from "../names.ts";
import type { ConfigMap } from "./types.ts";

const MAX_BYTES = 1024 * 1024;
const IMMUTABLE = "field is immutable when `immutable` is set";

export function validateConfigMap({ data = {}, binaryData = {} }: ConfigMap): FieldError[] {
  const errors: FieldError[] = [];
  let size = 0;
  for (const key of Object.keys(data).sort()) {
    errors.push(...configMapKey(key).map((text) => invalid(`data[${key}]`, key, text)));
    if (Object.hasOwn(binaryData, key))
      errors.push(invalid(`data[${key}]`, key, "duplicate of key present in binaryData"));
    size += (data[key] ?? "").length;
  }
  for (const key of Object.keys(binaryData).sort()) {
    errors.push(...configMapKey(key).map((text) => invalid(`binaryData[${key}]`, key, text)));
    size += Math.floor((binaryData[key]!.length * 3) / 4);
  }
  if (size > MAX_BYTES) errors.push(tooLong("", MAX_BYTES));
  return errors;
}

export function validateConfigMapUpdate(next: ConfigMap, previous: ConfigMap): FieldError[] {
  const errors: FieldError[] = [];
  if (previous.immutable) {
    if (!next.immutable) errors.push(forbidden("immutable", IMMUTABLE));
    if (!deepEqual(next.data ?? {}, previous.data ?? {})) errors.push(forbidden("data", IMMUTABLE));
    if (!deepEqual(next.binaryData ?? {}, previous.binaryData ?? {}))
      errors.push(forbidden("binaryData", IMMUTABLE));
  }
  return [...errors, ...validateConfigMap(next)];
}
