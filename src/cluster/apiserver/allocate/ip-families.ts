// IP families of Services on a cluster that has IPv4 only.
// Kubernetes: pkg/registry/core/service/storage/alloc.go initIPFamilyFields (v1.35)
import type { FieldError } from "#api/define";
import { invalid as invalidField } from "#api/field-error";
import type { ServiceSpec } from "#api/service/types";
import { validateClusterIps } from "#api/service/validate-cluster-ips";
import { deepEqual } from "#base/json";
import { invalid } from "../status.ts";

const SERVICE = { group: "", kind: "Service" } as const;

export function initIpFamilies(name: string, given: ServiceSpec, old: ServiceSpec | undefined): ServiceSpec {
  if (given.type === "ExternalName" || keepsPreferDualStack(given, old)) return given;
  const spec: ServiceSpec = { ...given, ipFamilyPolicy: given.ipFamilyPolicy ?? policyFor(given, old) };
  const early = validateClusterIps(spec);
  if (early.length > 0) throw invalid(SERVICE, name, early);
  const errors = single(spec);
  spec.ipFamilies = inferFamilies(spec, errors);
  if (errors.length > 0) throw invalid(SERVICE, name, errors);
  if (spec.clusterIP === "None" && !Object.keys(spec.selector ?? {}).length) {
    if (spec.ipFamilies.length === 0) spec.ipFamilies = ["IPv4"];
    if (spec.ipFamilies.length < 2 && spec.ipFamilyPolicy !== "SingleStack") {
      spec.ipFamilies = [...spec.ipFamilies, spec.ipFamilies[0] === "IPv4" ? "IPv6" : "IPv4"];
    }
    return spec;
  }
  if (spec.ipFamilyPolicy === "RequireDualStack") {
    const detail = "this cluster is not configured for dual-stack services";
    errors.push(invalidField("spec.ipFamilyPolicy", spec.ipFamilyPolicy, detail));
  }
  spec.ipFamilies.forEach((family, index) => {
    if (family === "IPv4") return;
    errors.push(invalidField(`spec.ipFamilies[${index}]`, family, "not configured on this cluster"));
  });
  if (errors.length > 0) throw invalid(SERVICE, name, errors);
  if (spec.ipFamilies.length === 0) spec.ipFamilies = ["IPv4"];
  return spec;
}

/** A PreferDualStack Service is left as it is while nobody touches its addresses. */
function keepsPreferDualStack(spec: ServiceSpec, old: ServiceSpec | undefined): boolean {
  return (
    old?.ipFamilyPolicy === "PreferDualStack" &&
    (spec.ipFamilyPolicy ?? "PreferDualStack") === "PreferDualStack" &&
    deepEqual(spec.clusterIPs ?? [], old.clusterIPs ?? []) &&
    deepEqual(spec.ipFamilies ?? [], old.ipFamilies ?? [])
  );
}

function policyFor(spec: ServiceSpec, old: ServiceSpec | undefined): string {
  if (old?.ipFamilyPolicy !== undefined) return old.ipFamilyPolicy;
  const headlessWithoutSelector = spec.clusterIP === "None" && !Object.keys(spec.selector ?? {}).length;
  return headlessWithoutSelector ? "RequireDualStack" : "SingleStack";
}

function single(spec: ServiceSpec): FieldError[] {
  if (spec.ipFamilyPolicy !== "SingleStack") return [];
  const errors: FieldError[] = [];
  const say = (what: string): void => {
    const detail = `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`;
    errors.push(invalidField("spec.ipFamilyPolicy", spec.ipFamilyPolicy, detail));
  };
  if (spec.clusterIPs?.length === 2) say("cluster IPs");
  if (spec.ipFamilies?.length === 2) say("IP families");
  return errors;
}

function inferFamilies(spec: ServiceSpec, errors: FieldError[]): string[] {
  const families = [...(spec.ipFamilies ?? [])];
  for (const [index, ip] of (spec.clusterIPs ?? []).entries()) {
    if (ip === "None") break;
    if (index < families.length) continue;
    if (!ip.includes(":")) families.push("IPv4");
    else {
      const detail = "IPv6 is not configured on this cluster";
      errors.push(invalidField(`spec.clusterIPs[${index}]`, spec.clusterIPs, detail));
    }
  }
  return families;
}
