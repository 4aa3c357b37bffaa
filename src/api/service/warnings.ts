// Texts of the warnings that come with a Service that is accepted.
// Kubernetes: pkg/api/service/warnings.go (v1.35)
import { warnOfCidr, warnOfIp } from "../ip.ts";
import type { Service } from "./types.ts";

const TOPOLOGY_HINTS = "service.kubernetes.io/topology-aware-hints";

export function serviceWarnings({ metadata, spec }: Service): string[] {
  const warnings: string[] = [];
  if (metadata.annotations?.[TOPOLOGY_HINTS] !== undefined) {
    warnings.push(
      `annotation ${TOPOLOGY_HINTS} is deprecated, please use service.kubernetes.io/topology-mode instead`,
    );
  }
  if (spec.clusterIP && spec.clusterIP !== "None") {
    warnings.push(
      ...(spec.clusterIPs ?? []).flatMap((ip, index) => warnOfIp(`spec.clusterIPs[${index}]`, ip)),
    );
  }
  if (spec.type === "ClusterIP" && spec.clusterIP === "None") {
    if (spec.loadBalancerIP) warnings.push("spec.loadBalancerIP is ignored for headless services");
    if (spec.externalIPs?.length) warnings.push("spec.externalIPs is ignored for headless services");
    if (spec.sessionAffinity !== "None")
      warnings.push("spec.SessionAffinity is ignored for headless services");
  }
  for (const [index, ip] of (spec.externalIPs ?? []).entries())
    warnings.push(...warnOfIp(`spec.externalIPs[${index}]`, ip));
  if (spec.loadBalancerIP) warnings.push(...warnOfIp("spec.loadBalancerIP", spec.loadBalancerIP));
  for (const [index, range] of (spec.loadBalancerSourceRanges ?? []).entries()) {
    warnings.push(...warnOfCidr(`spec.loadBalancerSourceRanges[${index}]`, range));
  }
  if (spec.type === "ExternalName" && spec.externalIPs?.length) {
    warnings.push(`spec.externalIPs is ignored when spec.type is "ExternalName"`);
  }
  if (spec.type !== "ExternalName" && spec.externalName) {
    warnings.push(`spec.externalName is ignored when spec.type is not "ExternalName"`);
  }
  if (spec.trafficDistribution === "PreferClose") {
    warnings.push(`spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"`);
  }
  return warnings;
}
