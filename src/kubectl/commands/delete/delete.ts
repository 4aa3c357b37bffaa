// `kubectl delete`: by name, selector or file, with waiting until the objects are gone.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go (v1.35)
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError, StatusError, throwAll } from "../../errors.ts";
import { changed, flag, number, text } from "../../flags.ts";
import { fetchInfos, request, targetsOf, type Target } from "../../resources.ts";
import { dryRunOf, dryRunSuffix, DRY_RUN_FLAG, type DryRun } from "../../writing/dry-run.ts";
import { deleteObject, waitGone, type Deletion, type DeletionOptions } from "../../writing/delete-object.ts";
import { confirmed } from "../../writing/confirm.ts";
import { DELETE_FLAGS, deletionMode, type DeletionMode } from "../../writing/delete-flags.ts";
import { requireRawPath } from "../../writing/manifest-check.ts";
import {
  ALL_FLAG,
  ALL_NAMESPACES_FLAG,
  aFlag,
  FIELD_SELECTOR_FLAG,
  fileFlags,
  SELECTOR_FLAG,
} from "../../writing/flag-sets.ts";

export const deleteCommand = defineCommand({
  name: "delete",
  short: "Delete resources by file names, stdin, resources and names, or by resources and label selector",
  long: "Delete resources by file names, stdin, resources and names, or by resources and label selector.\n\n Objects that run a grace period, such as pods, are first asked to end. Unless --wait=false, delete returns when they are gone.",
  examples:
    "# What a file names\nkubectl delete -f ./kubia-svc.yaml\n\n# By label\nkubectl delete pods,services -l app=kubia\n\n# At once\nkubectl delete pod kubia --now",
  usage: "delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])",
  flags: [
    ...fileFlags("with what to delete"),
    ...DELETE_FLAGS,
    DRY_RUN_FLAG,
    SELECTOR_FLAG,
    FIELD_SELECTOR_FLAG,
    ALL_FLAG,
    ALL_NAMESPACES_FLAG,
    aFlag("ignore-not-found", "bool", "false", "Objects that are not there are no error"),
    aFlag("interactive", "bool", "false", "Asks before anything is deleted", { short: "i" }),
    aFlag("output", "string", "", "Output format: name", { short: "o" }),
    aFlag("raw", "string", "", "Path of the server to which the DELETE is sent as it is"),
  ],
  run: async (args, flags, io) => {
    const mode = deletionMode(flags, io);
    const dryRun = dryRunOf(flags, io);
    if (text(flags, "raw")) {
      requireRawPath(text(flags, "raw"));
      io.stdout(JSON.stringify(request(io, { method: "DELETE", path: text(flags, "raw") }).body));
      return 0;
    }
    const selects = flag(flags, "all") || text(flags, "selector") || text(flags, "field-selector");
    const [all, fields] = [flag(flags, "all"), text(flags, "field-selector")];
    if (all && (text(flags, "selector") || fields))
      throw plainError("setting 'all' parameter but found a non empty selector. ");
    const { targets, errors } = await targetsOf(args, flags, io, { allSelects: true });
    validate(flags, io, mode);
    const ignore = changed(flags, "ignore-not-found") ? flag(flags, "ignore-not-found") : Boolean(selects);
    const failed: Error[] = [];
    const found = deletionsOf(io, targets, ignore, failed);
    if (flag(flags, "interactive") && found.length > 0 && !(await isWanted(io, found))) return 0;
    await deleteAll(io, found, { flags, mode, dryRun, ignore, failed, unread: errors });
    return 0;
  },
});

function validate(flags: FlagValues, io: KubectlIo, mode: DeletionMode): void {
  const output = text(flags, "output");
  if (output !== "" && output !== "name")
    throw plainError(`unexpected -o output mode: ${output}. We only support '-o name'`);
  if (mode.force && mode.graceSeconds === 0)
    io.stderr(
      "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n",
    );
  else if (mode.force && (mode.graceSeconds ?? 0) > 0)
    throw plainError("--force and --grace-period greater than 0 cannot be specified together");
}

interface Found extends Deletion {
  /** The file that named it. */
  source?: string;
}

/** Lists are asked for, single names are not. */
function deletionsOf(io: KubectlIo, targets: readonly Target[], ignore: boolean, failed: Error[]): Found[] {
  return targets.flatMap((target): Found[] => {
    if (target.kind === "one") {
      const { resource, namespace, name, local } = target;
      return [{ resource, namespace, name, ...(local && { source: local.source }) }];
    }
    const { infos, errors } = fetchInfos(io, [target], ignore);
    failed.push(...errors);
    return infos.map(({ resource, namespace, name }) => ({ resource, namespace, name }));
  });
}

async function isWanted(io: KubectlIo, found: readonly Found[]): Promise<boolean> {
  const names = found.map(({ resource, name }) => `${kindName(resource)}/${name}\n`).join("");
  const question = `You are about to delete the following ${found.length} resource(s):\n${names}Do you want to continue?`;
  if (await confirmed(io, question)) return true;
  io.stdout("deletion is cancelled\n");
  return false;
}

interface Run {
  flags: FlagValues;
  mode: DeletionMode;
  dryRun: DryRun;
  ignore: boolean;
  failed: Error[];
  /** What files could not be read for, which is said last. */
  unread: readonly Error[];
}

async function deleteAll(io: KubectlIo, found: readonly Found[], run: Run): Promise<void> {
  const { flags, mode, dryRun, ignore, failed, unread } = run;
  const deleted: { deletion: Found; uid: string | undefined }[] = [];
  let warned = !text(flags, "namespace") || flag(flags, "all-namespaces");
  for (const deletion of found) {
    if (!warned && !deletion.resource.namespaced) {
      io.stderr("Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n");
      warned = true;
    }
    try {
      const uid =
        dryRun === "client" ? undefined : deleteObject(io, deletion, optionsFor(deletion, mode, dryRun));
      io.stdout(deletedLine(deletion, mode, dryRun, text(flags, "output") === "name"));
      deleted.push({ deletion, uid });
    } catch (error) {
      if (!(ignore && error instanceof StatusError && error.status.reason === "NotFound"))
        failed.push(error as Error);
    }
  }
  throwAll([...failed, ...unread]);
  if (found.length === 0) io.stdout("No resources found\n");
  if (!mode.wait || dryRun !== "none") return;
  for (const { deletion, uid } of deleted) await waitGone(io, deletion, uid, number(flags, "timeout"));
}

function optionsFor(
  { source }: Found,
  { policy, graceSeconds }: DeletionMode,
  dryRun: DryRun,
): DeletionOptions {
  return {
    policy,
    ...(graceSeconds !== undefined && { graceSeconds }),
    dryRun,
    ...(source !== undefined && { context: `error when deleting "${source}"` }),
  };
}

const kindName = ({ kind, group }: Deletion["resource"]): string =>
  group ? `${kind.toLowerCase()}.${group}` : kind.toLowerCase();

export function deletedLine(
  deletion: Deletion,
  mode: DeletionMode,
  dryRun: DryRun,
  nameOnly = false,
): string {
  const { resource, namespace, name } = deletion;
  if (nameOnly) return `${kindName(resource)}/${name}\n`;
  const done = mode.graceSeconds === 0 ? "force deleted" : "deleted";
  const from = resource.namespaced && namespace ? ` from ${namespace} namespace` : "";
  return `${kindName(resource)} "${name}" ${done}${from}${dryRunSuffix(dryRun)}\n`;
}
