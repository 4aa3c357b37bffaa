// How far a rollout is, in kubectl's words.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go (v1.35)
import type { JsonObject } from "#base/json";
import { plainError } from "../../errors.ts";

export interface RolloutState {
  text: string;
  done: boolean;
}

interface Workload {
  metadata: { name: string; generation?: number; annotations?: Record<string, string> };
  spec: {
    replicas?: number;
    updateStrategy?: { type?: string; rollingUpdate?: { partition?: number } };
  };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    desiredNumberScheduled?: number;
    updatedNumberScheduled?: number;
    numberAvailable?: number;
    currentRevision?: string;
    updateRevision?: string;
    conditions?: { type: string; reason?: string }[];
  };
}

const waiting = (text: string): RolloutState => ({ text: `${text}\n`, done: false });
const done = (text: string): RolloutState => ({ text: `${text}\n`, done: true });

export function stateOf(kind: string, object: JsonObject, revision: number): RolloutState {
  const workload = object as unknown as Workload;
  if (kind === "Deployment") return ofDeployment(workload, revision);
  if (kind === "DaemonSet") return ofDaemonSet(workload);
  if (kind === "StatefulSet") return ofStatefulSet(workload);
  throw plainError(`no status viewer has been implemented for ${kind}`);
}

const isObserved = ({ metadata, status = {} }: Workload): boolean =>
  (metadata.generation ?? 0) <= (status.observedGeneration ?? 0);

function ofDeployment(workload: Workload, revision: number): RolloutState {
  const { metadata, spec, status = {} } = workload;
  const quoted = JSON.stringify(metadata.name);
  if (revision > 0) {
    const running = Number(metadata.annotations?.["deployment.kubernetes.io/revision"] ?? 0);
    if (running !== revision)
      throw plainError(`desired revision (${revision}) is different from the running revision (${running})`);
  }
  if (!isObserved(workload)) return waiting("Waiting for deployment spec update to be observed...");
  const progressing = status.conditions?.find(({ type }) => type === "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded")
    throw plainError(`deployment ${quoted} exceeded its progress deadline`);
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
  const wanted = spec.replicas;
  const start = `Waiting for deployment ${quoted} rollout to finish: `;
  if (wanted !== undefined && updatedReplicas < wanted)
    return waiting(`${start}${updatedReplicas} out of ${wanted} new replicas have been updated...`);
  if (replicas > updatedReplicas)
    return waiting(`${start}${replicas - updatedReplicas} old replicas are pending termination...`);
  if (availableReplicas < updatedReplicas)
    return waiting(`${start}${availableReplicas} of ${updatedReplicas} updated replicas are available...`);
  return done(`deployment ${quoted} successfully rolled out`);
}

function checkRolling({ spec }: Workload): void {
  if (spec.updateStrategy?.type !== "RollingUpdate")
    throw plainError("rollout status is only available for RollingUpdate strategy type");
}

function ofDaemonSet(workload: Workload): RolloutState {
  checkRolling(workload);
  const { metadata, status = {} } = workload;
  const quoted = JSON.stringify(metadata.name);
  if (!isObserved(workload)) return waiting("Waiting for daemon set spec update to be observed...");
  const {
    desiredNumberScheduled: wanted = 0,
    updatedNumberScheduled: updated = 0,
    numberAvailable = 0,
  } = status;
  const start = `Waiting for daemon set ${quoted} rollout to finish: `;
  if (updated < wanted) return waiting(`${start}${updated} out of ${wanted} new pods have been updated...`);
  if (numberAvailable < wanted)
    return waiting(`${start}${numberAvailable} of ${wanted} updated pods are available...`);
  return done(`daemon set ${quoted} successfully rolled out`);
}

function ofStatefulSet(workload: Workload): RolloutState {
  checkRolling(workload);
  const { metadata, spec, status = {} } = workload;
  const {
    observedGeneration = 0,
    readyReplicas = 0,
    updatedReplicas = 0,
    currentRevision,
    updateRevision,
  } = status;
  if (observedGeneration === 0 || (metadata.generation ?? 0) > observedGeneration)
    return waiting("Waiting for statefulset spec update to be observed...");
  const { replicas } = spec;
  if (replicas !== undefined && readyReplicas < replicas)
    return waiting(`Waiting for ${replicas - readyReplicas} pods to be ready...`);
  const partition = spec.updateStrategy?.rollingUpdate?.partition;
  if (spec.updateStrategy?.rollingUpdate && replicas !== undefined && partition) {
    if (updatedReplicas < replicas - partition)
      return waiting(
        `Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${replicas - partition} new pods have been updated...`,
      );
    return done(`partitioned roll out complete: ${updatedReplicas} new pods have been updated...`);
  }
  if (updateRevision !== currentRevision)
    return waiting(
      `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${updateRevision ?? ""}...`,
    );
  return done(
    `statefulset rolling update complete ${status.replicas ?? 0} pods at revision ${currentRevision ?? ""}...`,
  );
}
