// What the server adds to every new pod: its service account with a token volume, a priority, and five minutes of
// patience with a node that fails.
// Kubernetes: plugin/pkg/admission/{serviceaccount,priority,defaulttolerationseconds,runtimeclass}/admission.go (v1.35)
import type { KindDefinition } from "#api/define";
import type { KindMap } from "#api/kinds";
import type { Unmodelled } from "#api/meta";
import type { Container, PodSpec, Toleration } from "#api/pod/types";
import type { JsonObject } from "#base/json";
import { nextNameSuffix } from "#base/random";
import { topologyOf } from "../binding.ts";
import { asJson, type Server } from "../server.ts";
import { forbidden } from "../status.ts";
import { getObject } from "../store.ts";

const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
const TOKEN_SECONDS = 3607;
const FILE_MODE = 0o644;
const PATIENCE_SECONDS = 300;
const SYSTEM_PRIORITIES: Record<string, number> = {
  "system-cluster-critical": 2_000_000_000,
  "system-node-critical": 2_000_001_000,
};
const PATIENCE = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].map((key) => ({
  key,
  operator: "Exists",
  effect: "NoExecute",
  tolerationSeconds: PATIENCE_SECONDS,
}));

export function admitPod(
  server: Server,
  definition: KindDefinition,
  namespace: string,
  name: string,
  object: JsonObject,
): JsonObject {
  const pod = object as unknown as KindMap["Pod"];
  if (!pod.spec) return object;
  const accountName = pod.spec.serviceAccountName || pod.spec.serviceAccount || "default";
  const account = getObject(server.state.store, "ServiceAccount", namespace, accountName) as
    | KindMap["ServiceAccount"]
    | undefined;
  // Simplified: a namespace's default account is taken for granted; the real plugin waits a while for it.
  if (!account && accountName !== "default") {
    const why = `error looking up service account ${namespace}/${accountName}: serviceaccount "${accountName}" not found`;
    throw forbidden(definition, name, why);
  }
  // Validation will say what is wrong with a pod that has no containers.
  const containers: Container[] = Array.isArray(pod.spec.containers) ? pod.spec.containers : [];
  let spec: PodSpec = {
    ...pod.spec,
    containers,
    serviceAccountName: accountName,
    serviceAccount: accountName,
  };
  const mounts = pod.spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
  if (mounts) spec = mountToken(server, spec);
  if (!spec.imagePullSecrets?.length && account?.imagePullSecrets)
    spec.imagePullSecrets = account.imagePullSecrets;
  spec.priority = priorityOf(definition, name, spec);
  spec.preemptionPolicy ??= "PreemptLowerPriority";
  spec.tolerations = withPatience(spec.tolerations ?? []);
  const { runtimeClassName } = spec as { runtimeClassName?: string };
  // Simplified: there are no RuntimeClasses.
  if (runtimeClassName)
    throw forbidden(definition, name, `pod rejected: RuntimeClass "${runtimeClassName}" not found`);
  const topology = spec.nodeName ? topologyOf(server, spec.nodeName) : {};
  if (Object.keys(topology).length === 0) return asJson({ ...pod, spec });
  return asJson({
    ...pod,
    metadata: { ...pod.metadata, labels: { ...pod.metadata?.labels, ...topology } },
    spec,
  });
}

/** Simplified: of PriorityClasses there are only the two that every cluster has. */
function priorityOf(definition: KindDefinition, name: string, spec: PodSpec): number {
  const { priority, priorityClassName = "" } = spec as PodSpec & { priorityClassName?: string };
  const value = priorityClassName === "" ? 0 : SYSTEM_PRIORITIES[priorityClassName];
  if (value === undefined) {
    throw forbidden(definition, name, `no PriorityClass with name ${priorityClassName} was found`);
  }
  if (priority === undefined || priority === value) return value;
  const why = `the integer value of priority (${priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`;
  throw forbidden(definition, name, why);
}

/** An update that leaves out what the server added gets it again. */
export function admitPodUpdate(object: JsonObject, previous: KindMap["Pod"]): JsonObject {
  const pod = object as unknown as KindMap["Pod"];
  const { priority = previous.spec.priority, preemptionPolicy = previous.spec.preemptionPolicy } = pod.spec;
  const tolerations = withPatience(pod.spec.tolerations ?? []);
  return asJson({
    ...pod,
    spec: {
      ...pod.spec,
      tolerations,
      ...(priority !== undefined && { priority }),
      ...(preemptionPolicy !== undefined && { preemptionPolicy }),
    },
  });
}

function mountToken(server: Server, spec: PodSpec): PodSpec {
  const lacks = (container: Container): boolean =>
    !container.volumeMounts?.some(({ mountPath }) => mountPath === TOKEN_PATH);
  const all = [...spec.containers, ...(spec.initContainers ?? [])];
  if (!all.some(lacks)) return spec;
  const name = `kube-api-access-${nextNameSuffix(server.context.random)}`;
  const mount = (container: Container): Container =>
    lacks(container)
      ? {
          ...container,
          volumeMounts: [...(container.volumeMounts ?? []), { name, readOnly: true, mountPath: TOKEN_PATH }],
        }
      : container;
  return {
    ...spec,
    containers: spec.containers.map(mount),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(mount) }),
    volumes: [
      ...(spec.volumes ?? []),
      { name, projected: { sources: TOKEN_SOURCES, defaultMode: FILE_MODE } },
    ],
  };
}

const TOKEN_SOURCES: Unmodelled[] = [
  { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: "token" } },
  { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
  {
    downwardAPI: {
      items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }],
    },
  },
];

function withPatience(tolerations: readonly Toleration[]): Toleration[] {
  const tolerates = (trouble: string): boolean =>
    tolerations.some(({ key, effect }) => (!key || key === trouble) && (!effect || effect === "NoExecute"));
  return [...tolerations, ...PATIENCE.filter(({ key }) => !tolerates(key))];
}
