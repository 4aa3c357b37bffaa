// Which Secrets the API server accepts: keys, and what each well-known type must hold.
// Kubernetes: ValidateSecret in pkg/apis/core/validation/validation.go (v1.35)
import { deepEqual, isObject } from "#base/json";
import type { FieldError } from "../define.ts";
import { forbidden, invalid, required, tooLong } from "../field-error.ts";
import { configMapKey } from "../names.ts";
import { decodeBase64 } from "#base/base64";
import type { Secret } from "./types.ts";

const MAX_BYTES = 1024 * 1024;
const IMMUTABLE = "field is immutable when `immutable` is set";

export function validateSecret(secret: Secret): FieldError[] {
  const { data = {} } = secret;
  const errors: FieldError[] = [];
  let size = 0;
  for (const key of Object.keys(data).sort()) {
    errors.push(...configMapKey(key).map((text) => invalid(`data[${key}]`, key, text)));
    size += Math.floor(((data[key] ?? "").length * 3) / 4);
  }
  if (size > MAX_BYTES) errors.push(tooLong("data", MAX_BYTES));
  return [...errors, ...validateType(secret)];
}

function validateType({ type, data = {}, metadata }: Secret): FieldError[] {
  const missing = (key: string): FieldError[] => (data[key] === undefined ? [required(`data[${key}]`)] : []);
  switch (type) {
    case "kubernetes.io/tls":
      return [...missing("tls.crt"), ...missing("tls.key")];
    case "kubernetes.io/ssh-auth":
      return data["ssh-privatekey"] ? [] : [required("data[ssh-privatekey]")];
    case "kubernetes.io/basic-auth":
      if (data["username"] === undefined && data["password"] === undefined) {
        return [required("data[username]"), required("data[password]")];
      }
      return [];
    case "kubernetes.io/service-account-token": {
      const key = "kubernetes.io/service-account.name";
      return metadata.annotations?.[key] ? [] : [required(`metadata.annotations[${key}]`)];
    }
    case "kubernetes.io/dockercfg":
      return validateJson(data, ".dockercfg");
    case "kubernetes.io/dockerconfigjson":
      return validateJson(data, ".dockerconfigjson");
    default:
      return [];
  }
}

function validateJson(data: Record<string, string>, key: string): FieldError[] {
  const field = `data[${key}]`;
  const value = data[key];
  if (value === undefined) return [required(field)];
  const problem = jsonProblem(decodeBase64(value).trim());
  return problem ? [invalid(field, "<secret contents redacted>", problem)] : [];
}

/** Simplified: Go's decoder says more of what breaks further inside. */
function jsonProblem(text: string): string | undefined {
  const first = text[0];
  if (first === undefined) return "unexpected end of JSON input";
  if (!/[[{"\dtfn-]/.test(first)) return `invalid character '${first}' looking for beginning of value`;
  const literal = ["true", "false", "null"].find((word) => word[0] === first);
  if (literal) {
    const at = [...literal].findIndex((character, index) => text[index] !== character);
    if (at >= 0 && at < text.length) {
      return `invalid character '${text[at]}' in literal ${literal} (expecting '${literal[at]}')`;
    }
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) || value === null) return undefined;
    const kind = Array.isArray(value) ? "array" : typeof value === "boolean" ? "bool" : typeof value;
    return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
  } catch {
    return "unexpected end of JSON input";
  }
}

export function validateSecretUpdate(next: Secret, previous: Secret): FieldError[] {
  const errors: FieldError[] = [];
  if (next.type !== previous.type) errors.push(invalid("type", next.type, "field is immutable"));
  if (previous.immutable) {
    if (!next.immutable) errors.push(forbidden("immutable", IMMUTABLE));
    if (!deepEqual(next.data ?? {}, previous.data ?? {})) errors.push(forbidden("data", IMMUTABLE));
  }
  return [...errors, ...validateSecret(next)];
}
