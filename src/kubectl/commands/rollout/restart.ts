// `kubectl rollout restart`: an annotation of the pod template, so that all pods are replaced.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_restart.go, polymorphichelpers/objectrestarter.go (v1.35)
import { clone, type JsonObject } from "#base/json";
import { formatRfc3339 } from "#base/time";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import type { Info } from "../../resources.ts";
import { PRINT_FLAGS } from "../../printers/print.ts";
import { fieldManagerFlag, fileFlags, SELECTOR_FLAG } from "../../writing/flag-sets.ts";
import { forEachItem, sendChange, SetError } from "../../writing/pod-spec-change.ts";
import { nothingFound, requireResource, resourceName, rolloutItems } from "./targets.ts";

const RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";
const RESTARTABLE = new Set(["Deployment", "DaemonSet", "StatefulSet"]);

export const rolloutRestart = defineCommand({
  name: "rollout restart",
  short: "Restart a resource",
  long: "Restart a resource: every pod of its rollout is replaced.",
  examples: "kubectl rollout restart deployment/web",
  usage: "rollout restart RESOURCE",
  flags: [
    ...fileFlags("with the objects"),
    ...PRINT_FLAGS,
    SELECTOR_FLAG,
    fieldManagerFlag("kubectl-rollout"),
  ],
  run: async (args, flags, io) => {
    requireResource(args, flags);
    const items = await rolloutItems(args, flags, io);
    if (items.length === 0) return nothingFound(io, flags);
    forEachItem(items, (info) => restart(io, flags, info));
    return 0;
  },
});

function restart(io: KubectlIo, flags: FlagValues, info: Info): void {
  const { resource, name, object } = info;
  const which = `${resourceName(info)} ${JSON.stringify(name)}`;
  if (!RESTARTABLE.has(resource.kind)) throw new SetError(`${which} restarting is not supported`);
  const copy = clone(object);
  const spec = copy["spec"] as JsonObject;
  if (spec["paused"])
    throw new SetError(`${which} can't restart paused deployment (run rollout resume first)`);
  const template = spec["template"] as JsonObject;
  const metadata = (template["metadata"] ?? {}) as JsonObject;
  const before = (metadata["annotations"] ?? {}) as JsonObject;
  const now = formatRfc3339(io.nowMs());
  if (before[RESTARTED_AT] === now)
    throw plainError(
      `failed to create patch for ${name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
    );
  template["metadata"] = { ...metadata, annotations: { ...before, [RESTARTED_AT]: now } };
  sendChange(io, flags, info, copy, {
    operation: "restarted",
    failure: "failed to patch: ",
    dryRun: "none",
  });
}
