// The address that an httpGet or tcpSocket handler means: the pod's own unless it names a host, and named ports by
// the container's ports.
// Kubernetes: pkg/probe/http/request.go, pkg/probe/util.go (v1.35)
import type { Container, HttpGetAction } from "#api/pod/types";
import type { IntOrString } from "#api/meta";
import type { PodState } from "./state.ts";

export type Request = { url: string; headers: Record<string, string> } | { error: string };

export function requestOf(pod: PodState, container: Container, action: HttpGetAction): Request {
  const port = portOf(container, action.port);
  if (typeof port === "string") return { error: port };
  const scheme = (action.scheme ?? "HTTP").toLowerCase();
  const path = action.path ?? "/";
  const url = `${scheme}://${action.host || pod.ip || ""}:${port}${path.startsWith("/") ? path : `/${path}`}`;
  const headers: Record<string, string> = {};
  for (const { name, value } of action.httpHeaders ?? []) headers[name] = value;
  return { url, headers };
}

/** The number, or what is wrong with the name. */
export function portOf(container: Container, port: IntOrString): number | string {
  if (typeof port === "number") return port;
  const named = container.ports?.find(({ name }) => name === port);
  if (named) return named.containerPort;
  if (/^\d+$/.test(port)) return Number(port);
  return `strconv.Atoi: parsing "${port}": invalid syntax`;
}
