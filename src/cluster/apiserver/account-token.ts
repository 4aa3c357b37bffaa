// The `token` subresource of service accounts: a token that says who its bearer is and until when.
// Kubernetes: pkg/registry/core/serviceaccount/storage/token.go, pkg/serviceaccount/claims.go (v1.35)
import type { KindName } from "#api/kinds";
import type { Pod } from "#api/pod/types";
import { fnv1a } from "#base/hash";
import { isObject, type JsonObject } from "#base/json";
import { jsonWebToken } from "#base/json-web-token";
import { formatRfc3339, parseRfc3339 } from "#base/time";
import type { Answer, ResourceRequest } from "./handle.ts";
import { existing } from "./read-requests.ts";
import { definitionOf } from "./scheme.ts";
import type { Server } from "./server.ts";
import { badRequest, conflict, invalid, methodNotAllowed, notFound } from "./status.ts";
import { getObject } from "./store.ts";

const ISSUER = "https://kubernetes.default.svc.cluster.local";
const TOKEN_REQUEST = { group: "authentication.k8s.io", kind: "TokenRequest" };
const DEFAULT_SECONDS = 3600;
const LEAST_SECONDS = 600;
const MOST_SECONDS = 2 ** 32;

interface Spec {
  audiences: string[];
  expirationSeconds: number;
  boundObjectRef: { kind?: string; apiVersion?: string; name?: string; uid?: string } | null;
}

export function handleToken(server: Server, about: ResourceRequest): Answer {
  const { request } = about;
  if (request.method !== "POST") throw methodNotAllowed();
  if (!isObject(request.body))
    throw badRequest("the object provided is unrecognized (must be of type TokenRequest)");
  const account = existing(server, about).metadata;
  const spec = specOf(request.body as JsonObject);
  const bound = boundClaims(server, account.namespace ?? "", account.name, spec);
  const creationTimestamp = server.context.timestamp();
  const issued = Math.floor((parseRfc3339(creationTimestamp) ?? 0) / 1000);
  const expires = issued + spec.expirationSeconds;
  const claims = {
    aud: spec.audiences,
    exp: expires,
    iat: issued,
    iss: ISSUER,
    jti: idOf(`${account.uid} ${server.state.store.revision} ${issued} ${JSON.stringify(spec)}`),
    "kubernetes.io": {
      namespace: account.namespace ?? "",
      ...bound,
      serviceaccount: { name: account.name, uid: account.uid },
    },
    nbf: issued,
    sub: `system:serviceaccount:${account.namespace}:${account.name}`,
  };
  // Simplified: the signature is made up, as in the tokens that pods find.
  const token = jsonWebToken({
    head: { alg: "RS256", kid: "simulated" },
    claims,
    signature: `${account.uid} ${claims.jti}`,
  });
  const body = {
    kind: "TokenRequest",
    apiVersion: "authentication.k8s.io/v1",
    metadata: { name: account.name, namespace: account.namespace ?? "", uid: account.uid, creationTimestamp },
    spec: { ...spec },
    status: { token, expirationTimestamp: formatRfc3339(expires * 1000) },
  };
  return { status: 201, body };
}

function specOf(body: JsonObject): Spec {
  const given = (isObject(body["spec"]) ? body["spec"] : {}) as Partial<Spec>;
  const { audiences = [], expirationSeconds: seconds = DEFAULT_SECONDS, boundObjectRef = null } = given;
  const field = "spec.expirationSeconds";
  const refuse = (detail: string): never => {
    throw invalid(TOKEN_REQUEST, "", [{ field, type: "invalid", value: seconds, detail }]);
  };
  if (seconds < LEAST_SECONDS) refuse("may not specify a duration less than 10 minutes");
  if (seconds > MOST_SECONDS) refuse("may not specify a duration larger than 2^32 seconds");
  return {
    audiences: audiences.length > 0 ? audiences : [ISSUER],
    expirationSeconds: seconds,
    boundObjectRef,
  };
}

const BOUND: Record<string, { kind: KindName; claim: string }> = {
  Node: { kind: "Node", claim: "node" },
  Pod: { kind: "Pod", claim: "pod" },
  Secret: { kind: "Secret", claim: "secret" },
};

/** A token may end with an object: a pod, whose node is named too, a Secret or a node. */
function boundClaims(
  server: Server,
  namespace: string,
  account: string,
  { boundObjectRef }: Spec,
): JsonObject {
  if (!boundObjectRef) return {};
  const { apiVersion = "", kind = "", name = "", uid } = boundObjectRef;
  const bound = apiVersion === "v1" ? BOUND[kind] : undefined;
  if (!bound) {
    const groupVersion = apiVersion.includes("/") ? apiVersion : `/${apiVersion}`;
    throw badRequest(`cannot bind token to object of type ${groupVersion}, Kind=${kind}`);
  }
  const definition = definitionOf(server.scheme, bound.kind);
  const object = getObject(server.state.store, bound.kind, definition.namespaced ? namespace : "", name);
  if (!object) throw notFound(definition, name);
  if (uid && uid !== object.metadata.uid) {
    const why = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
    throw conflict({ ...definition, plural: kind }, name, why);
  }
  const { nodeName, serviceAccountName = "" } = bound.kind === "Pod" ? (object as Pod).spec : {};
  if (bound.kind === "Pod" && serviceAccountName !== account) {
    throw badRequest(
      `cannot bind token for serviceaccount ${JSON.stringify(account)} to pod running with different serviceaccount name.`,
    );
  }
  const node = nodeName ? getObject(server.state.store, "Node", "", nodeName) : undefined;
  return {
    ...(node && { node: { name: node.metadata.name, uid: node.metadata.uid } }),
    [bound.claim]: { name, uid: object.metadata.uid },
  };
}

/** Looks like a UUID; nobody's chance is used up for it. */
function idOf(seed: string): string {
  const hex = [0, 1, 2, 3].map((part) => fnv1a(`${part} ${seed}`).toString(16).padStart(8, "0")).join("");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}
