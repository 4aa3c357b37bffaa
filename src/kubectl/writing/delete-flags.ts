// Flags about how objects are deleted, shared by delete, replace, apply and run.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/delete/delete_flags.go (v1.35)
import type { Flag, FlagValues, KubectlIo } from "../command.ts";
import { plainError } from "../errors.ts";
import { flag, number, text } from "../flags.ts";
import { aFlag } from "./flag-sets.ts";

export const DELETE_FLAGS: readonly Flag[] = [
  aFlag(
    "cascade",
    "string",
    "background",
    'What becomes of owned objects: "background", "orphan" or "foreground"',
    { bare: "background" },
  ),
  aFlag("force", "bool", "false", "Takes objects off the server at once, without waiting for a graceful end"),
  aFlag(
    "grace-period",
    "int",
    "-1",
    "Seconds that an object has to end; negative: its own; 1 ends it at once; 0 only with --force",
  ),
  aFlag("now", "bool", "false", "Asks for an end at once (the same as --grace-period=1)"),
  aFlag("timeout", "duration", "0s", "How long to wait for a deletion; 0 means as long as it takes"),
  aFlag("wait", "bool", "true", "Waits until the objects are gone"),
];

export interface DeletionMode {
  policy: "Background" | "Foreground" | "Orphan";
  graceSeconds?: number;
  force: boolean;
  wait: boolean;
}

export function deletionMode(flags: FlagValues, io: KubectlIo): DeletionMode {
  const force = flag(flags, "force");
  const policy = policyOf(text(flags, "cascade"), io);
  let grace = number(flags, "grace-period");
  if (flag(flags, "now")) {
    if (grace !== -1) throw plainError("--now and --grace-period cannot be specified together");
    grace = 1;
  }
  // Without --force a period of 0 is taken for 1, so that nobody loses data by chance.
  if (grace === 0 && !force) grace = 1;
  if (force && grace < 0) grace = 0;
  return { policy, ...(grace >= 0 && { graceSeconds: grace }), force, wait: flag(flags, "wait") };
}

function policyOf(word: string, io: KubectlIo): DeletionMode["policy"] {
  const deprecated = (instead: string): void =>
    io.stderr(
      `warning: --cascade=${word} is deprecated (boolean value) and can be replaced with --cascade=${instead}.\n`,
    );
  switch (word) {
    case "background":
      return "Background";
    case "foreground":
      return "Foreground";
    case "orphan":
      return "Orphan";
    case "true":
      deprecated("background");
      return "Background";
    case "false":
      deprecated("orphan");
      return "Orphan";
    default:
      throw plainError(`invalid cascade value (${word}). Must be "background", "foreground", or "orphan"`);
  }
}
