import { expect, test } from "vitest";
import { explain } from "./explain.ts";

test("allowed values end where the server's list of them ends", () => {
  const text =
    'Service "9x" is invalid: [spec.type: Unsupported value: "X": supported values: "ClusterIP", "NodePort", metadata.name: Required value]';
  expect(explain(text)).toEqual({
    key: "explainUnsupported",
    values: { got: "X", values: '"ClusterIP", "NodePort"' },
  });
});

test("a wrong type is explained in words of YAML where it is a list or has fields", () => {
  const wrong = (got: string, wanted: string): string =>
    explain(`json: cannot unmarshal ${got} into Go struct field ServiceSpec.spec.ports of type ${wanted}`)
      .key;
  expect(wrong("object", "[]v1.ServicePort")).toBe("explainList");
  expect(wrong("string", "v1.ServiceSpec")).toBe("explainFields");
  expect(wrong("string", "map[string]string")).toBe("explainFields");
  expect(wrong("number", "v1.ServiceType")).toBe("explainType");
  expect(wrong("string", "int32")).toBe("explainType");
});
