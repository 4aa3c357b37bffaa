// kubectl describe pod.
// Kubernetes: describePod in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import { ageOf } from "#api/duration";
import { qosClass } from "#api/pod/qos";
import type { Pod, PodSpec } from "#api/pod/types";
import { containersLines, resourceLines } from "./containers.ts";
import { defineDescriber, type DescribeContext } from "./context.ts";
import { eventLines } from "./events.ts";
import { annotationLines, dateText, labelLines, line, tolerationLines, type Lines } from "./lines.ts";
import { controllerLines } from "./owner.ts";
import { spreadLines } from "./pod-template.ts";
import { volumesLines } from "./volumes.ts";

type WideSpec = PodSpec & {
  priorityClassName?: string;
  runtimeClassName?: string;
  resources?: Parameters<typeof resourceLines>[0];
};

const MIRROR = "kubernetes.io/config.mirror";

export const podDescriber = defineDescriber<Pod>("", "Pod", (pod, context) => {
  const { metadata, spec, status } = pod;
  const { initContainerStatuses, containerStatuses, ephemeralContainerStatuses } = status;
  const { initContainers = [], containers, ephemeralContainers = [] } = spec;
  const { resources } = spec as WideSpec;
  const uid = metadata.annotations?.[MIRROR];
  const searched = uid === undefined ? pod : { ...pod, metadata: { ...metadata, uid } };
  return [
    ...headLines(pod),
    ...statusLines(pod, context),
    ...addressLines(pod),
    ...(resources ? [line(0, "Resources:"), ...resourceLines(resources, 1)] : []),
    ...(initContainers.length > 0
      ? containersLines({
          title: "Init Containers",
          containers: initContainers,
          statuses: initContainerStatuses,
          pod,
        })
      : []),
    ...containersLines({ title: "Containers", containers, statuses: containerStatuses, pod }),
    ...(ephemeralContainers.length > 0
      ? containersLines({
          title: "Ephemeral Containers",
          containers: ephemeralContainers,
          statuses: ephemeralContainerStatuses,
          pod,
        })
      : []),
    ...conditionLines(pod),
    ...volumesLines(spec.volumes),
    line(0, "QoS Class:", status.qosClass || qosClass(spec)),
    ...labelLines("Node-Selectors", spec.nodeSelector),
    ...tolerationLines("Tolerations", spec.tolerations),
    ...spreadLines(spec.topologySpreadConstraints, ""),
    ...eventLines(searched, context, { anyKind: true }),
  ];
});

function headLines({ metadata, spec, status }: Pod): Lines {
  const { priority, priorityClassName, runtimeClassName, serviceAccountName, nodeName } = spec as WideSpec;
  return [
    line(0, "Name:", metadata.name),
    line(0, "Namespace:", metadata.namespace ?? ""),
    ...(priority === undefined ? [] : [line(0, "Priority:", String(priority))]),
    ...(priorityClassName ? [line(0, "Priority Class Name:", priorityClassName)] : []),
    ...(runtimeClassName ? [line(0, "Runtime Class Name:", runtimeClassName)] : []),
    ...(serviceAccountName ? [line(0, "Service Account:", serviceAccountName)] : []),
    line(0, "Node:", nodeName ? `${nodeName}/${status.hostIP ?? ""}` : "<none>"),
    ...(status.startTime ? [line(0, "Start Time:", dateText(status.startTime))] : []),
    ...labelLines("Labels", metadata.labels),
    ...annotationLines("Annotations", metadata.annotations),
  ];
}

function statusLines({ metadata, spec, status }: Pod, { nowMs }: DescribeContext): Lines {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = metadata;
  const isOver = status.phase === "Failed" || status.phase === "Succeeded";
  const profile = spec.securityContext?.["seccompProfile"] as
    | { type?: string; localhostProfile?: string }
    | undefined;
  return [
    ...(deletionTimestamp !== undefined && !isOver
      ? [
          line(0, "Status:", `Terminating (lasts ${ageOf(deletionTimestamp, nowMs)})`),
          line(0, "Termination Grace Period:", `${deletionGracePeriodSeconds}s`),
        ]
      : [line(0, "Status:", status.phase ?? "")]),
    ...(status.reason ? [line(0, "Reason:", status.reason)] : []),
    ...(status.message ? [line(0, "Message:", status.message)] : []),
    ...(profile ? [line(0, "SeccompProfile:", profile.type ?? "")] : []),
    ...(profile?.type === "Localhost" ? [line(0, "LocalhostProfile:", profile.localhostProfile ?? "")] : []),
  ];
}

function addressLines(pod: Pod): Lines {
  const {
    podIP = "",
    podIPs = [],
    nominatedNodeName,
  } = pod.status as Pod["status"] & { nominatedNodeName?: string };
  return [
    line(0, "IP:", podIP),
    ...(podIPs.length > 0
      ? [line(0, "IPs:"), ...podIPs.map(({ ip }) => line(1, "IP:", ip))]
      : [line(0, "IPs:", "<none>")]),
    ...controllerLines(pod),
    ...(nominatedNodeName ? [line(0, "NominatedNodeName:", nominatedNodeName)] : []),
  ];
}

/** Cells of conditions end in a blank, as kubectl writes them. */
function conditionLines({ spec, status }: Pod): Lines {
  const conditions = status.conditions ?? [];
  const gates = spec.readinessGates ?? [];
  const statusOf = (wanted: string): string =>
    conditions.find(({ type }) => type === wanted)?.status ?? "<none>";
  return [
    ...(gates.length > 0 ? [line(0, "Readiness Gates:"), line(1, "Type", "Status")] : []),
    ...gates.map(({ conditionType }) => line(1, `${conditionType} `, `${statusOf(conditionType)} `)),
    ...(conditions.length > 0 ? [line(0, "Conditions:"), line(1, "Type", "Status")] : []),
    ...conditions.map(({ type, status: value }) => line(1, `${type} `, `${value} `)),
  ];
}
