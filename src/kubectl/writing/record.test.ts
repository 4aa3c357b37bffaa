import { expect, test } from "vitest";
import { terminal } from "../testing/terminal.ts";

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: kubia}
spec:
  replicas: 1
  selector: {matchLabels: {app: kubia}}
  template: {metadata: {labels: {app: kubia}}, spec: {containers: [{name: nodejs, image: "luksa/kubia:v1"}]}}
`;

test("KWRITE-37: --record is deprecated and still writes the line down as the cause of a revision", async () => {
  const { run, files, cluster } = terminal("", { imagesPresent: true });
  files.set("kubia-deployment-v1.yaml", DEPLOYMENT);
  expect(await run("create -f kubia-deployment-v1.yaml --record")).toEqual({
    stdout: "deployment.apps/kubia created\n",
    stderr: "Flag --record has been deprecated, --record will be removed in the future\n",
    exit: 0,
  });
  cluster.advance(5000);
  await run("set image deployment kubia nodejs=luksa/kubia:v2 --record");
  cluster.advance(60_000);
  expect((await run("rollout history deployment kubia")).stdout).toBe(`deployment.apps/kubia 
REVISION  CHANGE-CAUSE
1         kubectl create --filename=kubia-deployment-v1.yaml --record=true
2         kubectl set image deployment kubia nodejs=luksa/kubia:v2 --record=true

`);
  await run("scale deployment kubia --replicas=2 --record");
  expect(
    (await run("get deploy kubia -o jsonpath={.metadata.annotations.kubernetes\\.io/change-cause}")).stdout,
  ).toBe("kubectl scale deployment kubia --replicas=2 --record=true");
});
