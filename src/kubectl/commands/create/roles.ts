// `kubectl create role` and `clusterrole`: what may be done to which resources or paths. This cluster has no such kinds,
// so they end in a dry run or in the server's refusal.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create_role.go, create_clusterrole.go (v1.35)
import type { JsonObject } from "#base/json";
import type { Command, Flag, FlagValues } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { list } from "../../flags.ts";
import { ownNamespace } from "../../writing/create-object.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { parsePairs } from "../../writing/pairs.ts";
import { defineGenerator } from "./generator.ts";

const RULE_FLAGS: readonly Flag[] = [
  aFlag("verb", "stringList", "[]", "Verbs that are allowed"),
  aFlag("resource", "stringList", "[]", "Resources that they apply to"),
  aFlag("resource-name", "stringArray", "[]", "Names of single objects"),
];

const CLUSTER_FLAGS: readonly Flag[] = [
  aFlag("aggregation-rule", "stringMap", "", "Labels of the cluster roles whose rules are put together"),
  aFlag("non-resource-url", "stringList", "[]", "Paths of the server that are no resources"),
];

const createRole = defineGenerator({
  name: "create role",
  short: "Create a role with single rule",
  examples: "kubectl create role reader --verb=get,list,watch --resource=pods",
  usage:
    "create role NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]",
  flags: RULE_FLAGS,
  plural: "roles",
  failure: "failed to create role: ",
  build: (name, flags) => {
    const verbs = verbsOf(flags);
    if (list(flags, "resource").length === 0) throw plainError("at least one resource must be specified");
    return role("Role", { name, ...ownNamespace(flags) }, resourceRules(verbs, flags));
  },
});

const createClusterRole = defineGenerator({
  name: "create clusterrole",
  short: "Create a cluster role",
  examples:
    "kubectl create clusterrole reader --verb=get,list,watch --resource=pods\n\n# A path of the server\nkubectl create clusterrole logs --verb=get --non-resource-url=/logs/*\n\n# Made of others\nkubectl create clusterrole monitoring --aggregation-rule=rbac.example.com/aggregate-to-monitoring=true",
  usage:
    "create clusterrole NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]",
  flags: [...RULE_FLAGS, ...CLUSTER_FLAGS],
  plural: "clusterroles",
  namespaced: false,
  failure: "failed to create clusterrole: ",
  build: (name, flags) => {
    const labels = list(flags, "aggregation-rule");
    if (labels.length > 0) return aggregated(name, labels, flags);
    const verbs = verbsOf(flags);
    const paths = list(flags, "non-resource-url");
    if (list(flags, "resource").length === 0 && paths.length === 0)
      throw plainError("one of resource or nonResourceURL must be specified");
    checkPaths(verbs, paths);
    const rules = resourceRules(verbs, flags);
    if (paths.length > 0) rules.push({ verbs, nonResourceURLs: paths });
    return role("ClusterRole", { name }, rules);
  },
});

function aggregated(name: string, labels: readonly string[], flags: FlagValues): JsonObject {
  const others = ["verb", "non-resource-url", "resource", "resource-name"];
  if (others.some((other) => list(flags, other).length > 0))
    throw plainError(
      "aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames",
    );
  const matchLabels = parsePairs(labels, "label", false).set;
  const aggregationRule = { clusterRoleSelectors: [{ matchLabels }] };
  return { ...role("ClusterRole", { name }, null), aggregationRule };
}

const role = (kind: string, metadata: JsonObject, rules: JsonObject[] | null): JsonObject => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind,
  metadata,
  rules,
});

function verbsOf(flags: FlagValues): string[] {
  const verbs = list(flags, "verb");
  if (verbs.length === 0) throw plainError("at least one verb must be specified");
  return verbs;
}

const PATH_VERBS = new Set(["get", "put", "post", "head", "options", "delete", "patch"]);

function checkPaths(verbs: readonly string[], paths: readonly string[]): void {
  if (paths.length === 0) return;
  for (const verb of verbs)
    if (verb !== "*" && !PATH_VERBS.has(verb)) throw plainError(`invalid verb: '${verb}' for nonResourceURL`);
  for (const path of paths) {
    if (path === "*") continue;
    if (!path.startsWith("/")) throw plainError("nonResourceURL should start with /");
    if (path.slice(0, -1).includes("*"))
      throw plainError("nonResourceURL only supports wildcard matches when '*' is at the end");
  }
}

/** A rule for each API group. */
function resourceRules(verbs: string[], flags: FlagValues): JsonObject[] {
  const [resources, names] = [list(flags, "resource"), list(flags, "resource-name")];
  const groupOf = (resource: string): string => resource.split("/")[0]!.split(".").slice(1).join(".");
  return [...new Set(resources.map(groupOf))].map((group) => ({
    verbs,
    apiGroups: [group],
    resources: resources
      .filter((resource) => groupOf(resource) === group)
      .map((resource) => resource.replace(/\.[^/]*/, "")),
    ...(names.length > 0 && { resourceNames: names }),
  }));
}

export const createRoles: readonly Command[] = [createRole, createClusterRole];
