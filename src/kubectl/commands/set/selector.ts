// `kubectl set selector`: another selector for a Service.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/set/set_selector.go (v1.35)
import type { JsonObject } from "#base/json";
import { flag, text } from "../../flags.ts";
import { defineCommand } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { itemsOf, visit } from "../../resources.ts";
import { writingMode } from "../../writing/announce.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { infosToSet, sendChange } from "../../writing/pod-spec-change.ts";
import { selectorParts } from "../../writing/selector.ts";
import { SET_FLAGS } from "./flags.ts";

export const setSelector = defineCommand({
  name: "set selector",
  short: "Set the selector on a resource",
  long: "Set the selector on a resource. The new selector replaces the old one. Only Services have one that can be set.",
  examples: "kubectl set selector service kubia 'app=kubia,tier=front'",
  usage: "set selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]",
  flags: [
    ...SET_FLAGS.filter(({ name }) => !["selector", "kustomize"].includes(name)).map((item) =>
      item.name === "recursive" ? { ...item, default: "true" } : item,
    ),
    aFlag("resource-version", "string", "", "Changes only an object of this version"),
  ],
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    if (args.length === 0) throw plainError("one selector is required");
    const words = args.slice(0, -1);
    const { labels, expressions } = selectorParts(args.at(-1)!);
    const items = flag(flags, "local") ? await infosToSet(words, flags, io) : await itemsOf(words, flags, io);
    await visit(items, (info) => {
      if (info.resource.kind !== "Service")
        throw plainError("setting a selector is only supported for Services");
      if (expressions.length > 0) {
        const shown = expressions.map(
          ({ key, operator, values }) => `{${key} ${operator} [${values.join(" ")}]}`,
        );
        throw plainError(`match expression [${shown.join(" ")}] not supported on this object`);
      }
      const spec = { ...(info.object["spec"] as JsonObject), selector: labels };
      const version = text(flags, "resource-version");
      const metadata = {
        ...(info.object["metadata"] as JsonObject),
        ...(version && { resourceVersion: version }),
      };
      const next = { ...info.object, metadata, spec };
      sendChange(io, flags, info, next, { operation: "selector updated", failure: "", dryRun, always: true });
    });
    return 0;
  },
});
