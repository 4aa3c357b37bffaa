import { expect, test } from "vitest";
import type { Json, JsonObject } from "#base/json";
import { decodeBase64Url } from "#base/base64";
import { decodeUtf8 } from "#base/utf8";
import { createApiMachine, type ApiMachine } from "./testing/api-machine.ts";

const PATH = "/api/v1/namespaces/default/serviceaccounts/robot/token";

function withAccount(): ApiMachine {
  const machine = createApiMachine();
  for (const name of ["default", "robot"])
    machine.api.create("ServiceAccount", "default", { metadata: { name } });
  machine.send("POST", "/api/v1/namespaces/default/pods", {
    metadata: { name: "web" },
    spec: { containers: [{ name: "main", image: "nginx" }] },
  });
  return machine;
}

const claimsOf = (token: Json): JsonObject =>
  JSON.parse(decodeUtf8(decodeBase64Url(String(token).split(".")[1]!)!)) as JsonObject;

test("API-47: token gives a service account's token for an hour or as long as was asked", () => {
  const { send, api } = withAccount();
  const { uid } = api.get("ServiceAccount", "default", "robot")!.metadata;
  const { status, body } = send("POST", PATH, { spec: {} });
  const { token, expirationTimestamp } = (body as JsonObject)["status"] as JsonObject;
  expect(status).toBe(201);
  const issuer = "https://kubernetes.default.svc.cluster.local";
  const claims = claimsOf(token!);
  expect(claims).toEqual({
    aud: [issuer],
    exp: (claims["iat"] as number) + 3600,
    iat: claims["iat"],
    iss: issuer,
    jti: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/) as string,
    "kubernetes.io": { namespace: "default", serviceaccount: { name: "robot", uid } },
    nbf: claims["iat"],
    sub: "system:serviceaccount:default:robot",
  });
  expect(Date.parse(String(expirationTimestamp)) / 1000).toBe(claims["exp"]);
  const longer = send("POST", PATH, { spec: { audiences: ["vault"], expirationSeconds: 7200 } })
    .body as JsonObject;
  const other = claimsOf((longer["status"] as JsonObject)["token"]!);
  expect([other["aud"], (other["exp"] as number) - (other["iat"] as number)]).toEqual([["vault"], 7200]);
  const pod = api.get("Pod", "default", "web")!.metadata;
  const boundObjectRef = { kind: "Pod", apiVersion: "v1", name: "web" };
  const bound = send("POST", PATH.replace("robot", "default"), { spec: { boundObjectRef } })
    .body as JsonObject;
  expect(claimsOf((bound["status"] as JsonObject)["token"]!)["kubernetes.io"]).toMatchObject({
    pod: { name: "web", uid: pod.uid },
  });
});

test("API-48: a token needs its account and its object, and lasts ten minutes at least", () => {
  const { send } = withAccount();
  const message = (spec: JsonObject, path = PATH) =>
    (send("POST", path, { spec }).body as JsonObject)["message"];
  expect(message({}, PATH.replace("robot", "nobody"))).toBe('serviceaccounts "nobody" not found');
  expect(message({ expirationSeconds: 60 })).toBe(
    'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
  );
  const bound = (kind: string, name: string) => message({ boundObjectRef: { kind, apiVersion: "v1", name } });
  expect(bound("Secret", "gone")).toBe('secrets "gone" not found');
  expect(bound("ConfigMap", "x")).toBe("cannot bind token to object of type /v1, Kind=ConfigMap");
  expect(bound("Pod", "web")).toBe(
    'cannot bind token for serviceaccount "robot" to pod running with different serviceaccount name.',
  );
  expect(send("GET", PATH).status).toBe(405);
});
