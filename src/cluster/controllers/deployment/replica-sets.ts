// A Deployment's ReplicaSets: adopted or released by labels, split into the new one, whose template is the
// Deployment's, and the old ones; the new one is made when it is missing.
// Kubernetes: pkg/controller/deployment/sync.go (v1.35)
import { conditionOf } from "#api/conditions";
import type { Deployment } from "#api/deployment/types";
import { controllerOf, controllerReference } from "#api/owners";
import type { ReplicaSet } from "#api/replicaset/types";
import { matchesLabelSelector } from "#api/selectors";
import { deepEqual } from "#base/json";
import type { Context } from "../../machine/component.ts";
import { body } from "../keys.ts";
import { newSetAnnotations, REVISION, revisionOf } from "./annotations.ts";
import { newSetSize } from "./scaling.ts";
import { byAge, recordEvent, type Sets } from "./sets.ts";
import { hasProgressDeadline, noteProgress, progressing } from "./conditions.ts";
import { HASH_LABEL, sameTemplate, templateHash } from "./template-hash.ts";

export function claimSets(context: Context, deployment: Deployment): ReplicaSet[] {
  const namespace = deployment.metadata.namespace ?? "";
  const claimed: ReplicaSet[] = [];
  for (const set of context.api.list("ReplicaSet", { namespace })) {
    const owner = controllerOf(set);
    const matches = matchesLabelSelector(deployment.spec.selector, set.metadata.labels);
    if (owner ? owner.uid !== deployment.metadata.uid : !matches) continue;
    if (owner && matches) claimed.push(set);
    else if (deployment.metadata.deletionTimestamp === undefined) {
      const next = owner ? released(set, owner.uid) : adopted(set, deployment);
      const outcome = context.api.update("ReplicaSet", next);
      if (outcome.ok && !owner) claimed.push(outcome.object);
    }
  }
  return claimed.sort(byAge);
}

function adopted(set: ReplicaSet, deployment: Deployment): ReplicaSet {
  const ownerReferences = [...(set.metadata.ownerReferences ?? []), controllerReference(deployment)];
  return { ...set, metadata: { ...set.metadata, ownerReferences } };
}

function released(set: ReplicaSet, uid: string): ReplicaSet {
  const { ownerReferences = [], ...metadata } = set.metadata;
  const others = ownerReferences.filter((reference) => reference.uid !== uid);
  return { ...set, metadata: others.length > 0 ? { ...metadata, ownerReferences: others } : metadata };
}

/** Splits the sets, brings revisions up to date, and makes the new one if `create` says so. */
export function syncRevisions(
  context: Context,
  deployment: Deployment,
  owned: readonly ReplicaSet[],
  create: boolean,
): Sets {
  const found = owned.find((set) => sameTemplate(set.spec.template, deployment.spec.template));
  const old = owned.filter((set) => set !== found);
  const revision = Math.max(0, ...old.map(revisionOf)) + 1;
  if (found) return keepNewSet(context, deployment, { found, old, revision });
  if (!create) return { deployment, current: undefined, old };
  return makeNewSet(context, deployment, old, revision);
}

function keepNewSet(
  context: Context,
  deployment: Deployment,
  { found, old, revision }: { found: ReplicaSet; old: ReplicaSet[]; revision: number },
): Sets {
  const annotations = newSetAnnotations(deployment, found.metadata.annotations, revision, true);
  const { minReadySeconds } = deployment.spec;
  let current = found;
  const samePause = (found.spec.minReadySeconds ?? 0) === (minReadySeconds ?? 0);
  if (!deepEqual(annotations, found.metadata.annotations ?? {}) || !samePause) {
    const { minReadySeconds: _, ...spec } = found.spec;
    const outcome = context.api.update("ReplicaSet", {
      ...found,
      metadata: { ...found.metadata, annotations },
      spec: minReadySeconds === undefined ? spec : { ...spec, minReadySeconds },
    });
    if (outcome.ok) current = outcome.object;
  }
  return { deployment: noteNewSet(context, deployment, current), current, old };
}

/** The Deployment's revision goes with its status, so that it counts as no change of what is wanted. */
function noteNewSet(context: Context, deployment: Deployment, current: ReplicaSet): Deployment {
  const next = withRevision(deployment, revisionOf(current));
  if (hasProgressDeadline(next) && !conditionOf(next.status.conditions, "Progressing")) {
    const text = `Found new replica set "${current.metadata.name}"`;
    return noteProgress(context, next, progressing("True", "FoundNewReplicaSet", text));
  }
  if (next === deployment) return deployment;
  const outcome = context.api.updateStatus("Deployment", next);
  return outcome.ok ? outcome.object : deployment;
}

/** A name that is taken is not asked for again: the collision is counted, and the count goes into the next hash. */
function makeNewSet(context: Context, deployment: Deployment, old: ReplicaSet[], revision: number): Sets {
  const { namespace, name } = deployment.metadata;
  const { collisionCount = 0 } = deployment.status;
  const hash = templateHash(deployment.spec.template, collisionCount);
  const labels = { ...deployment.spec.template.metadata.labels, [HASH_LABEL]: hash };
  const { selector, template, minReadySeconds } = deployment.spec;
  const replicas = newSetSize(deployment, old, undefined);
  const outcome = context.api.create(
    "ReplicaSet",
    namespace,
    body({
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: {
        name: `${name}-${hash}`,
        labels,
        annotations: newSetAnnotations(deployment, undefined, revision, false),
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        replicas,
        ...(minReadySeconds !== undefined && { minReadySeconds }),
        selector: { ...selector, matchLabels: { ...selector.matchLabels, [HASH_LABEL]: hash } },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
    }),
  );
  if (!outcome.ok && outcome.status.reason === "AlreadyExists") {
    const status = { ...deployment.status, collisionCount: collisionCount + 1 };
    const counted = context.api.updateStatus("Deployment", { ...deployment, status });
    return counted.ok
      ? makeNewSet(context, counted.object, old, revision)
      : { deployment, current: undefined, old };
  }
  if (!outcome.ok) {
    const text = `Failed to create new replica set "${name}-${hash}": ${outcome.status.message ?? ""}`;
    const next = noteProgress(context, deployment, progressing("False", "ReplicaSetCreateError", text));
    recordEvent(context, deployment, "Warning", "ReplicaSetCreateError", text);
    return { deployment: next, current: undefined, old };
  }
  const setName = outcome.object.metadata.name;
  if (replicas > 0) {
    recordEvent(
      context,
      deployment,
      "Normal",
      "ScalingReplicaSet",
      `Scaled up replica set ${setName} from 0 to ${replicas}`,
    );
  }
  const text = `Created new replica set "${setName}"`;
  const next = noteProgress(
    context,
    withRevision(deployment, revision),
    progressing("True", "NewReplicaSetCreated", text),
  );
  return { deployment: next, current: outcome.object, old };
}

function withRevision(deployment: Deployment, revision: number): Deployment {
  if (revisionOf(deployment) === revision) return deployment;
  const annotations = { ...deployment.metadata.annotations, [REVISION]: String(revision) };
  return { ...deployment, metadata: { ...deployment.metadata, annotations } };
}
