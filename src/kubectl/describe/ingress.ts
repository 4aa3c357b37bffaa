// kubectl describe ingress: each path with its backend, and the backend with the endpoints behind it.
// Kubernetes: describeIngressV1 in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { Ingress, IngressBackend, IngressRule, IngressTls } from "#api/ingress/types";
import type { Status } from "#api/meta";
import type { Service } from "#api/service/types";
import { defineDescriber, type DescribeContext } from "./context.ts";
import { endpointsText, slicesOf } from "./endpoints-text.ts";
import { eventLines } from "./events.ts";
import { annotationLines, labelLines, line, type Lines } from "./lines.ts";

export const ingressDescriber = defineDescriber<Ingress>(
  "networking.k8s.io",
  "Ingress",
  (ingress, context) => {
    const { metadata, spec, status } = ingress;
    const namespace = metadata.namespace ?? "";
    const textOf = (backend: IngressBackend): string => backendText(backend, namespace, context);
    const fallback = spec.defaultBackend ? textOf(spec.defaultBackend) : "<default>";
    const rules = (spec.rules ?? []).filter(({ http }) => http);
    return [
      line(0, "Name:", metadata.name),
      ...labelLines("Labels", metadata.labels),
      line(0, "Namespace:", namespace),
      line(0, "Address:", addressText(status)),
      line(0, "Ingress Class:", spec.ingressClassName ?? "<none>"),
      line(0, "Default backend:", fallback),
      ...tlsLines(spec.tls ?? []),
      line(0, "Rules:"),
      line(1, "Host", "Path", "Backends"),
      line(1, "----", "----", "--------"),
      ...rules.flatMap((rule) => ruleLines(rule, textOf)),
      ...(rules.length === 0 ? [line(1, "*", "*", fallback)] : []),
      ...annotationLines("Annotations", metadata.annotations),
      ...eventLines(ingress, context),
    ];
  },
);

function addressText(status: Ingress["status"] | undefined): string {
  const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || "");
  return [...new Set(addresses.filter((address) => address !== ""))].sort().join(",");
}

function tlsLines(tls: readonly IngressTls[]): Lines {
  if (tls.length === 0) return [];
  return [
    line(0, "TLS:"),
    ...tls.map(({ secretName, hosts = [] }) =>
      line(1, secretName ? `${secretName} terminates ${hosts.join(",")}` : `SNI routes ${hosts.join(",")}`),
    ),
  ];
}

function ruleLines({ host, http }: IngressRule, textOf: (backend: IngressBackend) => string): Lines {
  return [
    line(1, host || "*", ""),
    ...(http?.paths ?? []).map(({ path = "", backend }) => line(2, "", `${path} `, textOf(backend))),
  ];
}

/** "web:80 (10.244.1.2:8080)"; why there are none, where the Service cannot be read. */
function backendText(
  { service, resource }: IngressBackend,
  namespace: string,
  context: DescribeContext,
): string {
  if (resource) {
    const { apiGroup = "<none>", kind, name } = resource;
    return `APIGroup: ${apiGroup}, Kind: ${kind}, Name: ${name}`;
  }
  if (!service) return "";
  const { name, port = {} } = service;
  const text = `${name}:${port.number || (port.name ?? "")}`;
  const response = context.handle({
    method: "GET",
    path: `/api/v1/namespaces/${namespace}/services/${name}`,
  });
  if (response.status !== 200) {
    const { message = "" } = response.body as unknown as Status;
    return `${text} (<error: ${message}>)`;
  }
  const { ports = [] } = (response.body as unknown as Service).spec;
  const matching = ports.filter((item) =>
    port.number ? port.number === item.port : port.name !== undefined && port.name === item.name,
  );
  return `${text} (${endpointsText(slicesOf(namespace, name, context), matching.at(-1)?.name ?? "")})`;
}
