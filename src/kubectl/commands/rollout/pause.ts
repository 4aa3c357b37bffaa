// `kubectl rollout pause` and `resume`.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_pause.go, rollout_resume.go (v1.35)
import { clone, type JsonObject } from "#base/json";
import { defineCommand, type Command, type FlagValues, type KubectlIo } from "../../command.ts";
import { goQuote } from "../../go-values.ts";
import type { Info } from "../../resources.ts";
import { fieldManagerFlag, fileFlags, SELECTOR_FLAG } from "../../writing/flag-sets.ts";
import { PRINT_FLAGS } from "../../printers/print.ts";
import { forEachItem, sendChange, SetError } from "../../writing/pod-spec-change.ts";
import { requireResource, resourceName, rolloutItems } from "./targets.ts";

const define = (word: "pause" | "resume", pauses: boolean): Command =>
  defineCommand({
    name: `rollout ${word}`,
    short: pauses ? "Mark the provided resource as paused" : "Resume a paused resource",
    long: pauses
      ? "Mark the provided resource as paused. Paused deployments are not reconciled by their controller."
      : "Resume a paused resource.",
    examples: `kubectl rollout ${word} deployment/web`,
    usage: `rollout ${word} RESOURCE`,
    flags: [
      ...fileFlags("with the objects"),
      ...PRINT_FLAGS,
      SELECTOR_FLAG,
      fieldManagerFlag("kubectl-rollout"),
    ],
    run: async (args, flags, io) => {
      requireResource(args, flags);
      forEachItem(await rolloutItems(args, flags, io), (info) => setPaused(io, flags, info, word, pauses));
      return 0;
    },
  });

function setPaused(
  io: KubectlIo,
  flags: FlagValues,
  info: Info,
  word: "pause" | "resume",
  pauses: boolean,
): void {
  const { resource, name, object } = info;
  const which = `${resourceName(info)} ${goQuote(name)}`;
  if (resource.kind !== "Deployment")
    throw new SetError(`${which} ${pauses ? "pausing" : "resuming"} is not supported`);
  const copy = clone(object);
  const spec = copy["spec"] as JsonObject;
  if ((spec["paused"] === true) === pauses)
    throw new SetError(`${which} is ${pauses ? "already" : "not"} paused`);
  if (pauses) spec["paused"] = true;
  else delete spec["paused"];
  sendChange(io, flags, info, copy, { operation: `${word}d`, failure: "failed to patch: ", dryRun: "none" });
}

export const rolloutPause = define("pause", true);
export const rolloutResume = define("resume", false);
