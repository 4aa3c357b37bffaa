// `kubectl rollout history`: the revisions of a workload, or one of them in full.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_history.go, polymorphichelpers/history.go (v1.35)
import type { PodTemplateSpec } from "#api/pod/types";
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { podTemplateLines } from "../../describe/pod-template.ts";
import { plainError } from "../../errors.ts";
import { number, text } from "../../flags.ts";
import { objectName, PRINT_FLAGS } from "../../printers/print.ts";
import { align } from "../../printers/table.ts";
import { visit, type Info } from "../../resources.ts";
import { aFlag, fileFlags, SELECTOR_FLAG } from "../../writing/flag-sets.ts";
import { printStructured } from "../../writing/structured.ts";
import { revisionsOf, type Revision } from "./revisions.ts";
import { goKind, groupKind, KNOWN_KINDS, requireResource, rolloutItems } from "./targets.ts";

const CHANGE_CAUSE = "kubernetes.io/change-cause";
const HAVE_HISTORY = new Set(["Deployment", "DaemonSet", "StatefulSet"]);

export const rolloutHistory = defineCommand({
  name: "rollout history",
  short: "View rollout history",
  long: "View previous rollout revisions and configurations.",
  examples:
    "kubectl rollout history deployment/web\n\n# One revision in full\nkubectl rollout history deployment/web --revision=3",
  usage: "rollout history (TYPE NAME | TYPE/NAME) [flags]",
  flags: [
    ...fileFlags("with the objects"),
    ...PRINT_FLAGS,
    SELECTOR_FLAG,
    aFlag("revision", "int", "0", "This revision, with its pod template"),
  ],
  run: async (args, flags, io) => {
    requireResource(args, flags);
    if (number(flags, "revision") < 0)
      throw plainError(`revision must be a positive integer: ${number(flags, "revision")}`);
    await visit(await rolloutItems(args, flags, io), (info) => showHistory(io, flags, info));
    return 0;
  },
});

function showHistory(io: KubectlIo, flags: FlagValues, info: Info): void {
  if (!KNOWN_KINDS.has(info.resource.kind))
    throw plainError(
      `error retrieving history for ${JSON.stringify(groupKind(info))}, no visitor method exists for ${goKind(info)}`,
    );
  if (!HAVE_HISTORY.has(info.resource.kind))
    throw plainError(`no history viewer has been implemented for ${JSON.stringify(groupKind(info))}`);
  const revisions = revisionsOf(io, info);
  const wanted = number(flags, "revision");
  if (text(flags, "output")) return printRevisions(io, flags, revisions, wanted);
  const head = objectName(info.object);
  if (wanted > 0) {
    const found = revisions.find((revision) => revision.number === wanted);
    if (!found) throw plainError("unable to find the specified revision");
    io.stdout(`${head} with revision #${wanted}\n${templateText(found)}\n`);
    return;
  }
  if (revisions.length === 0) io.stdout(`${head} \nNo rollout history found.\n`);
  else io.stdout(`${head} \n${table(revisions)}\n`);
}

/** Tabs stand as they are: nothing lines these cells up. */
export function templateText({ template, cause }: Pick<Revision, "template" | "cause">): string {
  const annotations = cause
    ? { ...template.metadata?.annotations, [CHANGE_CAUSE]: cause }
    : template.metadata?.annotations;
  const shown: PodTemplateSpec = {
    ...template,
    metadata: { ...template.metadata, ...(annotations && { annotations }) },
  };
  return `${podTemplateLines(shown).join("\n")}\n`;
}

function table(revisions: readonly Revision[]): string {
  const rows = [...revisions]
    .sort((a, b) => a.number - b.number)
    .map(({ number: revision, cause }) => [String(revision), cause || "<none>"]);
  return align([["REVISION", "CHANGE-CAUSE"], ...rows], undefined, 2, 0);
}

function printRevisions(
  io: KubectlIo,
  flags: FlagValues,
  revisions: readonly Revision[],
  wanted: number,
): void {
  const shown = wanted > 0 ? revisions.filter((revision) => revision.number === wanted) : revisions;
  if (shown.length === 0) throw plainError(`unable to find the specified revision`);
  const names = text(flags, "output") === "name";
  for (const { template, object } of [...shown].sort((a, b) => a.number - b.number)) {
    const printed = object
      ? { apiVersion: "apps/v1", kind: "ReplicaSet", ...object }
      : ({ ...template } as unknown as JsonObject);
    if (!names) printStructured(io, flags, printed);
    else if (object) io.stdout(`${objectName(printed)}\n`);
  }
}
