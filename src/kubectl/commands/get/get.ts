// `kubectl get`: asks the server for a Table, or for the objects themselves where -o wants to see them.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/get/get.go (v1.35)
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { describeError, ErrorList, plainError, StatusError, throwAll, usageError } from "../../errors.ts";
import { flag, text } from "../../flags.ts";
import { MISSING_RESOURCE } from "../../selection.ts";
import { targetsOf, type Targets } from "../../resources.ts";
import { GET_FLAGS } from "./flags.ts";
import { printObjects } from "./objects.ts";
import { getRaw } from "./raw.ts";
import { isTableOutput, printTables } from "./tables.ts";
import { watchTargets } from "./watch.ts";

export const get = defineCommand({
  name: "get",
  short: "Display one or many resources",
  long: `Shows a table with what matters most about objects of one or several types.

 A label selector (--selector) narrows the list. Objects of namespaced types come from the current namespace, or from the one that -n names; -A takes all namespaces.

 With -o go-template or jsonpath and a template, single fields are printed.

Use "kubectl api-resources" for a complete list of supported resources.`,
  examples: `# All pods, as a table
kubectl get pods

# All pods, with more columns such as the node
kubectl get pods -o wide

# One ReplicationController
kubectl get replicationcontroller web

# Deployments of the version "v1" of the group "apps", as JSON
kubectl get deployments.v1.apps -o json

# The object that a file names, as JSON
kubectl get -f pod.yaml -o json

# Only the phase of a pod
kubectl get -o template pod/web-pod-13je7 --template={{.status.phase}}

# Columns of your own
kubectl get pod test-pod -o custom-columns=CONTAINER:.spec.containers[0].name,IMAGE:.spec.containers[0].image

# Several types together
kubectl get rc,services

# Objects by type and name
kubectl get rc/web service/frontend pods/web-pod-13je7

# The status of a pod
kubectl get pod web-pod-13je7 --subresource status

# Pods of all namespaces
kubectl get pods --all-namespaces`,
  usage:
    "get [(-o|--output=)json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]",
  flags: GET_FLAGS,
  async run(args, flags, io) {
    const raw = text(flags, "raw");
    warnOfSorting(flags, io);
    if (raw) return getRaw(raw, args, flags, io);
    checkUsage(args, flags, io);
    const found = await targetsOf(args, flags, io, { bareTypeIsList: true, missing: MISSING_RESOURCE });
    const selection = withSubresource(found, flags);
    if (flag(flags, "watch") || flag(flags, "watch-only")) return watchTargets(selection, flags, io);
    if (!isTableOutput(flags)) {
      throwAll(unique(printObjects(selection, flags, io)));
      return 0;
    }
    const errors = unique(printTables(selection, flags, io));
    // A table's errors are always a list, so that they are printed without "error:".
    if (errors.length > 0) throw new ErrorList(errors);
    return 0;
  },
});

function warnOfSorting(flags: FlagValues, io: KubectlIo): void {
  if (!text(flags, "sort-by")) return;
  if (flag(flags, "watch"))
    io.stderr("warning: --watch requested, --sort-by will be ignored for watch events received\n");
  else if (flag(flags, "watch-only"))
    io.stderr("warning: --watch-only requested, --sort-by will be ignored\n");
}

function checkUsage(args: readonly string[], flags: FlagValues, io: KubectlIo): void {
  const watching = flag(flags, "watch") || flag(flags, "watch-only");
  const empty =
    args.length === 0 && (flags["filename"] as string[]).length === 0 && !text(flags, "kustomize");
  if (empty) {
    io.stderr(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
    );
    throw usageError(
      "get",
      'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
    );
  }
  if (flag(flags, "show-labels") && text(flags, "output") && text(flags, "output") !== "wide")
    throw plainError("--show-labels option cannot be used with " + text(flags, "output") + " printer");
  if (flag(flags, "output-watch-events") && !watching)
    throw plainError("--output-watch-events option can only be used with --watch or --watch-only");
}

function withSubresource(found: Targets, flags: FlagValues): Targets {
  const subresource = text(flags, "subresource");
  if (!subresource) return found;
  if (found.targets.some(({ kind }) => kind === "list"))
    throw plainError("subresource cannot be used when bulk resources are specified");
  return {
    ...found,
    targets: found.targets.map((target) => ({ ...target, path: `${target.path}/${subresource}` })),
  };
}

/** The same message is printed once. */
function unique(errors: readonly Error[]): Error[] {
  const seen = new Set<string>();
  return errors.filter((error) => {
    const key = error instanceof StatusError ? error.message : (describeError(error)?.text ?? error.message);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
