// `kubectl rollout pause` and `resume`.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_pause.go, rollout_resume.go (v1.35)
import { clone, type JsonObject } from "#base/json";
import { defineCommand, type Command } from "../../command.ts";
import { fieldManagerFlag, fileFlags, SELECTOR_FLAG } from "../../writing/flag-sets.ts";
import { PRINT_FLAGS } from "../../printers/print.ts";
import { forEachInfo, sendChange, SetError } from "../../writing/pod-spec-change.ts";
import { throwAll } from "../../errors.ts";
import { requireResource, resourceName, rolloutInfos } from "./targets.ts";

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
      const { infos, errors } = await rolloutInfos(args, flags, io);
      const failed: Error[] = [...errors];
      try {
        forEachInfo(infos, (info) => {
          const { resource, name, object } = info;
          if (resource.kind !== "Deployment")
            throw new SetError(
              `${resourceName(info)} ${JSON.stringify(name)} ${pauses ? "pausing" : "resuming"} is not supported`,
            );
          const copy = clone(object);
          const spec = copy["spec"] as JsonObject;
          if ((spec["paused"] === true) === pauses)
            throw new SetError(
              `${resourceName(info)} ${JSON.stringify(name)} is ${pauses ? "already" : "not"} paused`,
            );
          if (pauses) spec["paused"] = true;
          else delete spec["paused"];
          sendChange(io, flags, info, copy, {
            operation: `${word}d`,
            failure: "failed to patch: ",
            dryRun: "none",
          });
        });
      } catch (error) {
        failed.push(error as Error);
      }
      throwAll(failed);
      return 0;
    },
  });

export const rolloutPause = define("pause", true);
export const rolloutResume = define("resume", false);
