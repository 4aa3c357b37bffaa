// `kubectl set resources`: requests and limits of containers.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/set/set_resources.go (v1.35)
import { parseQuantity } from "#api/quantity";
import type { JsonObject } from "#base/json";
import { defineCommand } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { text } from "../../flags.ts";
import { writingMode } from "../../writing/announce.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import {
  checkSetWords,
  forEachItem,
  infosToSet,
  selectContainers,
  sendChange,
  SetError,
  withPodSpec,
} from "../../writing/pod-spec-change.ts";
import { SET_FLAGS } from "./flags.ts";

const QUANTITY_TEXT =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

export const setResources = defineCommand({
  name: "set resources",
  short: "Update resource requests/limits on objects with pod templates",
  long: "Specify compute resource requirements (CPU, memory) for any resource that defines a pod template.",
  examples: "kubectl set resources deployment web --requests=cpu=100m --limits=cpu=200m,memory=128Mi",
  usage: "set resources (-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]",
  flags: [
    ...SET_FLAGS,
    aFlag("containers", "string", "*", "Names of the containers; may hold *", { short: "c" }),
    aFlag("limits", "string", "", "Limits as resource=quantity, separated by commas"),
    aFlag("requests", "string", "", "Requests as resource=quantity, separated by commas"),
  ],
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    const infos = await infosToSet(args, flags, io);
    checkSetWords(args, flags, dryRun);
    if (text(flags, "limits") === "" && text(flags, "requests") === "")
      throw plainError(
        "you must specify an update to requests or limits (in the form of --requests/--limits)",
      );
    const limits = quantities(text(flags, "limits"));
    const requests = quantities(text(flags, "requests"));
    forEachItem(infos, (info) => {
      const { copy, spec } = withPodSpec(info);
      const containers = selectContainers(spec, text(flags, "containers"));
      if (containers.length === 0)
        throw new SetError(`unable to find container named ${text(flags, "containers")}`);
      for (const container of containers) lay(container, limits, requests);
      sendChange(io, flags, info, copy, {
        operation: "resource requirements updated",
        failure: "failed to patch resources update to pod template ",
        dryRun,
      });
    });
    return 0;
  },
});

function quantities(words: string): JsonObject {
  const list: JsonObject = {};
  if (words === "") return list;
  for (const word of words.split(",")) {
    const parts = word.split("=");
    if (parts.length !== 2) throw plainError(`Invalid argument syntax ${word}, expected <resource>=<value>`);
    if (parseQuantity(parts[1]!) === undefined) throw plainError(QUANTITY_TEXT);
    list[parts[0]!] = parts[1]!;
  }
  return list;
}

/** What is not named stays. */
function lay(container: JsonObject, limits: JsonObject, requests: JsonObject): void {
  const resources = { ...(container["resources"] as JsonObject | undefined) };
  for (const [field, changes] of [
    ["limits", limits],
    ["requests", requests],
  ] as const) {
    if (Object.keys(changes).length === 0) continue;
    resources[field] = { ...(resources[field] as JsonObject | undefined), ...changes };
  }
  container["resources"] = resources;
}
