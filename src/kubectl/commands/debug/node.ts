// kubectl debug node/NAME: a pod on that node, past the scheduler and in spite of every taint.
// Kubernetes: generateNodeDebugPod in staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go (v1.35)
import type { Pod } from "#api/pod/types";
import { flag, text } from "../../flags.ts";
import { withCustom } from "./custom.ts";
import { containerFromFlags, createPod, suffixOf, type Draft, type Making } from "./making.ts";
import { applyProfile } from "./profiles.ts";

export function podOnNode(making: Making, node: string, namespace: string): { pod: Pod; container: string } {
  const { io, flags, custom } = making;
  const own = text(flags, "container") || "debugger";
  const name = `node-debugger-${node}-${suffixOf(`${node} ${io.nowMs()}`)}`;
  if (!flag(flags, "quiet"))
    io.stdout(`Creating debugging pod ${name} with container ${own} on node ${node}.\n`);
  const container = containerFromFlags(making, own);
  const draft: Draft = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { "app.kubernetes.io/managed-by": "kubectl-debug" } },
    spec: {
      containers: [container],
      nodeName: node,
      restartPolicy: "Never",
      tolerations: [{ operator: "Exists" }],
    },
  };
  applyProfile(flags, draft, container, "node");
  draft.spec.containers = [withCustom(container, custom)];
  return { pod: createPod(io, namespace, draft), container: own };
}
