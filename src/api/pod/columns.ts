// The columns of `kubectl get pods`.
// Kubernetes: printPod in pkg/printers/internalversion/printers.go (v1.35)
import { isTrue } from "../conditions.ts";
import type { Column } from "../define.ts";
import { humanDuration } from "../duration.ts";
import { ageColumn, column, nameColumn, NONE } from "../table.ts";
import { podSummary } from "./summary.ts";
import type { Pod } from "./types.ts";

function gatesCell({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return NONE;
  const passed = gates.filter(({ conditionType }) => isTrue(status.conditions, conditionType));
  return `${passed.length}/${gates.length}`;
}

export const podColumns: Column<Pod>[] = [
  nameColumn(),
  column({
    name: "Ready",
    description: "The aggregate readiness state of this pod for accepting traffic.",
    value: (pod) => {
      const { ready, total } = podSummary(pod);
      return `${ready}/${total}`;
    },
  }),
  column({
    name: "Status",
    description: "The aggregate status of the containers in this pod.",
    value: (pod) => podSummary(pod).status,
  }),
  column({
    name: "Restarts",
    description:
      "The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.",
    value: (pod, { nowMs }) => {
      const { restarts, lastRestartMs } = podSummary(pod);
      if (restarts === 0 || lastRestartMs === undefined) return String(restarts);
      return `${restarts} (${humanDuration(nowMs - lastRestartMs)} ago)`;
    },
  }),
  ageColumn(),
  column({
    name: "IP",
    description: "podIP address allocated to the pod.",
    wide: true,
    value: ({ status }) => status.podIPs?.[0]?.ip || NONE,
  }),
  column({
    name: "Node",
    description: "NodeName indicates in which node this pod is scheduled.",
    wide: true,
    value: ({ spec }) => spec.nodeName || NONE,
  }),
  column({
    name: "Nominated Node",
    description: "nominatedNodeName is set only when this pod preempts other pods on the node.",
    wide: true,
    value: ({ status }) => (status as { nominatedNodeName?: string }).nominatedNodeName || NONE,
  }),
  column({
    name: "Readiness Gates",
    description: "If specified, all readiness gates will be evaluated for pod readiness.",
    wide: true,
    value: gatesCell,
  }),
];
