// kubectl describe: objects in words, one after the other. A name that does not exist is tried as the beginning of names.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/describe/describe.go (v1.35)
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import type { DescribeContext } from "../../describe/context.ts";
import { describeObject } from "../../describe/registry.ts";
import { plainError, StatusError, throwAll } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { fetchInfos, targetsOf, type Info } from "../../resources.ts";
import { namespaceOf } from "../../selection.ts";
import { ALL_NAMESPACES_FLAG, aFlag, fileFlags, SELECTOR_FLAG } from "../../writing/flag-sets.ts";

const SUGGESTION = 'Use "kubectl api-resources" for a complete list of supported resources.';

export const describe = defineCommand({
  name: "describe",
  short: "Show details of a specific resource or group of resources",
  long: `Show details of a resource, or of several.

Prints a description of each selected resource, and what belongs to it, such as its events. Select one object by its name, all of a type, those that a label selector matches, or those whose names begin alike:

    kubectl describe TYPE NAME_PREFIX

looks for an object of exactly that name first. Only if there is none are all described whose names begin with NAME_PREFIX.

${SUGGESTION}`,
  examples: `  # Describe a node
  kubectl describe nodes node-1

  # Describe a pod
  kubectl describe pods/web

  # Describe what a file names
  kubectl describe -f pod.yaml

  # Describe all pods
  kubectl describe pods

  # Describe pods by a label
  kubectl describe pods -l app=web

  # Describe all pods whose names begin with 'web', as those of a Deployment 'web' do
  kubectl describe pods web`,
  usage: "describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)",
  flags: [
    ALL_NAMESPACES_FLAG,
    aFlag("chunk-size", "int", "500", "Lists are asked for in pieces of this size; 0 means all at once"),
    ...fileFlags("containing the resource to describe"),
    SELECTOR_FLAG,
    aFlag("show-events", "bool", "true", "Shows the events of each described object"),
  ],
  run: runDescribe,
});

async function runDescribe(args: readonly string[], flags: FlagValues, io: KubectlIo): Promise<number> {
  if (args.length === 0 && list(flags, "filename").length === 0 && text(flags, "kustomize") === "")
    throw plainError(`You must specify the type of resource to describe. ${SUGGESTION}`);
  const { targets, errors: fileErrors } = await targetsOf(args, flags, io, { bareTypeIsList: true });
  const { infos, errors: fetchErrors } = fetchInfos(io, targets);
  const errors = [...fileErrors, ...fetchErrors];
  const context: DescribeContext = {
    handle: (request) => io.handle(request),
    nowMs: io.nowMs(),
    showEvents: flag(flags, "show-events"),
  };
  const [only] = errors;
  if (errors.length === 1 && isNotFound(only) && args.length === 2)
    return describeMatching(args, flags, io, { context, otherwise: only! });
  io.stdout(infos.map((info) => textOf(info, context)).join("\n\n"));
  if (infos.length === 0 && errors.length === 0) {
    const where = flag(flags, "all-namespaces") ? "" : ` in ${namespaceOf(io, flags)} namespace.`;
    io.stderr(`No resources found${where}\n`);
  }
  throwAll(errors);
  return 0;
}

const isNotFound = (error: unknown): boolean =>
  error instanceof StatusError && error.status.reason === "NotFound";

const textOf = ({ resource, object }: Info, context: DescribeContext): string =>
  describeObject(resource, object, context);

interface Matching {
  context: DescribeContext;
  /** The error if nothing matches. */
  otherwise: Error;
}

async function describeMatching(
  [type = "", prefix = ""]: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
  { context, otherwise }: Matching,
): Promise<number> {
  if (type.includes(",")) throw plainError("you may only specify a single resource type");
  const { targets } = await targetsOf([type], flags, io, { bareTypeIsList: true });
  const { infos, errors } = fetchInfos(io, targets);
  throwAll(errors);
  const matching = infos.filter(({ name }) => name.startsWith(prefix));
  if (matching.length === 0) throw otherwise;
  for (const info of matching) io.stdout(`${textOf(info, context)}\n`);
  return 0;
}
