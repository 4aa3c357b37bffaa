// `kubectl cordon` and `uncordon`: whether new pods may come to a node.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go (v1.35)
import { defineCommand, type Command } from "../../command.ts";
import { dryRunOf } from "../../writing/dry-run.ts";
import { markNodes, NODE_FLAGS, nodesOf } from "./nodes.ts";

const define = (name: "cordon" | "uncordon", unschedulable: boolean): Command =>
  defineCommand({
    name,
    short: `Mark node as ${unschedulable ? "unschedulable" : "schedulable"}`,
    long: `Mark node as ${unschedulable ? "unschedulable" : "schedulable"}.`,
    examples: `kubectl ${name} node-1`,
    usage: `${name} NODE`,
    flags: NODE_FLAGS,
    run: async (args, flags, io) => {
      const dryRun = dryRunOf(flags, io);
      markNodes(io, flags, await nodesOf(name, args, flags, io), unschedulable, dryRun);
      return 0;
    },
  });

export const cordonCommand = define("cordon", true);
export const uncordonCommand = define("uncordon", false);
