// Servers that are always there: the API server's front on the control plane, and the two web servers of the little
// internet. Every other internet address swallows packets, unless somebody listens there ("internet:<ip>").
import { WORLD } from "../settings.ts";
import { addHost } from "./hosts.ts";
import { listen } from "./sockets.ts";
import type { Host, NetworkState } from "./state.ts";
import type { HttpAnswer, HttpMessage, Incoming, Listener } from "./types.ts";

export const INTERNET_WEB_SERVERS = ["198.51.100.80", "198.51.100.81"];
const API_SERVER_PORT = 6443;
/** What anybody may read. Kubernetes: the ClusterRole system:public-info-viewer (v1.35) */
const PUBLIC_PATHS = new Set(["/healthz", "/livez", "/readyz"]);

export function startFixedServers(state: NetworkState): void {
  const names = [
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
  ];
  listen(state, {
    ...serverOf("control-plane", API_SERVER_PORT, "kube-apiserver", "apiserver"),
    tls: {
      subject: "kube-apiserver",
      issuer: "kubernetes",
      names: [...names, "control-plane", WORLD.kubernetesServiceIp, WORLD.controlPlaneIp],
    },
  });
  for (const ip of INTERNET_WEB_SERVERS) {
    const { id } = internetHost(state, ip);
    listen(state, serverOf(id, 80, "web server", "internet"));
    const name = "api.somecompany.com";
    listen(state, {
      ...serverOf(id, 443, "web server", "internet"),
      tls: { subject: name, issuer: name, names: [name] },
    });
  }
}

/** The internet's machine at an address; it is there as soon as somebody listens on it. */
export function internetHost(state: NetworkState, ip: string): Host {
  const id = `internet:${ip}`;
  return (
    state.hosts.get(id) ??
    addHost(state, { id, kind: "internet", ips: [ip], place: { kind: "internet", ip } })
  );
}

function serverOf(host: string, port: number, process: string, server: string): Listener {
  const owner = { to: "network", what: "fixedServer", data: { server } };
  return { host, address: "0.0.0.0", port, protocol: "TCP", process, owner };
}

export function fixedAnswer(data: Incoming & { server: string }): HttpAnswer | undefined {
  if ("datagram" in data.request) return undefined;
  if (data.server === "apiserver") return apiServerAnswer(data.request);
  const host = (data.request.headers["Host"] ?? data.request.headers["host"] ?? "").replace(/:\d+$/, "");
  const client = data.peer.slice(0, data.peer.lastIndexOf(":"));
  return {
    status: 200,
    headers: { "Content-Type": "text/plain" },
    body: `${host}: hello from the internet, ${client}\n`,
  };
}

/** Simplified: whoever comes over the network is anonymous to the API server, with or without a token. */
function apiServerAnswer(request: HttpMessage): HttpAnswer {
  const path = request.path.split("?", 1)[0]!;
  if (PUBLIC_PATHS.has(path))
    return { status: 200, headers: { "Content-Type": "text/plain; charset=utf-8" }, body: "ok" };
  const status = {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: `forbidden: User "system:anonymous" cannot ${request.method.toLowerCase()} path "${path}"`,
    reason: "Forbidden",
    details: {},
    code: 403,
  };
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-cache, private" };
  return { status: 403, headers, body: JSON.stringify(status, null, 2) };
}
