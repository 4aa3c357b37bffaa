import { expect, test } from "vitest";
import { lab } from "../clients/testing/lab.ts";
import { endpoint, service, slice } from "../clients/testing/objects.ts";

test("INET-1: web servers say by which name they were asked, and by whom", () => {
  const { curl } = lab();
  for (const name of ["example.com", "www.example.com", "api.somecompany.com", "someapi.somecompany.com"]) {
    expect(curl(`http://${name}/x`)).toBe(`${name}: hello from the internet, 203.0.113.13\n`);
  }
});

test("INET-2: pods reach it with their node's external address, through a Service with outside endpoints too", () => {
  const made = lab();
  made.put(service("external-service", { clusterIP: "10.96.1.1" }));
  const addresses = ["11.11.11.11", "22.22.22.22"];
  const endpoints = addresses.map((ip) => ({ ...endpoint(ip), nodeName: undefined }) as never);
  made.put(slice("external-service", endpoints, [{ name: "", protocol: "TCP", port: 80 }]));
  made.run(2000);
  for (let round = 0; round < 6; round++) {
    expect(made.curl("http://external-service")).toBe(
      "external-service: hello from the internet, 203.0.113.13\n",
    );
  }
});

test("INET-3: on 443 a self-signed certificate for api.somecompany.com", () => {
  const { curl } = lab();
  const authorities = ["CN=api.somecompany.com"];
  expect(curl("https://api.somecompany.com", { authorities })).toBe(
    "api.somecompany.com: hello from the internet, 203.0.113.13\n",
  );
  expect(curl("https://example.com", { authorities })).toMatch(
    /^\(60\) SSL: no alternative certificate subject name matches target host name 'example.com'/,
  );
});

test("INET-4: a port that its servers have not is refused, every other address swallows packets", () => {
  const { curl } = lab();
  expect(curl("http://198.51.100.80:8080", { maxTimeMs: 1000 })).toMatch(/^\(7\)/);
  for (const ip of ["198.51.100.82", "33.33.33.33", "203.0.113.201"]) {
    expect(curl(`http://${ip}`, { maxTimeMs: 1000 })).toBe(
      "(28) Connection timed out after 1001 milliseconds",
    );
  }
});

test("INET-5: nodes and outside machines ask its name server, which knows nothing of the cluster", () => {
  const made = lab();
  made.context.network.addOutsideHost("ann", "198.51.100.7");
  for (const from of ["node:node-1", "outside:ann"]) {
    expect(made.resolve("www.example.com", from)).toMatchObject({
      outcome: "resolved",
      addresses: ["198.51.100.80"],
    });
    expect(made.resolve("kubernetes.default.svc.cluster.local", from)).toMatchObject({ outcome: "notFound" });
  }
});

test("INET-6: a site of its own name only, with a certificate that everybody trusts", () => {
  const { curl } = lab();
  expect(curl("https://docs.somecompany.com")).toBe(
    "docs.somecompany.com: hello from the internet, 203.0.113.13\n",
  );
  expect(curl("http://198.51.100.85")).toBe("there is no site 198.51.100.85 here\n");
  expect(curl("https://198.51.100.85")).toMatch(
    /^\(60\) SSL: no alternative certificate subject name matches target host name '198.51.100.85'/,
  );
});
