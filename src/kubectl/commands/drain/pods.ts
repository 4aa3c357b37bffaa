// Which pods of a node drain may evict, and why not the others.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/drain/filters.go (v1.35)
import type { Pod } from "#api/pod/types";
import type { JsonObject } from "#base/json";
import { parseRfc3339 } from "#base/time";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { flag, number, text } from "../../flags.ts";
import { request } from "../../resources.ts";

export interface Sorted {
  pods: Pod[];
  warnings: string;
  errors: string[];
}

interface Verdict {
  evict: boolean;
  kind: "okay" | "skip" | "warning" | "error";
  message: string;
}

const OKAY: Verdict = { evict: true, kind: "okay", message: "" };
const SKIP: Verdict = { evict: false, kind: "skip", message: "" };
const warning = (evict: boolean, message: string): Verdict => ({ evict, kind: "warning", message });
const error = (message: string): Verdict => ({ evict: false, kind: "error", message });

type Filter = (pod: Pod, flags: FlagValues, io: KubectlIo) => Verdict;

const ended = ({ status }: Pod): boolean => status.phase === "Succeeded" || status.phase === "Failed";
const controllerOf = ({ metadata }: Pod) => metadata.ownerReferences?.find(({ controller }) => controller);

const skipDeleted: Filter = ({ metadata }, flags, io) => {
  const seconds = number(flags, "skip-wait-for-delete-timeout");
  if (seconds <= 0 || !metadata.deletionTimestamp) return OKAY;
  const age = (io.nowMs() - (parseRfc3339(metadata.deletionTimestamp) ?? 0)) / 1000;
  return age > seconds ? SKIP : OKAY;
};

const daemonSets: Filter = (pod, flags, io) => {
  const owner = controllerOf(pod);
  if (owner?.kind !== "DaemonSet" || ended(pod)) return OKAY;
  const path = `/apis/apps/v1/namespaces/${encodeURIComponent(pod.metadata.namespace ?? "")}/daemonsets/${encodeURIComponent(owner.name)}`;
  const { status, body } = io.handle({ method: "GET", path });
  if (status !== 200) {
    const message = String((body as JsonObject)["message"] ?? "");
    return status === 404 && flag(flags, "force") ? warning(true, message) : error(message);
  }
  if (!flag(flags, "ignore-daemonsets"))
    return error("DaemonSet-managed Pods (use --ignore-daemonsets to ignore)");
  return warning(false, "ignoring DaemonSet-managed Pods");
};

const mirrors: Filter = ({ metadata }) =>
  metadata.annotations?.["kubernetes.io/config.mirror"] === undefined ? OKAY : SKIP;

const localStorage: Filter = (pod, flags) => {
  const hasEmptyDir = (pod.spec.volumes ?? []).some((volume) => "emptyDir" in volume);
  if (!hasEmptyDir || ended(pod)) return OKAY;
  if (!flag(flags, "delete-emptydir-data"))
    return error("Pods with local storage (use --delete-emptydir-data to override)");
  return warning(true, "deleting Pods with local storage");
};

const unmanaged: Filter = (pod, flags) => {
  if (ended(pod) || controllerOf(pod)) return OKAY;
  if (flag(flags, "force")) return warning(true, "deleting Pods that declare no controller");
  // kubectl says the first two words twice.
  return error("cannot delete Pods that declare no controller (use --force to override)");
};

const FILTERS: readonly Filter[] = [skipDeleted, daemonSets, mirrors, localStorage, unmanaged];

export function sortPods(io: KubectlIo, flags: FlagValues, node: string): Sorted {
  const labelSelector = text(flags, "pod-selector");
  const query = { fieldSelector: `spec.nodeName=${node}`, ...(labelSelector && { labelSelector }) };
  const body = request(io, { method: "GET", path: "/api/v1/pods", query }).body as JsonObject;
  const judged = ((body["items"] ?? []) as unknown as Pod[]).map((pod) => ({
    pod,
    verdict: judge(pod, flags, io),
  }));
  const group = (kind: Verdict["kind"]): string[] => {
    const byMessage = new Map<string, string[]>();
    for (const { pod, verdict } of judged.filter((item) => item.verdict.kind === kind)) {
      const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
      byMessage.set(verdict.message, [...(byMessage.get(verdict.message) ?? []), name]);
    }
    return [...byMessage].map(([message, names]) => `${message}: ${names.join(", ")}`);
  };
  const errors = group("error").map((text_) => `cannot delete ${text_}`);
  return {
    pods: judged.filter(({ verdict }) => verdict.evict).map(({ pod }) => pod),
    warnings: group("warning").join("; "),
    errors,
  };
}

/** The last filter's word counts, unless an earlier one forbids. */
function judge(pod: Pod, flags: FlagValues, io: KubectlIo): Verdict {
  let last = OKAY;
  for (const filter of FILTERS) {
    const verdict = filter(pod, flags, io);
    if (!verdict.evict) return verdict;
    if (verdict.kind === "warning") last = verdict;
  }
  return last;
}
