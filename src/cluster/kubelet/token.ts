// The service account token that a pod finds in its file system: the shape of a bound token, signed by nobody.
import type { WebToken } from "#base/json-web-token";
import type { Context } from "../machine/component.ts";
import type { PodState } from "./state.ts";

const LIFETIME_S = 3607;

// Simplified: the signature is made up; the simulated API server asks nobody for a token.
export function serviceAccountToken(context: Context, state: PodState, audience?: string): WebToken {
  const issued = Math.floor(context.wallMs / 1000);
  const issuer = "https://kubernetes.default.svc.cluster.local";
  const account = state.pod.spec.serviceAccountName ?? "default";
  const claims = {
    aud: [audience ?? issuer],
    exp: issued + LIFETIME_S,
    iat: issued,
    iss: issuer,
    "kubernetes.io": {
      namespace: state.namespace,
      node: { name: state.node },
      pod: { name: state.name, uid: state.uid },
      serviceaccount: { name: account },
    },
    sub: `system:serviceaccount:${state.namespace}:${account}`,
  };
  return { head: { alg: "RS256", kid: "simulated" }, claims, signature: state.uid };
}
