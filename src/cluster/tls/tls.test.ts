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

test("TLS-1: also one that lasts a hundred years, has names beyond ASCII, or more names than one could count", () => {
  const names = Array.from({ length: 4000 }, (_, index) => `host-${index}.example.com`);
  const certificate = {
    subject: "O=Škoda 你好; CN=web",
    issuer: "CN=Acme CA",
    names,
    serial: "9A01",
    notBefore: Date.UTC(2026, 2, 1, 9),
    notAfter: Date.UTC(2126, 2, 1, 9),
  };
  expect(certificatesIn(pemOf(writeCertificate(certificate)))).toEqual([certificate]);
  // Longer than what a call takes as arguments.
  const long = { ...certificate, names: ["a".repeat(200_000)] };
  expect(certificatesIn(pemOf(writeCertificate(long)))).toEqual([long]);
});

test("TLS-3: blocks that never end are read in one pass", () => {
  expect(certificatesIn("-----BEGIN CERTIFICATE-----".repeat(40_000))).toEqual([]);
  expect(certificatesIn(`-----END CERTIFICATE-----${CLUSTER_CA}${CLUSTER_CA}`).length).toBe(2);
});
