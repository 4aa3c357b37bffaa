// kubectl describe service.
// Kubernetes: describeService in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { EndpointSlice } from "#api/endpointslice/types";
import { formatSelector } from "#api/selectors";
import type { LoadBalancerIngress, Service, ServicePort } from "#api/service/types";
import { defineDescriber } from "./context.ts";
import { endpointsText, slicesOf } from "./endpoints-text.ts";
import { eventLines } from "./events.ts";
import { annotationLines, labelLines, line, noneIfEmpty, type Lines } from "./lines.ts";

export const serviceDescriber = defineDescriber<Service>("", "Service", (service, context) => {
  const { metadata, spec } = service;
  const slices = slicesOf(metadata.namespace ?? "", metadata.name, context);
  return [
    line(0, "Name:", metadata.name),
    line(0, "Namespace:", metadata.namespace ?? ""),
    ...labelLines("Labels", metadata.labels),
    ...annotationLines("Annotations", metadata.annotations),
    line(0, "Selector:", formatSelector(spec.selector)),
    line(0, "Type:", spec.type),
    ...addressLines(service),
    ...(spec.ports ?? []).flatMap((port) => portLines(port, slices)),
    line(0, "Session Affinity:", spec.sessionAffinity),
    ...trafficLines(service),
    ...eventLines(service, context),
  ];
});

const optional = (title: string, value: string | number | undefined): Lines =>
  value ? [line(0, `${title}:`, String(value))] : [];

function addressLines({ spec, status }: Service): Lines {
  return [
    ...optional("IP Family Policy", spec.ipFamilyPolicy),
    line(0, "IP Families:", noneIfEmpty((spec.ipFamilies ?? []).join(","))),
    line(0, "IP:", spec.clusterIP ?? ""),
    line(0, "IPs:", noneIfEmpty((spec.clusterIPs ?? []).join(","))),
    ...optional("External IPs", (spec.externalIPs ?? []).join(",")),
    ...optional("Desired LoadBalancer IP", spec.loadBalancerIP),
    ...optional("External Name", spec.externalName),
    ...optional("LoadBalancer Ingress", (status?.loadBalancer?.ingress ?? []).map(ingressText).join(", ")),
  ];
}

function ingressText({ ip, ipMode, hostname = "" }: LoadBalancerIngress): string {
  if (!ip) return hostname;
  return ipMode ? `${ip} (${ipMode})` : ip;
}

function portLines(servicePort: ServicePort, slices: readonly EndpointSlice[]): Lines {
  const { name = "", port, protocol, targetPort, appProtocol, nodePort } = servicePort;
  const shown = name || "<unset>";
  return [
    line(0, "Port:", shown, `${port}/${protocol}`),
    line(0, "TargetPort:", `${targetPort}/${protocol}`),
    ...optional("AppProtocol", appProtocol),
    ...(nodePort ? [line(0, "NodePort:", shown, `${nodePort}/${protocol}`)] : []),
    line(0, "Endpoints:", endpointsText(slices, name)),
  ];
}

function trafficLines({ spec }: Service): Lines {
  return [
    ...optional("External Traffic Policy", spec.externalTrafficPolicy),
    ...optional("Internal Traffic Policy", spec.internalTrafficPolicy),
    ...optional("HealthCheck NodePort", spec.healthCheckNodePort),
    ...optional("LoadBalancer Source Ranges", (spec.loadBalancerSourceRanges ?? []).join(",")),
    ...optional("Traffic Distribution", spec.trafficDistribution),
  ];
}
