// What the rollout commands are about, and how they name kinds that have no rollouts.
import type { FlagValues, KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { list, text } from "../../flags.ts";
import { namespaceOf } from "../../selection.ts";
import { itemsReadBefore, type Info } from "../../resources.ts";

export function requireResource(args: readonly string[], flags: FlagValues): void {
  if (args.length === 0 && list(flags, "filename").length === 0 && !text(flags, "kustomize"))
    throw plainError("required resource not specified");
}

/** A selection of nothing is said, and is no error. */
export function nothingFound(io: KubectlIo, flags: FlagValues): number {
  io.stderr(`No resources found in ${namespaceOf(io, flags)} namespace.\n`);
  return 0;
}

/** `TYPE` alone means all of that type. */
export function rolloutItems(
  args: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
): Promise<(Info | Error)[]> {
  return itemsReadBefore(args, flags, io, { bareTypeIsList: true });
}

/** `{ Service}`, `{apps Deployment}`: Go's way of printing a group and a kind. */
export const goKind = ({ resource: { group, kind } }: Info): string => `{${group} ${kind}}`;

/** "Service", "Deployment.apps" */
export const groupKind = ({ resource: { group, kind } }: Info): string => (group ? `${kind}.${group}` : kind);

/** "services", "deployments.apps" */
export const resourceName = ({ resource: { group, resource } }: Info): string =>
  group ? `${resource}.${group}` : resource;

/** Kinds that have a visitor in kubectl, beyond those with rollouts. */
export const KNOWN_KINDS = new Set([
  "Deployment",
  "DaemonSet",
  "StatefulSet",
  "ReplicaSet",
  "ReplicationController",
  "Job",
  "Pod",
  "CronJob",
]);
