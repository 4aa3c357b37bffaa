// Names that every JavaScript object inherits something under are valid labels, keys, variables and context names.
import { expect, test } from "vitest";
import { terminal } from "./terminal.ts";
import { world } from "./world.ts";

const POD = `apiVersion: v1
kind: Pod
metadata: {name: x, labels: {app: x}}
spec:
  containers:
  - {name: x, image: busybox, command: [sh, -c, "sleep 3600"], env: [{name: __proto__, value: own}]}
`;

const made = (): ReturnType<typeof terminal> => {
  const cluster = world().apply(POD).advance("15s");
  return terminal(cluster);
};

test.each(["constructor", "toString", "hasOwnProperty"])(
  "INHERITED-1: a label or annotation %s is not there before it is set",
  async (name) => {
    const { kubectl } = made();
    expect((await kubectl(`get pods -l ${name}`)).stderr).toBe("No resources found in default namespace.\n");
    expect((await kubectl(`get pod x --no-headers -L ${name}`)).stdout).toMatch(
      /^x +1\/1 +Running +0 +15s *\n$/,
    );
    expect((await kubectl(`label pod x ${name}=a`)).stdout).toBe("pod/x labeled\n");
    expect((await kubectl(`annotate pod x ${name}=a`)).stdout).toBe("pod/x annotated\n");
    expect((await kubectl(`get pods -o name -l ${name}=a`)).stdout).toBe("pod/x\n");
    expect((await kubectl(`label pod x ${name}-`)).stdout).toBe("pod/x unlabeled\n");
  },
);

test.each(["constructor", "toString", "__proto__"])(
  "INHERITED-2: a ConfigMap may have the key %s",
  async (name) => {
    const { kubectl } = made();
    expect(await kubectl(`create configmap cm --from-literal=${name}=v`)).toEqual({
      stdout: "configmap/cm created\n",
      stderr: "",
      exit: 0,
    });
    expect((await kubectl(`get configmap cm -o jsonpath={.data.${name}}`)).stdout).toBe("v");
  },
);

test("INHERITED-3: no context has such a name, and no variable but one that is set", async () => {
  const { kubectl, inPod } = made();
  expect((await kubectl("config get-contexts constructor -o name")).stderr).toBe(
    "error: context constructor not found\n",
  );
  expect((await kubectl("config use-context constructor")).stderr).toBe(
    'error: no context exists with the name: "constructor"\n',
  );
  expect(inPod("x", "printenv constructor")).toEqual({ stdout: "", stderr: "", exit: 1 });
  expect(inPod("x", "printenv toString __proto__")).toMatchObject({ exit: 1 });
});
