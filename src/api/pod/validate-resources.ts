// Requests and limits of containers.
// Kubernetes: ValidateContainerResourceRequirements in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, forbidden, invalid, notFound, notSupported, required } from "../field-error.ts";
import type { IntOrString } from "../meta.ts";
import { qualifiedName } from "../names.ts";
import { formatQuantity, parseQuantity, quantityOf } from "../quantity.ts";

type ResourceList = Readonly<Record<string, IntOrString>>;

const STANDARD = new Set(["cpu", "memory", "ephemeral-storage"]);
const isHugePage = (name: string): boolean => name.startsWith("hugepages-");
const isNative = (name: string): boolean => !name.includes("/") || name.includes("kubernetes.io/");
const mayOvercommit = (name: string): boolean => isNative(name) && !isHugePage(name);

interface Requirements {
  limits?: ResourceList;
  requests?: ResourceList;
  claims?: { name?: string }[];
}

export function validateResources(
  requirements: object,
  field: string,
  podClaims: readonly string[],
): FieldError[] {
  const { limits = {}, requests = {}, claims = [] } = requirements as Requirements;
  const errors: FieldError[] = [];
  for (const name of Object.keys(limits).sort())
    errors.push(...validateEntry(name, limits[name] ?? 0, `${field}.limits[${name}]`));
  for (const name of Object.keys(requests).sort()) {
    const request = requests[name] ?? 0;
    errors.push(...validateEntry(name, request, `${field}.requests[${name}]`));
    errors.push(...validateAgainstLimit(name, request, limits[name], field));
  }
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePage) && !names.includes("cpu") && !names.includes("memory"))
    errors.push(forbidden(field, "HugePages require cpu or memory"));
  return [...errors, ...validateClaims(claims, podClaims, `${field}.claims`)];
}

function validateClaims(
  claims: readonly { name?: string }[],
  podClaims: readonly string[],
  field: string,
): FieldError[] {
  const seen = new Set<string>();
  return claims.flatMap(({ name }, index) => {
    const at = `${field}[${index}]`;
    if (!name) return [required(at)];
    const errors = seen.has(name) ? [duplicate(at, name)] : [];
    seen.add(name);
    if (podClaims.includes(name)) return errors;
    const known = podClaims.length === 0 ? " which is empty" : `: ${podClaims.join(", ")}`;
    const detail = `must be one of the names in pod.spec.resourceClaims${known}`;
    return [...errors, { ...notFound(at, name), detail }];
  });
}

interface ResizePolicy {
  resourceName?: string;
  restartPolicy?: string;
}

/** Kubernetes: validateResizePolicy in the same file; all but repeated names are told without an index. */
export function validateResizePolicy(
  container: object,
  podRestartPolicy: string,
  field: string,
): FieldError[] {
  const { resizePolicy = [] } = container as { resizePolicy?: ResizePolicy[] };
  const seen = new Set<string>();
  const check = (value: string, supported: readonly string[]): FieldError[] =>
    value === ""
      ? [required(field)]
      : supported.includes(value)
        ? []
        : [notSupported(field, value, supported)];
  return resizePolicy.flatMap(({ resourceName = "", restartPolicy = "" }, index) => {
    const errors = seen.has(resourceName) ? [duplicate(`${field}[${index}]`, resourceName)] : [];
    seen.add(resourceName);
    errors.push(...check(resourceName, ["cpu", "memory"]));
    errors.push(...check(restartPolicy, ["NotRequired", "RestartContainer"]));
    if (podRestartPolicy === "Never" && restartPolicy !== "NotRequired") {
      const detail = "must be 'NotRequired' when `restartPolicy` is 'Never'";
      errors.push(invalid(field, restartPolicy, detail));
    }
    return errors;
  });
}

function validateAgainstLimit(
  name: string,
  request: IntOrString,
  limit: IntOrString | undefined,
  field: string,
): FieldError[] {
  if (limit === undefined) {
    return mayOvercommit(name)
      ? []
      : [required(`${field}.limits`, "Limit must be set for non overcommitable resources")];
  }
  const wanted = quantityOf(request);
  const most = quantityOf(limit);
  const shown = formatQuantity(String(request));
  const bound = `${name} limit of ${formatQuantity(String(limit))}`;
  if (wanted !== most && !mayOvercommit(name))
    return [invalid(`${field}.requests`, shown, `must be equal to ${bound}`)];
  return wanted > most ? [invalid(`${field}.requests`, shown, `must be less than or equal to ${bound}`)] : [];
}

function validateEntry(name: string, quantity: IntOrString, field: string): FieldError[] {
  const errors = qualifiedName(name).map((text) => invalid(field, name, text));
  if (!name.includes("/")) {
    if (!STANDARD.has(name) && !isHugePage(name)) {
      if (!OTHER_STANDARD.has(name)) {
        errors.push(invalid(field, name, "must be a standard resource type or fully qualified"));
      }
      errors.push(invalid(field, name, "must be a standard resource for containers"));
    }
  } else if (!isNative(name) && name.startsWith("requests.")) {
    errors.push(invalid(field, name, "doesn't follow extended resource name standard"));
  }
  const text = String(quantity);
  const value = parseQuantity(text);
  if (value !== undefined && value < 0) {
    errors.push(invalid(field, formatQuantity(text), "must be greater than or equal to 0"));
  }
  if (value !== undefined && !isNative(name) && !Number.isInteger(value)) {
    errors.push(invalid(field, formatQuantity(text), "must be an integer"));
  }
  const page = isHugePage(name) ? parseQuantity(name.slice("hugepages-".length)) : undefined;
  if (page !== undefined && value !== undefined && (value <= 0 || value % page !== 0)) {
    const shown = formatQuantity(text);
    errors.push(invalid(field, shown, `${shown} is not positive integer multiple of ${name}`));
  }
  return errors;
}

/** Standard names of quotas and volumes: they exist, but not for containers. */
const OTHER_STANDARD = new Set(
  "requests.cpu requests.memory requests.ephemeral-storage limits.cpu limits.memory limits.ephemeral-storage pods resourcequotas services replicationcontrollers secrets persistentvolumeclaims configmaps services.nodeports services.loadbalancers storage requests.storage".split(
    " ",
  ),
);
