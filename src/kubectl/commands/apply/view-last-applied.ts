// `kubectl apply view-last-applied`: prints what was applied last.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply_view_last_applied.go (v1.35)
import { LAST_APPLIED } from "../../apply/last-applied.ts";
import type { JsonObject } from "#base/json";
import { defineCommand } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { text } from "../../flags.ts";
import { toGoJson } from "../../printers/json.ts";
import { toYaml } from "../../printers/yaml.ts";
import { objectsOf } from "../../resources.ts";
import { ALL_FLAG, aFlag, fileFlags, SELECTOR_FLAG } from "../../writing/flag-sets.ts";

export const viewLastApplied = defineCommand({
  name: "apply view-last-applied",
  short: "View the latest last-applied-configuration annotations of a resource/object",
  long: "View the latest last-applied-configuration annotations by type/name or file. In YAML unless -o says json.",
  examples: "kubectl apply view-last-applied service/kubia",
  usage: "apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)",
  flags: [
    ...fileFlags("with objects of that name"),
    SELECTOR_FLAG,
    ALL_FLAG,
    aFlag("output", "string", "yaml", "Output format: yaml or json", { short: "o" }),
  ],
  run: async (args, flags, io) => {
    const output = text(flags, "output");
    if (output !== "yaml" && output !== "json")
      throw usageError(
        "apply view-last-applied",
        `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`,
      );
    for (const { object } of await objectsOf(args, flags, io)) {
      const { annotations = {} } = object["metadata"] as { annotations?: Record<string, string> };
      const kept = annotations[LAST_APPLIED];
      if (kept === undefined) continue;
      const value = JSON.parse(kept) as JsonObject;
      io.stdout(output === "yaml" ? toYaml(value) : `${toGoJson(value, "  ")}\n`);
    }
    return 0;
  },
});
