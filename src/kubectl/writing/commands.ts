// Every command that writes to the cluster or goes into its containers, for registry.ts.
import type { Command } from "../command.ts";
import { annotateCommand } from "../commands/annotate/annotate.ts";
import { applyCommands } from "../commands/apply/apply.ts";
import { attachCommand } from "../commands/attach/attach.ts";
import { autoscaleCommand } from "../commands/autoscale/autoscale.ts";
import { cpCommand } from "../commands/cp/cp.ts";
import { certificateCommands } from "../commands/certificate/certificate.ts";
import { createCommands } from "../commands/create/create.ts";
import { debugCommand } from "../commands/debug/debug.ts";
import { deleteCommand } from "../commands/delete/delete.ts";
import { diffCommand } from "../commands/diff/diff.ts";
import { cordonCommand, uncordonCommand } from "../commands/drain/cordon.ts";
import { drainCommand } from "../commands/drain/drain.ts";
import { editCommand } from "../commands/edit/edit.ts";
import { execCommand } from "../commands/exec/exec.ts";
import { exposeCommand } from "../commands/expose/expose.ts";
import { kustomizeCommand } from "../commands/kustomize/kustomize.ts";
import { labelCommand } from "../commands/label/label.ts";
import { patchCommand } from "../commands/patch/patch.ts";
import { portForwardCommand } from "../commands/port-forward/port-forward.ts";
import { proxyCommand } from "../commands/proxy/proxy.ts";
import { replaceCommand } from "../commands/replace/replace.ts";
import { rolloutCommands } from "../commands/rollout/rollout.ts";
import { runCommand } from "../commands/run/run.ts";
import { scaleCommand } from "../commands/scale/scale.ts";
import { setCommands } from "../commands/set/set.ts";
import { taintCommand } from "../commands/taint/taint.ts";
import { remembering } from "./record.ts";

const COMMANDS: readonly Command[] = [
  ...createCommands,
  exposeCommand,
  runCommand,
  ...setCommands,
  editCommand,
  deleteCommand,
  ...rolloutCommands,
  scaleCommand,
  autoscaleCommand,
  ...certificateCommands,
  cordonCommand,
  uncordonCommand,
  drainCommand,
  taintCommand,
  attachCommand,
  execCommand,
  portForwardCommand,
  proxyCommand,
  cpCommand,
  debugCommand,
  diffCommand,
  ...applyCommands,
  patchCommand,
  replaceCommand,
  kustomizeCommand,
  labelCommand,
  annotateCommand,
];

export const WRITING_COMMANDS: readonly Command[] = COMMANDS.map(remembering);
