// The API server as pods see it over the network: TLS at the control plane's port 6443, where whoever comes is
// authenticated and then turned away. kubectl and the page do not come this way.
// Simplified: a token is good if its claims can be read, and never too old.
import { decodeBase64Url } from "#base/base64";
import { decodeUtf8 } from "#base/utf8";
import { isObject, type Json, type JsonObject } from "#base/json";
import { userNamed } from "../apiserver/access-rules.ts";
import { refusalFor } from "../apiserver/authorize.ts";
import type { Context } from "../machine/component.ts";
import { WORLD } from "../settings.ts";
import { headerOf } from "../http-client/request.ts";
import { parseTarget } from "../http-client/target.ts";
import { CLUSTER_AUTHORITY } from "../tls/cluster-authority.ts";
import { listen } from "./sockets.ts";
import type { NetworkState } from "./state.ts";
import type { HttpAnswer, HttpMessage } from "./types.ts";

const PORT = 6443;
const ANONYMOUS = "system:anonymous";
const AUDIENCE = "https://kubernetes.default.svc.cluster.local";

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
      subject: "CN=kube-apiserver",
      issuer: CLUSTER_AUTHORITY,
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

export function apiFrontAnswer(context: Context, request: HttpMessage): HttpAnswer {
  const { path, query } = parseTarget(request.path);
  const user = userOf(request);
  if (user === undefined) {
    return refuse(request, { message: "Unauthorized", reason: "Unauthorized", code: 401 });
  }
  const refusal = refusalFor(userNamed(user), { method: request.method, path, query });
  if (refusal) return jsonAnswer(request, 403, refusal as unknown as Json, false);
  const { status, body } = context.api.handle({ method: "GET", path, query });
  if (typeof body === "string") {
    const headers = { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" };
    return { status, headers, body };
  }
  // The version is always written for people to read.
  return jsonAnswer(request, status, body, path.startsWith("/version"));
}

function refuse(request: HttpMessage, status: { code: number } & JsonObject): HttpAnswer {
  const head = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure" };
  return jsonAnswer(request, status.code, { ...head, ...status }, false);
}

/** Indented for programs that people look at. */
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/negotiation/negotiate.go, isPrettyPrint (v1.35)
function jsonAnswer(request: HttpMessage, status: number, body: Json, indented: boolean): HttpAnswer {
  const headers = {
    "Cache-Control": "no-cache, private",
    "Content-Type": "application/json",
    ...(status === 403 ? { "X-Content-Type-Options": "nosniff" } : {}),
  };
  const agent = headerOf(request.headers, "user-agent") ?? "";
  const asked = ["", "1", "true"].includes(parseTarget(request.path).query["pretty"] ?? "no");
  const isPretty = indented || asked || /^(curl|Wget|Mozilla\/5\.0)/.test(agent);
  const text = isPretty ? JSON.stringify(body, null, 2) : `${JSON.stringify(body)}\n`;
  return { status, headers, body: text };
}

/** The token's subject, such as "system:serviceaccount:shop:default"; undefined where it says none. */
function userOf(request: HttpMessage): string | undefined {
  const header = headerOf(request.headers, "authorization") ?? "";
  if (!/^bearer /i.test(header)) return ANONYMOUS;
  const { sub, aud } = claimsOf(header.slice("bearer ".length).trim());
  if (Array.isArray(aud) && !aud.includes(AUDIENCE)) return undefined;
  return typeof sub === "string" && sub !== "" ? sub : undefined;
}

function claimsOf(token: string): Record<string, unknown> {
  const parts = token.split(".", 3);
  if (parts.length < 3) return {};
  try {
    const claims: unknown = JSON.parse(decodeUtf8(decodeBase64Url(parts[1]!) ?? []));
    return isObject(claims) ? claims : {};
  } catch {
    return {};
  }
}
