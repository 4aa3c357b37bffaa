import { expect, test } from "vitest";
import { decodeBase64, decodeBase64Url } from "#base/base64";
import type { JsonObject } from "#base/json";
import { createControlPlane } from "../testing/control-plane.ts";

const secret = (name: string, account: string): JsonObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, annotations: { "kubernetes.io/service-account.name": account } },
  type: "kubernetes.io/service-account-token",
});

test("SA-1: a Secret for a ServiceAccount gets its token, the CA and the namespace, and goes with the account", () => {
  const plane = createControlPlane();
  plane.api.create("ServiceAccount", "default", {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "robot" },
  });
  plane.api.create("Secret", "default", secret("token", "robot"));
  plane.advance(100);
  const { uid } = plane.api.get("ServiceAccount", "default", "robot")!.metadata;
  const { metadata, data } = plane.api.get("Secret", "default", "token")!;
  expect(metadata.annotations).toEqual({
    "kubernetes.io/service-account.name": "robot",
    "kubernetes.io/service-account.uid": uid,
  });
  expect(Object.keys(data!).sort()).toEqual(["ca.crt", "namespace", "token"]);
  expect(decodeBase64(data!["namespace"]!)).toBe("default");
  expect(decodeBase64(data!["ca.crt"]!)).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  const claims = decodeBase64Url(decodeBase64(data!["token"]!).split(".")[1]!)!;
  expect(JSON.parse(String.fromCharCode(...claims))).toEqual({
    iss: "kubernetes/serviceaccount",
    "kubernetes.io/serviceaccount/namespace": "default",
    "kubernetes.io/serviceaccount/secret.name": "token",
    "kubernetes.io/serviceaccount/service-account.name": "robot",
    "kubernetes.io/serviceaccount/service-account.uid": uid,
    sub: "system:serviceaccount:default:robot",
  });
  plane.api.delete("ServiceAccount", "default", "robot");
  plane.advance(100);
  expect(plane.api.get("Secret", "default", "token")).toBe(undefined);
});

test("SA-2: a Secret for a ServiceAccount that is not there is deleted at once", () => {
  const plane = createControlPlane();
  plane.api.create("Secret", "default", secret("token", "nobody"));
  expect(plane.api.get("Secret", "default", "token")).not.toBe(undefined);
  plane.advance(100);
  expect(plane.api.get("Secret", "default", "token")).toBe(undefined);
});
