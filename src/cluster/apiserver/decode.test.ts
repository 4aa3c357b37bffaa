import { expect, test } from "vitest";
import { TYPES } from "#api/type-table";
import type { Json } from "#base/json";
import { decode } from "./decode.ts";

const problems = (type: string, body: Json): string[] => decode(TYPES, type, body).problems;

test("API-30: fields that the type does not have are named with their paths, and left out", () => {
  const body = {
    metadata: { name: "web", label: { app: "a" } },
    spec: { selecter: { app: "web" }, typ: "NodePort", ports: [{ port: 80, protocl: "TCP", targetport: 1 }] },
  };
  expect(decode(TYPES, "Service", body)).toEqual({
    object: { metadata: { name: "web" }, spec: { ports: [{ port: 80 }] } },
    problems: [
      'unknown field "metadata.label"',
      'unknown field "spec.ports[0].protocl"',
      'unknown field "spec.ports[0].targetport"',
      'unknown field "spec.selecter"',
      'unknown field "spec.typ"',
    ],
  });
  expect(problems("Service", { spec: { clusterIp: "10.96.0.22" } })).toEqual([
    'unknown field "spec.clusterIp"',
  ]);
});

test("API-30: keys of every object's prototype are unknown fields too", () => {
  const body = JSON.parse('{"spec":{"constructor":1,"__proto__":{"a":1},"toString":2}}') as Json;
  expect(problems("Service", body)).toEqual([
    'unknown field "spec.__proto__"',
    'unknown field "spec.constructor"',
    'unknown field "spec.toString"',
  ]);
});

test("API-30: null leaves a field unset, and an item of a list empty", () => {
  const body = { spec: { clusterIP: null, ports: [null] } };
  expect(decode(TYPES, "Service", body)).toEqual({ object: { spec: { ports: [{}] } }, problems: [] });
});

test.each([
  [{ spec: "web" }, "json: cannot unmarshal string into Go struct field Service.spec of type v1.ServiceSpec"],
  [
    { spec: { ports: { port: 80 } } },
    "json: cannot unmarshal object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort",
  ],
  [
    { spec: { ports: [{ port: "80" }] } },
    "json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32",
  ],
  [
    { spec: { ports: [{ port: 80.5 }] } },
    "json: cannot unmarshal number 80.5 into Go struct field ServicePort.spec.ports.port of type int32",
  ],
  [
    { spec: { ports: [{ port: 99_999_999_999 }] } },
    "json: cannot unmarshal number 99999999999 into Go struct field ServicePort.spec.ports.port of type int32",
  ],
  [
    { spec: { type: ["NodePort"] } },
    "json: cannot unmarshal array into Go struct field ServiceSpec.spec.type of type v1.ServiceType",
  ],
  [
    { spec: { selector: { matchLabels: {} } } },
    "json: cannot unmarshal object into Go struct field ServiceSpec.spec.selector of type string",
  ],
  [
    { spec: { ports: [{ port: 80, targetPort: 80.5 }] } },
    "json: cannot unmarshal number 80.5 into Go struct field ServicePort.spec.ports.targetPort of type int32",
  ],
  [
    { metadata: { labels: { version: 1 } } },
    "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string",
  ],
  [
    { metadata: { creationTimestamp: "yesterday" } },
    'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"',
  ],
])("API-31: wrong types are refused in Go's words: %j", (body, text) => {
  expect(() => decode(TYPES, "Service", body)).toThrow(text);
});

test("API-31: fields of an embedded struct carry its name, as Go's decoder says it", () => {
  const probe = { containers: [{ name: "main", readinessProbe: { exec: { command: "ls" } } }] };
  expect(() => decode(TYPES, "Pod", { spec: probe })).toThrow(
    "json: cannot unmarshal string into Go struct field ExecAction.spec.containers.readinessProbe.ProbeHandler.exec.command of type []string",
  );
});

test("API-31: types that share a name in Go are named as Go names them", () => {
  expect(() => decode(TYPES, "EndpointSlice", { ports: [{ port: "80" }] })).toThrow(
    "json: cannot unmarshal string into Go struct field EndpointPort.ports.port of type int32",
  );
});

test.each([
  ["64Mk", "unable to parse quantity's suffix"],
  ["1.2.3", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  ["much", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
])("API-31: what is no quantity is refused in Go's words: %s", (memory, text) => {
  const containers = [{ name: "main", resources: { limits: { memory } } }];
  expect(() => decode(TYPES, "Pod", { spec: { containers } })).toThrow(text);
});

test.each([
  ["not base64!", 3],
  ["abc", 0],
  ["YWJjZA=", 7],
  ["YWJjZA==x", 8],
])("API-31: bytes that are no base64 are refused where they stop being it: %s", (text, at) => {
  expect(() => decode(TYPES, "ConfigMap", { binaryData: { a: text } })).toThrow(
    `illegal base64 data at input byte ${at}`,
  );
});
