// What runs on a node and how much of it that takes: two tables at the end of `kubectl describe node`.
// Kubernetes: describeNodeResource in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import { ageOf } from "#api/duration";
import type { Node } from "#api/node/types";
import type { Pod } from "#api/pod/types";
import { listItems, type DescribeContext } from "./context.ts";
import { line, type Lines } from "./lines.ts";
import { addAll, amountOf, amountText, podAmounts, readAmounts, type Amounts } from "./pod-resources.ts";

const ALWAYS_SHOWN = ["cpu", "memory", "ephemeral-storage"];

export function nodePodsLines({ metadata, status }: Node, context: DescribeContext): Lines {
  const fieldSelector = `spec.nodeName=${metadata.name},status.phase!=Succeeded,status.phase!=Failed`;
  const pods = listItems<Pod>(context, "/api/v1/pods", { fieldSelector });
  const allocatable = readAmounts(status.allocatable ?? status.capacity);
  return [
    line(0, "Non-terminated Pods:", `(${pods.length} in total)`),
    line(1, "Namespace", "Name", "", "CPU Requests", "CPU Limits", "Memory Requests", "Memory Limits", "Age"),
    line(1, "---------", "----", "", "------------", "----------", "---------------", "-------------", "---"),
    ...pods.map((pod) => podRow(pod, allocatable, context.nowMs)),
    line(0, "Allocated resources:"),
    line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)"),
    line(1, "Resource", "Requests", "Limits"),
    line(1, "--------", "--------", "------"),
    ...totalRows(pods, allocatable),
  ];
}

function share(amounts: Amounts, name: string, allocatable: Amounts): string {
  const all = amountOf(allocatable, name).value;
  const amount = amountOf(amounts, name);
  return `${amountText(amount)} (${all === 0 ? 0 : Math.trunc((amount.value / all) * 100)}%)`;
}

function podRow(pod: Pod, allocatable: Amounts, nowMs: number): string {
  const requests = podAmounts(pod, "requests");
  const limits = podAmounts(pod, "limits");
  return line(
    1,
    pod.metadata.namespace ?? "",
    pod.metadata.name,
    "",
    share(requests, "cpu", allocatable),
    share(limits, "cpu", allocatable),
    share(requests, "memory", allocatable),
    share(limits, "memory", allocatable),
    ageOf(pod.metadata.creationTimestamp, nowMs),
  );
}

function totalRows(pods: readonly Pod[], allocatable: Amounts): Lines {
  const requests = addAll(pods.map((pod) => podAmounts(pod, "requests")));
  const limits = addAll(pods.map((pod) => podAmounts(pod, "limits")));
  const others = [...allocatable.keys()]
    .filter((name) => name !== "pods" && !ALWAYS_SHOWN.includes(name))
    .sort();
  const huge = others.filter((name) => name.startsWith("hugepages-"));
  const extended = others.filter((name) => !name.startsWith("hugepages-"));
  return [
    ...[...ALWAYS_SHOWN, ...huge].map((name) =>
      line(1, name, share(requests, name, allocatable), share(limits, name, allocatable)),
    ),
    ...extended.map((name) =>
      line(1, name, amountText(amountOf(requests, name)), amountText(amountOf(limits, name))),
    ),
  ];
}
