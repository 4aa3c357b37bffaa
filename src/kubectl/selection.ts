// What a line selects: `TYPE NAME`, `TYPE/NAME`, `a,b`, a selector, or files. The rules and errors of kubectl's resource
// builder, up to the requests, which resources.ts sends.
// Kubernetes: staging/src/k8s.io/cli-runtime/pkg/resource/builder.go (v1.35)
import type { FlagValues, KubectlIo } from "./command.ts";
import { plainError } from "./errors.ts";
import { filesOf } from "./files.ts";
import { flag, text } from "./flags.ts";
import { discoverResources, expandCategories, resourceFor, type ApiResource } from "./mapper.ts";

export interface Selection {
  resources: readonly ApiResource[];
  /** Lists to ask for. */
  lists: ApiResource[];
  /** Single objects to ask for. */
  names: { resource: ApiResource; name: string }[];
  /** Files, folders, "-" and addresses, as they were given. */
  files: string[];
  recursive: boolean;
  labelSelector: string;
  fieldSelector: string;
  namespace: string | undefined;
  /** The namespace was given by -n. */
  enforceNamespace: boolean;
}

export interface SelectionOptions {
  /** A type alone means all of its objects, as for get. */
  bareTypeIsList?: boolean;
  /** A resource for names without a type, as for logs and exec: "pods". */
  defaultType?: string;
  /** --all is a selector, and so cannot stand beside names; elsewhere names make it mean nothing. */
  allSelects?: boolean;
  /** What an empty line means. */
  missing?: string;
}

export const MISSING_RESOURCE = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

/** The namespace of a request: -n, that of the context, or "default". */
export function namespaceOf(io: KubectlIo, flags: FlagValues): string {
  const context = io.config.contexts[text(flags, "context") || io.config.currentContext];
  return text(flags, "namespace") || context?.namespace || "default";
}

const unique = (words: readonly string[]): string[] => [...new Set(words)];
const splitTypes = (word: string): string[] => unique(word.split(","));

export function select(
  args: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
  options: SelectionOptions = {},
): Selection {
  const resources = discoverResources(io);
  const words = spreadTypes(args);
  const selection: Selection = {
    resources,
    lists: [],
    names: [],
    files: filesOf(flags),
    recursive: flag(flags, "recursive"),
    labelSelector: text(flags, "selector"),
    fieldSelector: text(flags, "field-selector"),
    namespace: flag(flags, "all-namespaces") ? undefined : namespaceOf(io, flags),
    enforceNamespace: text(flags, "namespace") !== "" && !flag(flags, "all-namespaces"),
  };
  if (options.defaultType !== undefined && args.length > 0 && selection.files.length === 0)
    return withDefaultType(selection, args, options.defaultType);
  const typed = readWords(words, resources);
  const bareList = options.bareTypeIsList === true && typed.types.length > 0 && typed.names.length === 0;
  const named = typed.names.length > 0 || typed.tuples.length > 0;
  const all = flag(flags, "all") && (options.allSelects === true || (!named && words.length > 0));
  const selects = bareList || selection.labelSelector || selection.fieldSelector || all;
  if (selection.files.length > 0) return withFiles(selection, typed);
  if (selects) return withSelector(selection, typed);
  if (typed.tuples.length > 0) return withTuples(selection, typed);
  return withNames(selection, typed, options);
}

interface Words {
  types: string[];
  names: string[];
  tuples: { type: string; name: string }[];
}

/** `a,b c` means a/c and b/c. */
function spreadTypes(args: readonly string[]): readonly string[] {
  if (args.length < 2) return args;
  const types = splitTypes(args[0]!);
  return types.length > 1 ? types.flatMap((type) => args.slice(1).map((name) => `${type}/${name}`)) : args;
}

function readWords(words: readonly string[], resources: readonly ApiResource[]): Words {
  const slashes = words.filter((word) => word.includes("/")).length;
  if (slashes > 0) {
    if (slashes !== words.length)
      throw plainError(
        "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      );
    return { types: [], names: [], tuples: words.map(tupleOf) };
  }
  const types = words.length > 0 ? expandCategories(resources, splitTypes(words[0]!)) : [];
  return { types, names: words.slice(1), tuples: [] };
}

function tupleOf(word: string): { type: string; name: string } {
  const parts = word.split("/");
  if (parts.length !== 2)
    throw plainError("arguments in resource/name form may not have more than one slash");
  const [type = "", name = ""] = parts;
  if (type === "" || name === "" || splitTypes(type).length !== 1)
    throw plainError("arguments in resource/name form must have a single resource and name");
  return { type, name };
}

function withFiles(selection: Selection, { types, names, tuples }: Words): Selection {
  if (types.length > 0)
    throw plainError(
      "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well",
    );
  if (names.length > 0) throw plainError("name cannot be provided when a path is specified");
  if (tuples.length > 0)
    throw plainError("resource/name arguments cannot be provided when a path is specified");
  return selection;
}

function withSelector(selection: Selection, { types, names, tuples }: Words): Selection {
  if (names.length > 0) throw plainError("name cannot be provided when a selector is specified");
  if (tuples.length > 0)
    throw plainError("selectors and the all flag cannot be used when passing resource/name arguments");
  if (types.length === 0) throw plainError("at least one resource must be specified to use a selector");
  return { ...selection, lists: types.map((type) => resourceFor(selection.resources, type)) };
}

/** Each word is a name, or says its type itself. */
function withDefaultType(selection: Selection, args: readonly string[], defaultType: string): Selection {
  const tuples = args.map((word) => (word.includes("/") ? tupleOf(word) : { type: defaultType, name: word }));
  return withTuples(selection, { types: [], names: [], tuples });
}

function withTuples(selection: Selection, { tuples }: Words): Selection {
  const names = tuples.map(({ type, name }) => ({ resource: resourceFor(selection.resources, type), name }));
  for (const { resource } of names) needsNamespace(selection, resource);
  return { ...selection, names };
}

function withNames(selection: Selection, words: Words, options: SelectionOptions): Selection {
  const { types } = words;
  if (types.length === 0) throw plainError(options.missing ?? MISSING_RESOURCE);
  if (words.names.length === 0) {
    types.forEach((type) => resourceFor(selection.resources, type));
    throw plainError("resource(s) were provided, but no name was specified");
  }
  const found = types.map((type) => resourceFor(selection.resources, type));
  if (found.length > 1) throw plainError("you must specify only one resource");
  const resource = found[0]!;
  needsNamespace(selection, resource);
  return { ...selection, names: words.names.map((name) => ({ resource, name })) };
}

function needsNamespace({ namespace }: Selection, { namespaced }: ApiResource): void {
  if (namespaced && namespace === undefined)
    throw plainError("a resource cannot be retrieved by name across all namespaces");
}
