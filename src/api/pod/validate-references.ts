// References of environment variables and files to fields and resources of their own pod.
// Kubernetes: validateObjectFieldSelector in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { invalid, notSupported, required } from "../field-error.ts";
import { qualifiedName } from "../names.ts";
import { formatQuantity } from "../quantity.ts";

export interface FieldRef {
  apiVersion?: string;
  fieldPath?: string;
}

export interface ResourceRef {
  containerName?: string;
  resource?: string;
  divisor?: string | number;
}

export const ENV_FIELDS = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];

export const VOLUME_FIELDS = [
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
];

/** Fields that the API can convert; only some of them may be referred to. */
const KNOWN_FIELDS = new Set([
  ...ENV_FIELDS,
  ...VOLUME_FIELDS,
  "spec.restartPolicy",
  "spec.schedulerName",
  "status.phase",
]);

const RESOURCES = ["cpu", "memory", "ephemeral-storage"].flatMap((name) => [
  `limits.${name}`,
  `requests.${name}`,
]);
const BYTES = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];
const BYTES_TEXT = BYTES.join(", ");

export function validateFieldRef(
  { apiVersion, fieldPath }: FieldRef,
  allowed: readonly string[],
  field: string,
): FieldError[] {
  if (!apiVersion) return [required(`${field}.apiVersion`)];
  if (!fieldPath) return [required(`${field}.fieldPath`)];
  if (apiVersion !== "v1") {
    const detail = `error converting fieldPath: unsupported pod version: ${apiVersion}`;
    return [invalid(`${field}.fieldPath`, fieldPath, detail)];
  }
  const subscript = /^(.*)\['(.*)'\]$/s.exec(fieldPath);
  const path = subscript?.[1] ?? fieldPath;
  if (subscript) {
    const key = subscript[2] ?? "";
    if (path === "metadata.annotations") {
      return qualifiedName(key.toLowerCase()).map((text) => invalid(field, key.toLowerCase(), text));
    }
    if (path === "metadata.labels") return qualifiedName(key).map((text) => invalid(field, key, text));
    const detail = `error converting fieldPath: field label does not support subscript: ${fieldPath}`;
    return [invalid(`${field}.fieldPath`, fieldPath, detail)];
  }
  if (!KNOWN_FIELDS.has(path) && path !== "spec.host") {
    return [
      invalid(
        `${field}.fieldPath`,
        fieldPath,
        `error converting fieldPath: field label not supported: ${path}`,
      ),
    ];
  }
  return allowed.includes(path) ? [] : [notSupported(`${field}.fieldPath`, path, allowed)];
}

export function validateResourceRef(ref: ResourceRef, field: string, inVolume: boolean): FieldError[] {
  const { containerName, resource = "", divisor } = ref;
  const errors: FieldError[] = [];
  if (inVolume && !containerName) errors.push(required(`${field}.containerName`));
  else if (!resource) errors.push(required(`${field}.resource`));
  else if (!RESOURCES.includes(resource) && !/^(limits|requests)\.hugepages-/.test(resource)) {
    errors.push(notSupported(`${field}.resource`, resource, RESOURCES));
  }
  return [...errors, ...validateDivisor(resource, divisor, `${field}.divisor`)];
}

function validateDivisor(
  resource: string,
  divisor: string | number | undefined,
  field: string,
): FieldError[] {
  const text = formatQuantity(String(divisor ?? 0));
  if (text === "0") return [];
  const name = resource.split(".")[1] ?? "";
  if (name === "cpu") {
    const detail = "only divisor's values 1m and 1 are supported with the cpu resource";
    return text === "1m" || text === "1" ? [] : [invalid(field, resource, detail)];
  }
  const kinds: Record<string, string> = { memory: "memory", "ephemeral-storage": "local ephemeral storage" };
  const kind = kinds[name] ?? (name.startsWith("hugepages-") ? "hugepages" : undefined);
  if (!kind || BYTES.includes(text)) return [];
  return [
    invalid(field, resource, `only divisor's values ${BYTES_TEXT} are supported with the ${kind} resource`),
  ];
}
