// `kubectl rollout`: the group, and all that it holds.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/rollout (v1.35)
import type { Command } from "../../command.ts";
import { defineGroup } from "../../group.ts";
import { rolloutHistory } from "./history.ts";
import { rolloutPause, rolloutResume } from "./pause.ts";
import { rolloutRestart } from "./restart.ts";
import { rolloutStatus } from "./status.ts";
import { rolloutUndo } from "./undo.ts";

const group = defineGroup(
  {
    name: "rollout",
    short: "Manage the rollout of a resource",
    long: "Manage the rollout of one or many resources.\n\n Valid resource types include: deployments, daemonsets and statefulsets.",
    examples:
      "# Back to the previous deployment\nkubectl rollout undo deployment/web\n\n# How far is it?\nkubectl rollout status deployment/web",
    usage: "rollout SUBCOMMAND",
  },
  "stdout",
);

export const rolloutCommands: readonly Command[] = [
  group,
  rolloutHistory,
  rolloutPause,
  rolloutResume,
  rolloutUndo,
  rolloutStatus,
  rolloutRestart,
];
