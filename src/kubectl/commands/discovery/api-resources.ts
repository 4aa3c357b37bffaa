// `kubectl api-resources` and `kubectl api-versions`: what the server has, from its discovery documents.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/apiresources (v1.35)
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError, usageError } from "../../errors.ts";
import { changed, flag, list, text } from "../../flags.ts";
import { discoverResources, type ApiResource } from "../../mapper.ts";
import { printerFor } from "../../printers/print.ts";
import { align } from "../../printers/table.ts";

const FORMATS = "json,kyaml,name,wide,yaml";

export const apiResources = defineCommand({
  name: "api-resources",
  short: "Print the supported API resources on the server",
  long: "Lists the resources that the server has.",
  examples: `# All of them
kubectl api-resources

# With verbs and categories
kubectl api-resources -o wide

# Sorted by a column
kubectl api-resources --sort-by=name

# Those that live in namespaces
kubectl api-resources --namespaced=true

# Those of one group
kubectl api-resources --api-group=rbac.authorization.k8s.io`,
  usage: "api-resources [flags]",
  flags: [
    string("api-group", "Only resources of this group"),
    bool("cached", "Takes the list from the cache"),
    { name: "categories", type: "stringList", default: "[]", help: "Only resources of these categories" },
    bool("namespaced", "true: only resources in namespaces; false: only those outside", { default: "true" }),
    bool("no-headers", "Leaves the column headers out"),
    string("output", "Output format: json, yaml, kyaml, name or wide", { short: "o" }),
    bool("show-managed-fields", "Keeps managedFields in JSON and YAML"),
    string("sort-by", "Sorts by name or kind"),
    { name: "verbs", type: "stringList", default: "[]", help: "Only resources that know these verbs" },
  ],
  run: (args, flags, io) => {
    if (args.length > 0)
      return Promise.reject(usageError("api-resources", `unexpected arguments: [${args.join(" ")}]`));
    const sortBy = text(flags, "sort-by");
    if (!["", "name", "kind"].includes(sortBy))
      return Promise.reject(plainError("--sort-by accepts only name or kind"));
    const found = sorted(discoverResources(io).filter(filterOf(flags)), sortBy);
    io.stdout(printResources(found, flags, io));
    return Promise.resolve(0);
  },
});

function filterOf(flags: FlagValues): (resource: ApiResource) => boolean {
  const [verbs, categories] = [list(flags, "verbs"), list(flags, "categories")];
  return (item) =>
    item.verbs.length > 0 &&
    (!changed(flags, "api-group") || item.group === text(flags, "api-group")) &&
    (!changed(flags, "namespaced") || item.namespaced === flag(flags, "namespaced")) &&
    verbs.every((verb) => item.verbs.includes(verb)) &&
    categories.every((category) => item.categories.includes(category));
}

function sorted(resources: readonly ApiResource[], sortBy: string): ApiResource[] {
  const key = (item: ApiResource): string =>
    sortBy === "name" ? item.resource : sortBy === "kind" ? item.kind : item.group;
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...resources].sort((a, b) => order(key(a), key(b)) || order(a.resource, b.resource));
}

const groupVersion = ({ group, version }: ApiResource): string => (group ? `${group}/${version}` : version);

function printResources(resources: readonly ApiResource[], flags: FlagValues, io: KubectlIo): string {
  const output = text(flags, "output");
  if (output === "name")
    return resources.map(({ resource, group }) => `${group ? `${resource}.${group}` : resource}\n`).join("");
  // Go prints a struct's fields in their own order.
  if (output === "json") return `${JSON.stringify(resourceList(resources), null, 4)}\n`;
  if (output !== "" && output !== "wide") return printerFor(flags, io, FORMATS)!(resourceList(resources));
  const wide = output === "wide";
  const rows = resources.map((item) => [
    item.resource,
    item.shortNames.join(","),
    groupVersion(item),
    String(item.namespaced),
    item.kind,
    ...(wide ? [item.verbs.join(","), item.categories.join(",")] : []),
  ]);
  const headers = ["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"];
  if (wide) headers.push("VERBS", "CATEGORIES");
  return align(flag(flags, "no-headers") ? rows : [headers, ...rows]);
}

function resourceList(resources: readonly ApiResource[]): JsonObject {
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: "",
    resources: resources.map((item) => ({
      name: item.resource,
      singularName: item.singular,
      namespaced: item.namespaced,
      ...(item.group && { group: item.group }),
      version: item.version,
      kind: item.kind,
      verbs: [...item.verbs],
      ...(item.shortNames.length > 0 && { shortNames: [...item.shortNames] }),
      ...(item.categories.length > 0 && { categories: [...item.categories] }),
    })),
  };
}

export const apiVersions = defineCommand({
  name: "api-versions",
  short: 'Print the supported API versions on the server, in the form of "group/version"',
  long: 'Lists the API versions that the server has, as "group/version".',
  examples: `# All of them
kubectl api-versions`,
  usage: "api-versions",
  flags: [],
  run: (args, _flags, io) => {
    if (args.length > 0)
      return Promise.reject(usageError("api-versions", `unexpected arguments: [${args.join(" ")}]`));
    const { groups } = io.handle({ method: "GET", path: "/apis" }).body as unknown as {
      groups: { versions: { groupVersion: string }[] }[];
    };
    const { versions } = io.handle({ method: "GET", path: "/api" }).body as unknown as { versions: string[] };
    const all = [...versions, ...groups.flatMap((group) => group.versions.map((item) => item.groupVersion))];
    io.stdout(
      all
        .sort()
        .map((line) => `${line}\n`)
        .join(""),
    );
    return Promise.resolve(0);
  },
});
