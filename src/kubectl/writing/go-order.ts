// Objects that a command holds as Go's own types print differently from what a server sent: kind stands first, fields
// come in the order of the Go struct, and structs that are no pointers stand there even when empty.
// Kubernetes: staging/src/k8s.io/api (v1.35)
import { TYPES } from "#api/type-table";
import type { FieldType } from "#api/define";
import { isObject, type Json, type JsonObject } from "#base/json";

const META =
  "name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields";

/** Fields in Go's order where it is not the alphabet's; those that are missing here follow in alphabetical order. */
const ORDER: Record<string, string> = {
  ObjectMeta: META,
  ConfigMap: "kind apiVersion metadata immutable data binaryData",
  Secret: "kind apiVersion metadata immutable data stringData type",
  PodSpec:
    "volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases priorityClassName priority dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints",
  Container:
    "name image command args workingDir ports envFrom env resources resizePolicy restartPolicy restartPolicyRules volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext stdin stdinOnce tty",
  ContainerPort: "name hostPort containerPort protocol hostIP",
  EnvVar: "name value valueFrom",
  ResourceRequirements: "limits requests claims",
  ServiceSpec:
    "ports selector clusterIP clusterIPs type externalIPs sessionAffinity loadBalancerIP loadBalancerSourceRanges externalName externalTrafficPolicy healthCheckNodePort publishNotReadyAddresses sessionAffinityConfig ipFamilies ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy trafficDistribution",
  ServicePort: "name protocol appProtocol port targetPort nodePort",
  DeploymentSpec:
    "replicas selector template strategy minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds",
  DeploymentStatus:
    "observedGeneration replicas updatedReplicas readyReplicas availableReplicas unavailableReplicas terminatingReplicas conditions collisionCount",
  DeploymentStrategy: "type rollingUpdate",
  IngressSpec: "ingressClassName defaultBackend tls rules",
  IngressRule: "host http",
  HTTPIngressPath: "path pathType backend",
  IngressBackend: "service resource",
  JobSpec:
    "parallelism completions activeDeadlineSeconds podFailurePolicy successPolicy backoffLimit backoffLimitPerIndex maxFailedIndexes selector manualSelector template ttlSecondsAfterFinished completionMode suspend podReplacementPolicy managedBy",
  CronJobSpec:
    "schedule timeZone startingDeadlineSeconds concurrencyPolicy suspend jobTemplate successfulJobsHistoryLimit failedJobsHistoryLimit",
  JobTemplateSpec: "metadata spec",
  PodTemplateSpec: "metadata spec",
};
const OBJECT = "kind apiVersion metadata spec status";

/** Types of kinds that a client can write without asking the server, where the table has none. */
const MORE: Record<string, Record<string, string>> = {
  Job: { spec: "JobSpec", status: "" },
  JobSpec: { template: "PodTemplateSpec" },
  CronJob: { spec: "CronJobSpec", status: "" },
  CronJobSpec: { jobTemplate: "JobTemplateSpec" },
  JobTemplateSpec: { metadata: "ObjectMeta", spec: "JobSpec" },
};

export function asGoPrints(object: JsonObject): JsonObject {
  return ofType(object, String(object["kind"]), true) as JsonObject;
}

function ofType(value: Json, type: string, isRoot = false): Json {
  if (!isObject(value)) return value;
  const object = value as JsonObject;
  const order = (ORDER[type] ?? (isRoot ? OBJECT : "")).split(" ");
  const empty = emptyStructs(type).filter((field) => object[field] === undefined);
  const keys = [...Object.keys(object), ...empty].sort(
    (a, b) => rank(order, a) - rank(order, b) || (a < b ? -1 : 1),
  );
  return Object.fromEntries(
    keys.map((key) => [
      key,
      ofField(object[key] === undefined ? {} : object[key], type, key, object[key] === undefined),
    ]),
  );
}

function rank(order: readonly string[], key: string): number {
  const index = order.indexOf(key);
  return index < 0 ? order.length : index;
}

function emptyStructs(type: string): string[] {
  const fields = TYPES[type]?.fields;
  if (!fields) return Object.entries(MORE[type] ?? {}).map(([field]) => field);
  return Object.keys(fields).filter((field) => fields[field]!.always && fields[field]!.kind === "ref");
}

function ofField(value: Json, type: string, key: string, wasEmpty: boolean): Json {
  const more = MORE[type]?.[key];
  if (more !== undefined) return more ? ofType(value, more) : value;
  if (key === "metadata") return ofType(value, "ObjectMeta");
  const field = TYPES[type]?.fields[key];
  if (!field) return value;
  return wasEmpty ? ofShape({}, field) : ofShape(value, field);
}

function ofShape(value: Json, field: FieldType): Json {
  if (field.kind === "ref") return ofType(value, field.type);
  if (field.kind === "list" && Array.isArray(value)) return value.map((item) => ofShape(item, field.of));
  if (field.kind === "map" && isObject(value)) {
    const map = value as JsonObject;
    return Object.fromEntries(
      Object.keys(map)
        .sort()
        .map((key) => [key, ofShape(map[key]!, field.of)]),
    );
  }
  return value;
}
