// Kubernetes' own texts for errors of fields, as they stand in an Invalid status and its causes.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go (v1.35)
import type { FieldError, FieldErrorType } from "#api/define";
import type { StatusCause } from "#api/meta";
import { goValue } from "./go-json.ts";

const REASONS: Record<FieldErrorType, string> = {
  required: "FieldValueRequired",
  invalid: "FieldValueInvalid",
  notSupported: "FieldValueNotSupported",
  duplicate: "FieldValueDuplicate",
  forbidden: "FieldValueForbidden",
  tooLong: "FieldValueTooLong",
  tooMany: "FieldValueTooMany",
  typeInvalid: "FieldValueTypeInvalid",
  notFound: "FieldValueNotFound",
  internal: "InternalError",
};

const TITLES: Record<FieldErrorType, string> = {
  required: "Required value",
  invalid: "Invalid value",
  notSupported: "Unsupported value",
  duplicate: "Duplicate value",
  forbidden: "Forbidden",
  tooLong: "Too long",
  tooMany: "Too many",
  typeInvalid: "Invalid value",
  notFound: "Not found",
  internal: "Internal error",
};

const WITHOUT_VALUE: ReadonlySet<FieldErrorType> = new Set(["required", "forbidden", "tooLong", "internal"]);

/** `Invalid value: 8080: provided port is not in the valid range` */
export function bodyOf({ type, value, detail }: FieldError): string {
  const title = TITLES[type];
  const head = WITHOUT_VALUE.has(type) ? title : `${title}: ${goValue(value)}`;
  return detail ? `${head}: ${detail}` : head;
}

/** The body with its field before it. */
export function textOf(error: FieldError): string {
  return `${error.field}: ${bodyOf(error)}`;
}

export function causeOf(error: FieldError): StatusCause {
  return { reason: REASONS[error.type], message: bodyOf(error), field: error.field };
}

/** One error plain, several in brackets; the same text only once. */
export function messageOf(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map(textOf))];
  return texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`;
}
