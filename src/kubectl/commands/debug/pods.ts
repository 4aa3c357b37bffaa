// The pods and containers that debug makes.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go, profiles.go (v1.35)
import type { Pod } from "#api/pod/types";
import { clone, type JsonObject } from "#base/json";
import type { FlagValues } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { parsePairs } from "../../writing/pairs.ts";

export function debugContainer(flags: FlagValues, name: string, command: readonly string[]): JsonObject {
  const env = Object.entries(parsePairs(list(flags, "env"), "env", false).set).map(([key, value]) => ({
    name: key,
    value,
  }));
  const pull = text(flags, "image-pull-policy");
  return {
    name,
    image: text(flags, "image"),
    ...(command.length > 0 && { [flag(flags, "arguments-only") ? "args" : "command"]: [...command] }),
    ...(env.length > 0 && { env }),
    ...(pull && { imagePullPolicy: pull }),
    ...(flag(flags, "stdin") && { stdin: true }),
    ...(flag(flags, "tty") && { tty: true }),
    terminationMessagePolicy: "File",
  };
}

/** The node's own namespaces, and its disk below /host. */
export function podOnNode(node: string, suffix: string, container: JsonObject): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: `node-debugger-${node}-${suffix}`,
      labels: { "app.kubernetes.io/managed-by": "kubectl-debug" },
    },
    spec: {
      containers: [{ ...container, volumeMounts: [{ name: "host-root", mountPath: "/host" }] }],
      hostIPC: true,
      hostNetwork: true,
      hostPID: true,
      nodeName: node,
      restartPolicy: "Never",
      tolerations: [{ operator: "Exists" }],
      volumes: [{ name: "host-root", hostPath: { path: "/" } }],
    },
  };
}

/** The pod without its labels, probes and node, with the debug container behind or in place of the others. */
export function copyOfPod(
  pod: Pod,
  flags: FlagValues,
  container: JsonObject | undefined,
  command: readonly string[],
): JsonObject {
  const spec = clone(pod.spec) as unknown as JsonObject & { containers: JsonObject[] };
  const { labels, annotations } = pod.metadata;
  if (!flag(flags, "same-node")) delete spec["nodeName"];
  delete spec["ephemeralContainers"];
  spec["shareProcessNamespace"] = flag(flags, "share-processes");
  const images = parsePairs(list(flags, "set-image"), "set-image", false).set;
  for (const item of spec.containers) {
    for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"]) delete item[probe];
    const image = images["*"] ?? images[String(item["name"])];
    if (image) item["image"] = image;
  }
  const own = text(flags, "container");
  if (container) {
    const same = spec.containers.findIndex(({ name }) => name === container["name"]);
    if (same < 0) spec.containers.push(container);
    else spec.containers[same] = { ...spec.containers[same], ...container };
  } else if (own && command.length > 0) {
    const changed = spec.containers.find(({ name }) => name === own);
    if (!changed) throw plainError(`container ${JSON.stringify(own)} not found in pod`);
    changed["command"] = [...command];
  }
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: text(flags, "copy-to"),
      ...(flag(flags, "keep-labels") && labels && { labels }),
      ...(flag(flags, "keep-annotations") && annotations && { annotations }),
    },
    spec,
  };
}
