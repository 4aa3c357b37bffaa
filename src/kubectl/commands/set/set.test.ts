import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

const WORLD = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 0
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: nginx}, {name: side, image: busybox}]}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web, tier: front}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {log.level: debug}
`;

function talk() {
  const { run } = terminal(WORLD);
  return async (line: string): Promise<string> => {
    const { stdout, stderr } = await run(line);
    return stdout + stderr;
  };
}

const CONTAINER = "get deploy web -o jsonpath={.spec.template.spec.containers[0]";

test("KWRITE-32: images", async () => {
  const said = talk();
  expect(await said("set image deploy/web main=nginx:1.28")).toBe("deployment.apps/web image updated\n");
  expect(await said("set image deploy/web main=nginx:1.28")).toBe("");
  expect(await said("set image deploy web '*=httpd'")).toBe("deployment.apps/web image updated\n");
  expect(await said("get deploy web -o jsonpath={.spec.template.spec.containers[*].image}")).toBe(
    "httpd httpd",
  );
  expect(await said("set image deploy/web other=nginx")).toBe(
    'error: unable to find container named "other"\n',
  );
  expect(await said("set image svc/web main=nginx")).toBe(
    "error: services/web the object is not a pod or does not have a pod template: *v1.Service\n",
  );
});

test("KWRITE-32: environment", async () => {
  const said = talk();
  expect(await said("set env deploy/web A=1 B=2 -c main")).toBe("deployment.apps/web env updated\n");
  expect(await said("set env deploy/web A- C=3 -c main")).toBe("deployment.apps/web env updated\n");
  expect(await said("set env deploy/web --from=configmap/settings --prefix=X_ -c main")).toBe(
    "deployment.apps/web env updated\nWarning: key log.level transferred to LOG_LEVEL\n",
  );
  expect(await said("set env deploy/web --list")).toBe(
    "# Deployment web, container main\nB=2\nC=3\n# X_LOG_LEVEL from configmap settings, key log.level\n# Deployment web, container side\n",
  );
  expect(await said("set env deploy/web --list --resolve -c main")).toBe(
    "# Deployment web, container main\nB=2\nC=3\nX_LOG_LEVEL=debug\n",
  );
  expect(await said("set env deploy/web B=9 --overwrite=false -c main")).toBe(
    "error: deployments/web 'B' already has a value (2), and --overwrite is false\n",
  );
});

test("KWRITE-32, KWRITE-33: resources, service account, selector", async () => {
  const said = talk();
  expect(await said("set resources deploy web --limits=cpu=200m,memory=128Mi -c main")).toBe(
    "deployment.apps/web resource requirements updated\n",
  );
  expect(await said(`${CONTAINER}.resources}`)).toBe('{"limits":{"cpu":"200m","memory":"128Mi"}}');
  expect(await said("set resources deploy web --limits=cpu=lots")).toBe(
    "error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'\n",
  );
  expect(await said("set sa deploy web robot")).toBe("deployment.apps/web serviceaccount updated\n");
  expect(await said("set selector svc web app=other")).toBe("service/web selector updated\n");
  expect(await said("get svc web -o jsonpath={.spec.selector}")).toBe('{"app":"other"}');
  expect(await said("set selector svc web 'app in (a,b)'")).toBe(
    "error: match expression [{app In [a b]}] not supported on this object\n",
  );
});
