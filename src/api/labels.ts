// Checks of labels, annotations and selectors inside of objects.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go (v1.35)
import type { Json, JsonObject } from "#base/json";
import type { FieldError } from "./define.ts";
import { forbidden, invalid, NIL, notSupported, required, tooLong } from "./field-error.ts";
import type { LabelSelector } from "./meta.ts";
import { labelValue, qualifiedName } from "./names.ts";

const MAX_ANNOTATIONS = 256 * 1024;

export const checkLabelKey = (key: string, field: string): FieldError[] =>
  qualifiedName(key).map((text) => invalid(field, key, text));

/** Go walks over maps in no order; here keys come sorted. */
export function checkLabels(
  labels: Readonly<Record<string, string>> | undefined,
  field: string,
): FieldError[] {
  return Object.keys(labels ?? {})
    .sort()
    .flatMap((key) => {
      const value = labels?.[key] ?? "";
      return [...checkLabelKey(key, field), ...labelValue(value).map((text) => invalid(field, value, text))];
    });
}

export function checkAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  field: string,
): FieldError[] {
  const errors: FieldError[] = [];
  let size = 0;
  for (const key of Object.keys(annotations ?? {}).sort()) {
    // The key's case is folded before the check.
    errors.push(...qualifiedName(key.toLowerCase()).map((text) => invalid(field, key, text)));
    size += key.length + (annotations?.[key] ?? "").length;
  }
  if (size > MAX_ANNOTATIONS) errors.push(tooLong(field, MAX_ANNOTATIONS));
  return errors;
}

export function checkLabelSelector(selector: LabelSelector | undefined, field: string): FieldError[] {
  if (!selector) return [];
  const errors = checkLabels(selector.matchLabels, `${field}.matchLabels`);
  for (const [index, requirement] of (selector.matchExpressions ?? []).entries()) {
    const path = `${field}.matchExpressions[${index}]`;
    const { key = "", operator, values = [] } = requirement;
    if (operator === "In" || operator === "NotIn") {
      if (values.length === 0) {
        errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
      }
    } else if (operator === "Exists" || operator === "DoesNotExist") {
      if (values.length > 0) {
        errors.push(
          forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        );
      }
    } else errors.push(invalid(`${path}.operator`, operator ?? "", "not a valid selector operator"));
    errors.push(...checkLabelKey(key, `${path}.key`));
    for (const [at, value] of values.entries()) {
      errors.push(...labelValue(value).map((text) => invalid(`${path}.values[${at}]`, value, text)));
    }
  }
  return errors;
}

export const oneOf = (field: string, value: string, supported: readonly string[]): FieldError[] =>
  supported.includes(value) ? [] : [notSupported(field, value, supported)];

/** A selector as Go prints it: labels before expressions, everything in its order. */
export function selectorValue(selector: LabelSelector | undefined): Json {
  if (!selector) return NIL;
  const { matchLabels, matchExpressions } = selector;
  const value: JsonObject = {};
  if (matchLabels) value["matchLabels"] = sortedLabels(matchLabels);
  if (matchExpressions) {
    value["matchExpressions"] = matchExpressions.map(({ key, operator, values }): JsonObject =>
      values ? { key, operator, values } : { key, operator },
    );
  }
  return value;
}

export function sortedLabels(labels: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
