// `kubectl set serviceaccount`.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/set/set_serviceaccount.go (v1.35)
import { defineCommand } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { writingMode } from "../../writing/announce.ts";
import { forEachItem, infosToSet, sendChange, withPodSpec } from "../../writing/pod-spec-change.ts";
import { SET_FLAGS } from "./flags.ts";

export const setServiceAccount = defineCommand({
  name: "set serviceaccount",
  aliases: ["sa"],
  short: "Update the service account of a resource",
  long: "Update the service account of pod template resources.",
  examples: "kubectl set serviceaccount deployment web robot",
  usage: "set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT",
  flags: SET_FLAGS.filter(({ name }) => name !== "selector"),
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    if (args.length === 0) throw plainError("serviceaccount is required");
    const account = args.at(-1)!;
    forEachItem(await infosToSet(args.slice(0, -1), flags, io, true), (info) => {
      const { copy, spec } = withPodSpec(info);
      spec["serviceAccountName"] = account;
      sendChange(io, flags, info, copy, {
        operation: "serviceaccount updated",
        failure: "failed to patch ServiceAccountName ",
        dryRun,
        always: true,
      });
    });
    return 0;
  },
});
