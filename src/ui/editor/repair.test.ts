import { expect, test } from "vitest";
import { modernizeIngress, renameField, untab } from "./repair.ts";

test("EDIT-1: tabs that indent become spaces, others stay", () => {
  expect(untab("metadata:\n\tname: web\n \t x: a\tb\n")).toBe("metadata:\n  name: web\n    x: a\tb\n");
});

test("EDIT-2: the book's Ingress becomes one of networking.k8s.io/v1", () => {
  const book = `apiVersion: extensions/v1beta1
kind: Ingress
metadata:
  name: kubia
spec:
  rules:
  - host: kubia.example.com
    http:
      paths:
      - path: /
        backend:
          serviceName: kubia-nodeport
          servicePort: 80
`;
  expect(modernizeIngress(book)).toBe(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: kubia
spec:
  rules:
  - host: kubia.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: kubia-nodeport
            port:
              number: 80
`);
});

test("EDIT-3: a misspelt field is renamed on its line only", () => {
  expect(renameField("a:\n  selecter: {app: x}\nselecter: 1\n", 2, "selecter", "selector")).toBe(
    "a:\n  selector: {app: x}\nselecter: 1\n",
  );
});
