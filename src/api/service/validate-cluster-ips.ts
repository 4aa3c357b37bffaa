// The cluster IPs of a Service and their families: what fits together, and what may change.
// Kubernetes: ValidateServiceClusterIPsRelatedFields in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { duplicate, invalid, NIL, notSupported, required } from "../field-error.ts";
import { checkIp, familyOf } from "../ip.ts";
import { isHeadless } from "./defaults.ts";
import type { ServiceSpec } from "./types.ts";

const POLICIES = ["PreferDualStack", "RequireDualStack", "SingleStack"];
const FAMILIES = ["IPv4", "IPv6"];
const IPS = "spec.clusterIPs";

export function validateClusterIps(spec: ServiceSpec): FieldError[] {
  if (spec.type === "ExternalName") return [];
  const errors = [...validateSync(spec), ...validateFamilies(spec)];
  const { clusterIPs: ips = [] } = spec;
  const wrong: FieldError[] = [];
  for (const [index, ip] of ips.entries()) {
    if (index > 0 || ip !== "None") wrong.push(...checkIp(`${IPS}[${index}]`, ip));
    else if (ips.length > 1) wrong.push(invalid(IPS, ips, "'None' must be the first and only value"));
  }
  errors.push(...wrong);
  if (ips.length > 2) errors.push(invalid(IPS, ips, "may only hold up to 2 values"));
  if (wrong.length > 0) return errors;
  if (ips.length > 1 && !isDualStack(ips)) {
    errors.push(invalid(IPS, ips, "may specify no more than one IP for each IP family"));
  }
  return [...errors, ...validateMatch(spec)];
}

const isDualStack = (ips: readonly string[]): boolean =>
  ips.length <= 2 && new Set(ips.map(familyOf)).size === 2;

/** clusterIP and the first of clusterIPs are two names of one thing. */
function validateSync({ clusterIP, clusterIPs: ips = [] }: ServiceSpec): FieldError[] {
  if (!clusterIP) {
    return ips.length > 0 ? [invalid(IPS, ips, "must be empty when `clusterIP` is not specified")] : [];
  }
  if (ips.length === 0) return [required(IPS)];
  return ips[0] === clusterIP ? [] : [invalid(IPS, ips, "first value must match `clusterIP`")];
}

function validateFamilies({ ipFamilies = [], ipFamilyPolicy: policy }: ServiceSpec): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, family] of ipFamilies.entries()) {
    const field = `spec.ipFamilies[${index}]`;
    if (!FAMILIES.includes(family)) errors.push(notSupported(field, family, FAMILIES));
    if (ipFamilies.indexOf(family) < index) errors.push(duplicate(field, family));
  }
  if (policy !== undefined && !POLICIES.includes(policy)) {
    errors.push(notSupported("spec.ipFamilyPolicy", policy, POLICIES));
  }
  return errors;
}

function validateMatch(spec: ServiceSpec): FieldError[] {
  const { clusterIPs: ips = [], ipFamilies = [] } = spec;
  if (isHeadless(spec)) return [];
  return ips.flatMap((ip, index) => {
    const wanted = ipFamilies[index];
    const is6 = familyOf(ip) === "IPv6";
    const isWrong = wanted === "IPv4" ? is6 : wanted === "IPv6" && !is6;
    const detail = `expected an ${wanted} value as indicated by \`ipFamilies[${index}]\``;
    return isWrong ? [invalid(`${IPS}[${index}]`, ip, detail)] : [];
  });
}

export function validateClusterIpsUpdate(next: ServiceSpec, previous: ServiceSpec): FieldError[] {
  if (next.type === "ExternalName" || previous.type === "ExternalName") return [];
  return [...validateIpsChange(next, previous), ...validateFamiliesChange(next, previous)];
}

function validateIpsChange(next: ServiceSpec, previous: ServiceSpec): FieldError[] {
  if (isHeadless(next) && isHeadless(previous)) return [];
  const { clusterIPs: ips = [] } = next;
  const { clusterIPs: before = [] } = previous;
  const fixed = (index: number): FieldError => invalid(`${IPS}[${index}]`, ips, "may not change once set");
  if (before.length === ips.length) {
    return before.flatMap((ip, index) => (ip === ips[index] ? [] : [fixed(index)]));
  }
  const errors: FieldError[] = [];
  if (ips.length === 0) errors.push(invalid(`${IPS}[0]`, null, "primary clusterIP can not be unset"));
  if (before.length > 0 && ips.length > 0 && ips[0] !== before[0]) errors.push(fixed(0));
  if (before.length > ips.length && ips.length === 1 && next.ipFamilyPolicy !== "SingleStack") {
    const detail = "must be set to 'SingleStack' when releasing the secondary clusterIP";
    errors.push(invalid("spec.ipFamilyPolicy", next.ipFamilyPolicy ?? NIL, detail));
  }
  return errors;
}

function validateFamiliesChange(next: ServiceSpec, previous: ServiceSpec): FieldError[] {
  const field = "spec.ipFamilies";
  const { ipFamilies = [] } = next;
  const { ipFamilies: before = [] } = previous;
  const selectorless = (spec: ServiceSpec): boolean =>
    isHeadless(spec) && !Object.keys(spec.selector ?? {}).length;
  if (selectorless(next) && selectorless(previous)) return [];
  const fixed = (index: number): FieldError =>
    invalid(`${field}[${index}]`, ipFamilies, "may not change once set");
  if (before.length === ipFamilies.length) {
    return before.flatMap((family, index) => (family === ipFamilies[index] ? [] : [fixed(index)]));
  }
  const errors: FieldError[] = [];
  if (ipFamilies.length === 0) errors.push(invalid(`${field}[0]`, null, "primary ipFamily can not be unset"));
  if (before.length > 0 && ipFamilies.length > 0 && ipFamilies[0] !== before[0]) errors.push(fixed(0));
  if (before.length > ipFamilies.length && ipFamilies.length === 1 && next.ipFamilyPolicy !== "SingleStack") {
    const detail = "must be set to 'SingleStack' when releasing the secondary ipFamily";
    errors.push(invalid("spec.ipFamilyPolicy", next.ipFamilyPolicy ?? NIL, detail));
  }
  return errors;
}
