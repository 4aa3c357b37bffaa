// The API server as pods see it over the network: TLS at the control plane's port 6443, where whoever comes is
// authenticated and then turned away. kubectl and the page do not come this way.
// Simplified: there is no RBAC, so service accounts may read no more than the public paths.
import { decodeBase64Url } from "#base/base64";
import { decodeUtf8 } from "#base/utf8";
import { WORLD } from "../settings.ts";
import { listen } from "./sockets.ts";
import type { NetworkState } from "./state.ts";
import type { HttpAnswer, HttpMessage } from "./types.ts";

const PORT = 6443;
const ANONYMOUS = "system:anonymous";
/** What anybody may read. Kubernetes: the ClusterRole system:public-info-viewer (v1.35) */
const PUBLIC_PATHS = new Set(["/healthz", "/livez", "/readyz"]);
const COLLECTION_VERBS: Record<string, string> = { GET: "list", POST: "create", DELETE: "deletecollection" };
const OBJECT_VERBS: Record<string, string> = { GET: "get", PUT: "update", PATCH: "patch", DELETE: "delete" };

export function startApiFront(state: NetworkState): void {
  const service = ["kubernetes", "kubernetes.default", "kubernetes.default.svc"];
  listen(state, {
    host: "control-plane",
    address: "0.0.0.0",
    port: PORT,
    protocol: "TCP",
    process: "kube-apiserver",
    owner: { to: "network", what: "apiFront", data: null },
    tls: {
      subject: "kube-apiserver",
      issuer: "kubernetes",
      names: [
        ...service,
        "kubernetes.default.svc.cluster.local",
        "control-plane",
        WORLD.kubernetesServiceIp,
        WORLD.controlPlaneIp,
      ],
    },
  });
}

export function apiFrontAnswer(request: HttpMessage): HttpAnswer {
  const path = request.path.split("?", 1)[0]!;
  if (PUBLIC_PATHS.has(path)) {
    return { status: 200, headers: { "Content-Type": "text/plain; charset=utf-8" }, body: "ok" };
  }
  const status = {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    ...refusal(request.method, path, userOf(request)),
    code: 403,
  };
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-cache, private" };
  return { status: 403, headers, body: JSON.stringify(status, null, 2) };
}

// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go (v1.35)
function refusal(method: string, path: string, user: string) {
  const match = /^\/(?:api\/v1|apis\/([^/]+)\/[^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?/.exec(
    path,
  );
  const reason = "Forbidden";
  if (!match) {
    const message = `forbidden: User "${user}" cannot ${method.toLowerCase()} path "${path}"`;
    return { message, reason, details: {} };
  }
  const [, group = "", namespace, kind = "", name] = match;
  const verb = (name === undefined ? COLLECTION_VERBS : OBJECT_VERBS)[method] ?? method.toLowerCase();
  const where = namespace === undefined ? "at the cluster scope" : `in the namespace "${namespace}"`;
  const what = name === undefined ? kind : `${kind} "${name}"`;
  const message = `${what} is forbidden: User "${user}" cannot ${verb} resource "${kind}" in API group "${group}" ${where}`;
  const details = { ...(name !== undefined && { name }), ...(group !== "" && { group }), kind };
  return { message, reason, details };
}

/** The token's subject, as in `{"sub":"system:serviceaccount:shop:default"}`; anonymous without one. */
function userOf(request: HttpMessage): string {
  const header = request.headers["Authorization"] ?? request.headers["authorization"] ?? "";
  const payload = /^Bearer [^.]+\.([^.]+)\./.exec(header)?.[1];
  const text = decodeUtf8(decodeBase64Url(payload ?? "") ?? []);
  return /"sub":"([^"]+)"/.exec(text)?.[1] ?? ANONYMOUS;
}
