// The pod that exec, attach, port-forward and logs mean: named, in a file, or the best one that an object selects.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/attachablepodforobject.go, util/podutils (v1.35)
import type { LabelSelector } from "#api/meta";
import type { Pod } from "#api/pod/types";
import { formatLabelSelector } from "#api/selectors";
import type { JsonObject } from "#base/json";
import { KubectlError, type FlagValues, type KubectlIo } from "../command.ts";
import { plainError, throwAll, usageError } from "../errors.ts";
import { list, number } from "../flags.ts";
import { fetchInfos, request, targetsOf, type Info } from "../resources.ts";
import { waitUntil } from "./wait-until.ts";

/** Before anything is asked: a time to wait must be one. */
export function checkRunningTimeout(command: string, flags: FlagValues): void {
  if (number(flags, "pod-running-timeout") <= 0)
    throw usageError(command, "--pod-running-timeout must be higher than zero");
}

/** `words` is such as ["kubia"], ["deploy/web"], ["deploy", "web"] or, with -f, nothing. */
export async function podFor(io: KubectlIo, flags: FlagValues, words: readonly string[]): Promise<Pod> {
  const [type = "", name = type] = words;
  const named = words.length < 2 || name.includes("/") ? name : `${type}/${name}`;
  const given = list(flags, "filename").length > 0 ? [] : [named];
  const { targets, errors } = await targetsOf(given, { ...flags, selector: "" }, io, { defaultType: "pods" });
  const fetched = fetchInfos(io, targets);
  throwAll([...errors, ...fetched.errors]);
  return attachablePod(io, fetched.infos[0]!, number(flags, "pod-running-timeout"));
}

export async function attachablePod(io: KubectlIo, info: Info, timeoutMs: number): Promise<Pod> {
  if (info.resource.kind === "Pod") return info.object as unknown as Pod;
  const selector = selectorText(info);
  const path = `/api/v1/namespaces/${encodeURIComponent(info.namespace ?? "")}/pods`;
  const found = await waitUntil(io, timeoutMs, () => {
    const body = request(io, { method: "GET", path, query: { labelSelector: selector } }).body as JsonObject;
    return best((body["items"] ?? []) as unknown as Pod[]);
  });
  if (!found) throw plainError("timed out waiting for the condition");
  return found;
}

const OWN_SELECTOR = new Set(["ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "Job"]);

/** The selector of an object's pods. */
export function selectorText({ resource: { kind }, object, name }: Info, doing = "attach to"): string {
  const spec = object["spec"] as JsonObject | undefined;
  const fail = (why: string): never => {
    throw plainError(`cannot ${doing} *v1.${kind}: ${why}`);
  };
  if (OWN_SELECTOR.has(kind)) return formatLabelSelector(spec?.["selector"] as unknown as LabelSelector);
  if (kind === "ReplicationController" || kind === "Service") {
    const selector = Object.entries((spec?.["selector"] ?? {}) as Record<string, string>);
    if (selector.length === 0 && kind === "Service")
      return fail(`invalid service '${name}': Service is defined without a selector`);
    return selector.map(([key, value]) => `${key}=${value}`).join(",");
  }
  return fail(`selector for *v1.${kind} not implemented`);
}

/** On a node before not, running before pending, ready before not, ready for longer, fewer restarts, older. */
export function best(pods: readonly Pod[]): Pod | undefined {
  return [...pods].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    for (let index = 0; index < left.length; index++)
      if (left[index] !== right[index]) return left[index]! < right[index]! ? -1 : 1;
    return 0;
  })[0];
}

const PHASES = ["Running", "Unknown", "Pending"];

function rank({ spec, status, metadata }: Pod): (number | string)[] {
  const ready = status.conditions?.find(({ type }) => type === "Ready");
  const restarts = Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount));
  const phase = PHASES.indexOf(status.phase);
  return [
    spec.nodeName ? 0 : 1,
    phase < 0 ? 1 : phase,
    ready?.status === "True" ? 0 : 1,
    ready?.status === "True" ? (ready.lastTransitionTime ?? "") : "",
    restarts,
    metadata.creationTimestamp,
  ];
}

/** The container that was named, or the pod's default one, which is said aloud where there are several. */
export function containerFor(io: KubectlIo, pod: Pod, asked: string, quiet: boolean): string {
  if (asked !== "") return asked;
  const { spec, metadata } = pod;
  const annotated = metadata.annotations?.["kubectl.kubernetes.io/default-container"];
  const all = [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])];
  if (annotated && all.some(({ name }) => name === annotated)) return annotated;
  if (annotated)
    io.stderr(`Default container name ${JSON.stringify(annotated)} not found in pod ${metadata.name}\n`);
  const first = spec.containers[0];
  if (!first) throw new KubectlError(`error: container  not found in pod ${metadata.name}`);
  if (all.length > 1 && !quiet)
    io.stderr(`Defaulted container ${JSON.stringify(first.name)} out of: ${containerNames(pod)}\n`);
  return first.name;
}

function containerNames({ spec }: Pod): string {
  return [
    ...spec.containers.map(({ name }) => name),
    ...(spec.ephemeralContainers ?? []).map(({ name }) => `${name} (ephem)`),
    ...(spec.initContainers ?? []).map(({ name }) => `${name} (init)`),
  ].join(", ");
}
