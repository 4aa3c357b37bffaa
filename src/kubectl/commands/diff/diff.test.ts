import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const service = (port: number): string => `apiVersion: v1
kind: Service
metadata: {name: kubia}
spec: {clusterIP: 10.96.7.7, selector: {app: kubia}, ports: [{name: http, port: 80, targetPort: ${port}}]}
`;

test("KWRITE-44: diff shows what apply would change", async () => {
  const { run, files } = terminal(service(8080));
  files.set("same.yaml", service(8080)).set("other.yaml", service(9090)).set("bad.yaml", service(99_999));
  expect(await run("diff -f same.yaml")).toEqual({ stdout: "", stderr: "", exit: 0 });
  const { stdout, exit } = await run("diff -f other.yaml");
  expect(exit).toBe(1);
  expect(stdout.replace(/-\d{5,}/g, "-N").replace(/\t.*/g, ""))
    .toBe(`diff -u -N /tmp/LIVE-N/v1.Service.default.kubia /tmp/MERGED-N/v1.Service.default.kubia
--- /tmp/LIVE-N/v1.Service.default.kubia
+++ /tmp/MERGED-N/v1.Service.default.kubia
@@ -21,7 +21,7 @@
   - name: http
     port: 80
     protocol: TCP
-    targetPort: 8080
+    targetPort: 9090
   selector:
     app: kubia
   sessionAffinity: None
`);
  expect(await run("diff -f none.yaml")).toEqual({
    stdout: "",
    stderr: 'error: the path "none.yaml" does not exist\n',
    exit: 2,
  });
  expect((await run("diff -f bad.yaml")).exit).toBe(2);
});

test("KWRITE-44: values of Secrets are hidden", async () => {
  const secret = (word: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: {name: pass}\nstringData: {password: ${word}, user: me}\n`;
  const { run, files } = terminal(secret("old"));
  files.set("new.yaml", secret("new"));
  const { stdout } = await run("diff -f new.yaml");
  expect(stdout.split("\n").filter((line) => /^[-+ ] {2}\w+: '?\*/.test(line))).toEqual([
    "-  password: '*** (before)'",
    "+  password: '*** (after)'",
    "   user: '***'",
  ]);
});
