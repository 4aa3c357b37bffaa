// The tokens controller: Secrets of the type service-account-token get a token for their ServiceAccount and go with it.
// Kubernetes: pkg/controller/serviceaccount/tokens_controller.go (v1.35)
import type { Secret } from "#api/secret/types";
import type { ServiceAccount } from "#api/serviceaccount/types";
import { encodeBase64 } from "#base/base64";
import { jsonWebToken } from "#base/json-web-token";
import { defineComponent, isKind, type Context } from "../../machine/component.ts";
import { CLUSTER_CA } from "../../tls/cluster-authority.ts";

const TYPE = "kubernetes.io/service-account-token";
const ACCOUNT_NAME = "kubernetes.io/service-account.name";
const ACCOUNT_UID = "kubernetes.io/service-account.uid";

export const tokensController = defineComponent<Record<string, never>>({
  name: "tokens-controller",
  start: () => ({}),
  watches: ["Secret", "ServiceAccount"],
  watchDelayMs: () => 5,
  onChanges(context, _state, changes) {
    for (const change of changes) {
      const { name, namespace = "" } = change.object.metadata;
      if (isKind(change, "Secret")) {
        if (change.type !== "DELETED" && change.object.type === TYPE) sync(context, namespace, name);
      } else if (change.type === "DELETED") removeTokens(context, namespace, name);
    }
  },
});

function sync(context: Context, namespace: string, name: string): void {
  const secret = context.api.get("Secret", namespace, name);
  if (!secret || secret.type !== TYPE || secret.metadata.deletionTimestamp !== undefined) return;
  const account = accountOf(context, namespace, secret);
  if (account) fill(context, secret, account);
  else context.api.delete("Secret", namespace, name);
}

/** One that was deleted and made again is another one. */
function accountOf(context: Context, namespace: string, { metadata }: Secret): ServiceAccount | undefined {
  const account = context.api.get("ServiceAccount", namespace, metadata.annotations?.[ACCOUNT_NAME] ?? "");
  const uid = metadata.annotations?.[ACCOUNT_UID];
  return account && (!uid || uid === account.metadata.uid) ? account : undefined;
}

function fill(context: Context, secret: Secret, account: ServiceAccount): void {
  const { metadata, data = {} } = secret;
  const { namespace = "" } = metadata;
  const ca = encodeBase64(CLUSTER_CA);
  const isFilled = data["ca.crt"] === ca && data["namespace"] === encodeBase64(namespace) && data["token"];
  if (isFilled && metadata.annotations?.[ACCOUNT_UID]) return;
  const annotations = { ...metadata.annotations, [ACCOUNT_UID]: account.metadata.uid ?? "" };
  const token = data["token"] || encodeBase64(tokenFor(secret, account));
  context.api.update("Secret", {
    ...secret,
    metadata: { ...metadata, annotations },
    data: { ...data, "ca.crt": ca, namespace: encodeBase64(namespace), token },
  });
}

// Simplified: the signature is made up; the simulated API server asks nobody for a token.
function tokenFor({ metadata }: Secret, account: ServiceAccount): string {
  const { namespace = "", name } = metadata;
  const claim = "kubernetes.io/serviceaccount";
  return jsonWebToken({
    head: { alg: "RS256", kid: "simulated" },
    claims: {
      iss: "kubernetes/serviceaccount",
      [`${claim}/namespace`]: namespace,
      [`${claim}/secret.name`]: name,
      [`${claim}/service-account.name`]: account.metadata.name,
      [`${claim}/service-account.uid`]: account.metadata.uid ?? "",
      sub: `system:serviceaccount:${namespace}:${account.metadata.name}`,
    },
    signature: metadata.uid ?? "",
  });
}

function removeTokens(context: Context, namespace: string, account: string): void {
  for (const { type, metadata } of context.api.list("Secret", { namespace })) {
    if (type !== TYPE || metadata.annotations?.[ACCOUNT_NAME] !== account) continue;
    sync(context, namespace, metadata.name);
  }
}
