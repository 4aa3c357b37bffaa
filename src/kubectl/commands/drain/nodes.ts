// The nodes that cordon, uncordon and drain are about.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go (v1.35)
import type { Status } from "#api/meta";
import { readSelector } from "#cluster/apiserver/label-query";
import type { Flag, FlagValues, KubectlIo } from "../../command.ts";
import { plainError, usageError } from "../../errors.ts";
import { text } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import { longName } from "../../mapper.ts";
import { infosOrErrors, targetsOf, type Info } from "../../resources.ts";
import { announce } from "../../writing/announce.ts";
import { dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import { SELECTOR_FLAG } from "../../writing/flag-sets.ts";
import { DRY_RUN_FLAG } from "../../writing/dry-run.ts";

export const NODE_FLAGS: readonly Flag[] = [DRY_RUN_FLAG, SELECTOR_FLAG];

export async function nodesOf(
  command: string,
  args: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
): Promise<Info[]> {
  const selector = text(flags, "selector");
  if (args.length === 0 && selector === "") throw usageError(command, `USAGE: ${command} NODE [flags]`);
  if (args.length > 0 && selector !== "")
    throw usageError(command, "cannot specify both a node name and a --selector option");
  const podSelector = text(flags, "pod-selector");
  if (podSelector && !readSelector(podSelector).ok)
    throw plainError("--pod-selector=<pod_selector> must be a valid label selector");
  const words = args.map((word) => (word.includes("/") ? word : `nodes/${word}`));
  const { targets } = await targetsOf(selector ? ["nodes"] : words, flags, io);
  const nodes: Info[] = [];
  for (const item of infosOrErrors(io, targets)) {
    if (item instanceof Error) throw item;
    if (item.resource.kind !== "Node")
      throw plainError(`expected resource of type node, got ${goQuote(longName(item.resource))}`);
    nodes.push(item);
  }
  return nodes;
}

/** Marks nodes, or takes the mark away; what goes wrong with one is said and does not stop the others. */
export function markNodes(
  io: KubectlIo,
  flags: FlagValues,
  nodes: readonly Info[],
  unschedulable: boolean,
  dryRun: DryRun,
): void {
  for (const { resource, name, object } of nodes) {
    const now = (object["spec"] as { unschedulable?: boolean } | undefined)?.unschedulable ?? false;
    const word = unschedulable ? "cordoned" : "uncordoned";
    const say = (operation: string): void => announce(io, flags, { resource, object, operation, dryRun });
    if (now === unschedulable) {
      say(`already ${word}`);
      continue;
    }
    if (dryRun !== "client") {
      const response = io.handle({
        method: "PATCH",
        path: `/api/v1/nodes/${encodeURIComponent(name)}`,
        contentType: "application/strategic-merge-patch+json",
        query: dryRunQuery(dryRun),
        body: { spec: { unschedulable: unschedulable ? true : null } },
      });
      if (response.status >= 300) {
        const { message = "" } = response.body as unknown as Status;
        io.stderr(
          `error: unable to ${unschedulable ? "cordon" : "uncordon"} node ${JSON.stringify(name)}: ${message}\n`,
        );
        continue;
      }
    }
    say(word);
  }
}
