import { expect, test } from "vitest";
import { CLUSTER_CA } from "./cluster-authority.ts";
import { writeCertificate } from "./der.ts";
import { certificatesIn, pemOf } from "./pem.ts";

test("TLS-1: a certificate that is written is read again, names, times and serial number", () => {
  const certificate = {
    subject: "C=SI; O=Acme Co; CN=kubia.example.com",
    issuer: "CN=Acme CA",
    names: ["kubia.example.com", "*.apps.example.com", "10.96.0.1"],
    serial: "9A01",
    notBefore: Date.UTC(2026, 2, 1, 9),
    notAfter: Date.UTC(2027, 2, 1, 9, 0, 59),
  };
  expect(certificatesIn(`noise\n${pemOf(writeCertificate(certificate))}`)).toEqual([certificate]);
});

test("TLS-2: the cluster's CA certificate is its own issuer's", () => {
  expect(certificatesIn(CLUSTER_CA)).toMatchObject([
    { subject: "CN=kubernetes", issuer: "CN=kubernetes", notAfter: Date.UTC(2036, 1, 28, 8, 55) },
  ]);
  expect(certificatesIn("-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n")).toEqual([]);
});
