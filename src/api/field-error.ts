// Constructors of field errors, used by every kind's validation.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go (v1.35)
import type { Json } from "#base/json";
import type { FieldError } from "./define.ts";

/** What Go prints of a pointer to nothing. */
export const NIL = null;

export const required = (field: string, detail = ""): FieldError => ({ field, type: "required", detail });

export const invalid = (field: string, value: unknown, detail: string): FieldError => ({
  field,
  type: "invalid",
  value: value as Json,
  detail,
});

export const typeInvalid = (field: string, value: unknown, detail: string): FieldError => ({
  field,
  type: "typeInvalid",
  value: value as Json,
  detail,
});

export const duplicate = (field: string, value: unknown): FieldError => ({
  field,
  type: "duplicate",
  value: value as Json,
  detail: "",
});

export const forbidden = (field: string, detail: string): FieldError => ({
  field,
  type: "forbidden",
  detail,
});

export const notFound = (field: string, value: unknown): FieldError => ({
  field,
  type: "notFound",
  value: value as Json,
  detail: "",
});

export const tooLong = (field: string, limit: number): FieldError => ({
  field,
  type: "tooLong",
  detail: `may not be more than ${limit} bytes`,
});

export const tooMany = (field: string, actual: number, limit: number): FieldError => ({
  field,
  type: "tooMany",
  value: actual,
  detail: `must have at most ${limit} item${limit === 1 ? "" : "s"}`,
});

/** The supported values stand in alphabetical order unless the caller keeps its own. */
export const notSupported = (
  field: string,
  value: unknown,
  supported: readonly string[],
  sort = true,
): FieldError => {
  const values = sort ? [...supported].sort() : supported;
  const detail =
    values.length === 0 ? "" : `supported values: ${values.map((v) => JSON.stringify(v)).join(", ")}`;
  return { field, type: "notSupported", value: value as Json, detail };
};
