// In whose name kubectl asks: that of the kubeconfig, of a token, or of --as.
// Kubernetes: staging/src/k8s.io/apiserver/pkg/endpoints/filters/impersonation (v1.35)
import { decodeBase64Url } from "#base/base64";
import { fnv1a } from "#base/hash";
import { decodeUtf8 } from "#base/utf8";
import { ADMINISTRATOR, isAdministrator, userNamed, type User } from "#cluster/apiserver/access-rules";
import { refusalFor } from "#cluster/apiserver/authorize";
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import type { Json } from "#base/json";
import type { FlagValues, KubectlIo } from "./command.ts";
import { list, text } from "./flags.ts";

const AUDIENCE = "https://kubernetes.default.svc";
const CREDENTIAL = "authentication.kubernetes.io/credential-id";

/** Undefined for a token that the server cannot read. */
export function userOf(io: KubectlIo, flags: FlagValues): User | undefined {
  const context = io.config.contexts[text(flags, "context") || io.config.currentContext];
  const named = text(flags, "user") || context?.user || "";
  const kept = io.config.users?.[named]?.["token"];
  const token = text(flags, "token") || (typeof kept === "string" ? kept : "");
  const own = token ? ofToken(token) : administrator(named);
  const as = text(flags, "as");
  if (!own || as === "") return own;
  const uid = text(flags, "as-uid");
  const extra = extraOf(list(flags, "as-user-extra"));
  return { ...userNamed(as, list(flags, "as-group")), ...(uid && { uid }), ...(extra && { extra }) };
}

// Simplified: every user of the kubeconfig without a token has the administrator's certificate; its print is made up.
function administrator(name: string): User {
  const print = [0, 1, 2, 3, 4, 5, 6, 7].map((part) =>
    fnv1a(`${part} ${name}`).toString(16).padStart(8, "0"),
  );
  return { ...ADMINISTRATOR, extra: { [CREDENTIAL]: [`X509SHA256=${print.join("")}`] } };
}

/** A token is good if its claims can be read, and it is meant for the API server. */
function ofToken(token: string): User | undefined {
  const payload = /^[^.]+\.([^.]+)\./.exec(token)?.[1];
  const claims = decodeUtf8(decodeBase64Url(payload ?? "") ?? []);
  const audiences = /"aud":\[([^\]]*)\]/.exec(claims)?.[1];
  if (audiences !== undefined && !audiences.includes(AUDIENCE)) return undefined;
  const name = /"sub":"(system:serviceaccount:[^"]+)"/.exec(claims)?.[1];
  if (name === undefined) return undefined;
  const uid = /"serviceaccount":\{[^}]*"uid":"([^"]+)"/.exec(claims)?.[1];
  const id = /"jti":"([^"]+)"/.exec(claims)?.[1];
  return {
    ...userNamed(name),
    ...(uid !== undefined && { uid }),
    ...(id !== undefined && { extra: { [CREDENTIAL]: [`JTI=${id}`] } }),
  };
}

function extraOf(words: readonly string[]): User["extra"] | undefined {
  if (words.length === 0) return undefined;
  const extra: Record<string, string[]> = {};
  for (const word of words) {
    const equals = word.indexOf("=");
    const key = word.slice(0, Math.max(equals, 0)).toLowerCase();
    (extra[key] ??= []).push(word.slice(equals + 1));
  }
  return extra;
}

const UNAUTHORIZED: Json = {
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Failure",
  message: "the server has asked for the client to provide credentials",
  reason: "Unauthorized",
  code: 401,
};

/** The server's door as this user finds it. */
export function doorFor(
  user: User | undefined,
  handle: KubectlIo["handle"],
): (request: ApiRequest) => ApiResponse {
  if (user && isAdministrator(user)) return handle;
  return (request) => {
    if (!user) return { status: 401, body: UNAUTHORIZED, warnings: [] };
    const status = refusalFor(user, request);
    return status ? { status: 403, body: status as unknown as Json, warnings: [] } : handle(request);
  };
}
