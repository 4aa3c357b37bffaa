// Checks of ports that are given by number or by name.
// Kubernetes: ValidatePortNumOrName in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "./define.ts";
import { invalid } from "./field-error.ts";
import { portName, portNumber } from "./names.ts";

export function checkPortOrName(field: string, value: number | string): FieldError[] {
  const texts = typeof value === "number" ? portNumber(value) : portName(value);
  return texts.map((text) => invalid(field, value, text));
}
