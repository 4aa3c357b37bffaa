// Environment variables of a container and where their values come from.
// Kubernetes: ValidateEnv and ValidateEnvFrom in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { invalid, required } from "../field-error.ts";
import { configMapKey, dns1123Subdomain, envVarName } from "../names.ts";
import type { EnvFromSource, EnvVar } from "./types.ts";
import { ENV_FIELDS, validateFieldRef, validateResourceRef } from "./validate-references.ts";

export function validateEnv(variables: readonly EnvVar[], field: string): FieldError[] {
  return variables.flatMap((variable, index) => {
    const path = `${field}[${index}]`;
    const { name } = variable;
    const errors = name
      ? envVarName(name).map((text) => invalid(`${path}.name`, name, text))
      : [required(`${path}.name`)];
    return [...errors, ...validateValueFrom(variable, `${path}.valueFrom`)];
  });
}

interface FileRef {
  volumeName?: string;
  path?: string;
  key?: string;
}

function validateValueFrom({ value, valueFrom }: EnvVar, field: string): FieldError[] {
  if (!valueFrom) return [];
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  const { fileKeyRef } = valueFrom as { fileKeyRef?: FileRef };
  const errors: FieldError[] = [];
  if (fieldRef) errors.push(...validateFieldRef(fieldRef, ENV_FIELDS, `${field}.fieldRef`));
  if (resourceFieldRef)
    errors.push(...validateResourceRef(resourceFieldRef, `${field}.resourceFieldRef`, false));
  if (configMapKeyRef) errors.push(...validateKeyRef(configMapKeyRef, `${field}.configMapKeyRef`));
  if (secretKeyRef) errors.push(...validateKeyRef(secretKeyRef, `${field}.secretKeyRef`));
  if (fileKeyRef) {
    const missing = (["volumeName", "path", "key"] as const).filter((key) => !fileKeyRef[key]);
    errors.push(...missing.map((key) => required(`${field}.fileKeyRef.${key}`)));
  }
  const count = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(
    Boolean,
  ).length;
  if (count === 0) {
    const detail =
      "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";
    errors.push(invalid(field, "", detail));
  } else if (value) errors.push(invalid(field, "", "may not be specified when `value` is not empty"));
  else if (count > 1) errors.push(invalid(field, "", "may not have more than one field specified at a time"));
  return errors;
}

function validateKeyRef({ name = "", key }: { name?: string; key: string }, field: string): FieldError[] {
  const errors = dns1123Subdomain(name).map((text) => invalid(`${field}.name`, name, text));
  if (!key) return [...errors, required(`${field}.key`)];
  return [...errors, ...configMapKey(key).map((text) => invalid(`${field}.key`, key, text))];
}

export function validateEnvFrom(sources: readonly EnvFromSource[], field: string): FieldError[] {
  return sources.flatMap(({ prefix, configMapRef, secretRef }, index) => {
    const path = `${field}[${index}]`;
    const errors = prefix ? envVarName(prefix).map((text) => invalid(`${path}.prefix`, prefix, text)) : [];
    if (configMapRef) errors.push(...checkName(`${path}.configMapRef.name`, configMapRef.name));
    if (secretRef) errors.push(...checkName(`${path}.secretRef.name`, secretRef.name));
    if (!configMapRef && !secretRef)
      errors.push(invalid(field, "", "must specify one of: `configMapRef` or `secretRef`"));
    if (configMapRef && secretRef) {
      errors.push(invalid(field, "", "may not have more than one field specified at a time"));
    }
    return errors;
  });
}

function checkName(field: string, name: string | undefined): FieldError[] {
  return name ? dns1123Subdomain(name).map((text) => invalid(field, name, text)) : [required(field)];
}
