// What a pod's spec, or a template's, must look like, in the order in which the API server complains.
// Kubernetes: ValidatePodSpec in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, invalid, required } from "../field-error.ts";
import { dns1123Label } from "../names.ts";
import type { Container, PodSpec } from "./types.ts";

export function validatePodSpec(spec: PodSpec, field: string): FieldError[] {
  return validateContainers(spec.containers ?? [], `${field}.containers`);
}

function validateContainers(containers: readonly Container[], field: string): FieldError[] {
  if (containers.length === 0) return [required(field)];
  const names = new Set<string>();
  return containers.flatMap((container, index) => {
    const path = `${field}[${index}]`;
    const errors: FieldError[] = [];
    if (!container.name) errors.push(required(`${path}.name`));
    else
      errors.push(
        ...dns1123Label(container.name).map((text) => invalid(`${path}.name`, container.name, text)),
      );
    if (names.has(container.name)) errors.push(duplicate(`${path}.name`, container.name));
    names.add(container.name);
    if (!container.image) errors.push(required(`${path}.image`));
    return errors;
  });
}
