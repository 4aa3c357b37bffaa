// The endpoints behind an Ingress' backend. The controller passes requests straight to pods: a Service's cluster IP
// and kube-proxy have no part in it.
import type { EndpointSlice } from "#api/endpointslice/types";
import type { Service, ServicePort } from "#api/service/types";
import type { Candidate } from "../trace/types.ts";
import type { Backend } from "./table.ts";

export interface Upstream {
  /** "10.244.1.5:8080", or a name and port behind an ExternalName. */
  address: string;
  pod?: string;
  node?: string;
}

export interface Upstreams {
  ready: Upstream[];
  candidates: Candidate[];
  /** The Service's port, where it has such a one. */
  port?: { name?: string; port: number };
}

export function upstreamsOf(
  backend: Backend,
  service: Service | undefined,
  slices: Iterable<EndpointSlice>,
): Upstreams {
  const port = service && portOf(backend, service);
  if (!service || !port) return { ready: [], candidates: [] };
  const shown = { port: port.port, ...(port.name === undefined ? {} : { name: port.name }) };
  if (service.spec.type === "ExternalName") {
    const number = typeof port.targetPort === "number" ? port.targetPort : port.port;
    const address = `${service.spec.externalName ?? ""}:${number}`;
    return { ready: [{ address }], candidates: [{ address, in: true, reason: "ready" }], port: shown };
  }
  const ready: Upstream[] = [];
  const candidates: Candidate[] = [];
  for (const slice of slices) {
    const own = slice.ports?.find(({ name }) => (name ?? "") === (port.name ?? ""));
    for (const { addresses, conditions, targetRef, nodeName } of slice.endpoints ?? []) {
      const isReady = conditions?.ready !== false;
      const reason =
        own?.port === undefined
          ? "portUnresolved"
          : isReady
            ? "ready"
            : conditions.terminating
              ? "terminating"
              : "notReady";
      const where = {
        ...(targetRef?.name === undefined ? {} : { pod: targetRef.name }),
        ...(nodeName === undefined ? {} : { node: nodeName }),
      };
      for (const ip of addresses) {
        const address = own?.port === undefined ? ip : `${ip}:${own.port}`;
        candidates.push({ address, ...where, in: reason === "ready", reason });
        if (reason === "ready") ready.push({ address, ...where });
      }
    }
  }
  return { ready, candidates, port: shown };
}

type Port = Pick<ServicePort, "name" | "port" | "targetPort">;

/** By the number or the name of the Service's port, or by its target port, which ingress-nginx takes too. */
// ingress-nginx: internal/ingress/controller/controller.go, serviceEndpoints and externalNamePorts (v1.14)
function portOf({ port: wanted }: Backend, { spec }: Service): Port | undefined {
  const isExternal = spec.type === "ExternalName";
  const found = spec.ports?.find(
    ({ name, port, targetPort }) =>
      port === wanted || name === wanted || (!isExternal && String(targetPort) === String(wanted)),
  );
  // An external name may be asked at any port.
  return (
    found ?? (isExternal && typeof wanted === "number" ? { port: wanted, targetPort: wanted } : undefined)
  );
}
