// `kubectl rollout undo`: back to an earlier revision.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_undo.go, polymorphichelpers/rollback.go (v1.35)
import type { Status } from "#api/meta";
import type { PodTemplateSpec } from "#api/pod/types";
import { deepEqual, type Json, type JsonObject } from "#base/json";
import { LAST_APPLIED } from "../../apply/last-applied.ts";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError } from "../../errors.ts";
import { number } from "../../flags.ts";
import { visit, type Info } from "../../resources.ts";
import { announce, writingMode } from "../../writing/announce.ts";
import { dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import { aFlag, fileFlags, SELECTOR_FLAG, WRITING_FLAGS } from "../../writing/flag-sets.ts";
import { templateText } from "./history.ts";
import { revisionsOf, type Revision } from "./revisions.ts";
import { goKind, groupKind, KNOWN_KINDS, requireResource, rolloutItems } from "./targets.ts";

const HAVE_ROLLBACK = new Set(["Deployment", "DaemonSet", "StatefulSet"]);
const HASH = "pod-template-hash";

/** Annotations of a Deployment that do not come from the ReplicaSet. */
const OWN_ANNOTATIONS = [
  LAST_APPLIED,
  "deployment.kubernetes.io/revision",
  "deployment.kubernetes.io/revision-history",
  "deployment.kubernetes.io/desired-replicas",
  "deployment.kubernetes.io/max-replicas",
  "deprecated.deployment.rollback.to",
];

export const rolloutUndo = defineCommand({
  name: "rollout undo",
  short: "Undo a previous rollout",
  long: "Roll back to a previous rollout.",
  examples:
    "kubectl rollout undo deployment/web\n\n# To a certain revision\nkubectl rollout undo deployment/web --to-revision=3",
  usage: "rollout undo (TYPE NAME | TYPE/NAME) [flags]",
  flags: [
    ...fileFlags("with the objects"),
    ...WRITING_FLAGS,
    SELECTOR_FLAG,
    aFlag("to-revision", "int", "0", "The revision to go back to; 0 means the one before"),
  ],
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    requireResource(args, flags);
    await visit(await rolloutItems(args, flags, io), (info) => undoOne(io, flags, info, dryRun));
    return 0;
  },
});

function undoOne(io: KubectlIo, flags: FlagValues, info: Info, dryRun: DryRun): void {
  const { resource, object } = info;
  if (!KNOWN_KINDS.has(resource.kind))
    throw plainError(
      `error retrieving rollbacker for ${JSON.stringify(groupKind(info))}, no visitor method exists for ${goKind(info)}`,
    );
  if (!HAVE_ROLLBACK.has(resource.kind))
    throw plainError(`no rollbacker has been implemented for ${JSON.stringify(groupKind(info))}`);
  // With --dry-run=client a Deployment's template stands behind its name.
  const operation =
    resource.kind === "Deployment"
      ? undoDeployment(io, flags, info, dryRun)
      : undoByRevision(io, flags, info, dryRun);
  announce(io, flags, { resource, object, operation, dryRun });
}

const notInHistory = (revision: number): Error =>
  plainError(`unable to find specified revision ${revision} in history`);

function undoDeployment(io: KubectlIo, flags: FlagValues, info: Info, dryRun: DryRun): string {
  const { object, name } = info;
  const to = number(flags, "to-revision");
  if (to < 0) throw notInHistory(to);
  const revisions = revisionsOf(io, info).sort((a, b) => b.number - a.number);
  const wanted = to > 0 ? revisions.find((revision) => revision.number === to) : revisions[1];
  if (!wanted && to > 0) throw notInHistory(to);
  if (!wanted) throw plainError(`no rollout history found for deployment ${JSON.stringify(name)}`);
  if (dryRun === "client") return templateText(wanted);
  const spec = object["spec"] as JsonObject;
  if (spec["paused"])
    throw plainError(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  const template = withoutHash(wanted.template);
  if (deepEqual(template, withoutHash(spec["template"] as unknown as PodTemplateSpec)))
    return `skipped rollback (current template already matches revision ${to})`;
  const before = ((object["metadata"] as JsonObject)["annotations"] ?? {}) as Record<string, string>;
  const kept = Object.entries(before).filter(([key]) => OWN_ANNOTATIONS.includes(key));
  const restored = Object.entries(wanted.annotations).filter(([key]) => !OWN_ANNOTATIONS.includes(key));
  send(io, info, dryRun, to, "application/json-patch+json", [
    { op: "replace", path: "/spec/template", value: template as unknown as Json },
    { op: "replace", path: "/metadata/annotations", value: Object.fromEntries([...kept, ...restored]) },
  ]);
  return "rolled back";
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [HASH]: _, ...labels } = template.metadata.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

function undoByRevision(io: KubectlIo, flags: FlagValues, info: Info, dryRun: DryRun): string {
  const to = number(flags, "to-revision");
  if (to < 0) throw notInHistory(to);
  const revisions = revisionsOf(io, info).sort((a, b) => b.number - a.number);
  if (to === 0 && revisions.length <= 1) throw plainError("no last revision to roll back to");
  const wanted: Revision | undefined =
    to > 0 ? revisions.find((revision) => revision.number === to) : revisions[1];
  if (!wanted) throw notInHistory(to);
  if (dryRun === "client") return templateText(wanted);
  const now = (info.object["spec"] as JsonObject)["template"];
  if (deepEqual(now, wanted.template))
    return `skipped rollback (current template already matches revision ${to})`;
  send(io, info, dryRun, to, "application/strategic-merge-patch+json", wanted.data ?? {});
  return "rolled back";
}

function send(io: KubectlIo, info: Info, dryRun: DryRun, to: number, contentType: string, body: Json): void {
  const path = resourcePath(info.resource, info.namespace, info.name);
  const response = io.handle({ method: "PATCH", path, contentType, query: dryRunQuery(dryRun), body });
  if (response.status >= 300)
    throw plainError(
      `failed restoring revision ${to}: ${(response.body as unknown as Status).message ?? ""}`,
    );
}
