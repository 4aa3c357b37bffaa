// `kubectl create role` and `clusterrole`: what may be done to which resources or paths. This cluster has no such kinds,
// so they end in a dry run or in the server's refusal.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create_role.go, create_clusterrole.go (v1.35)
import type { JsonObject } from "#base/json";
import { KubectlError, type Command, type Flag, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { list } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import { discoverResources, findResource, type ApiResource } from "../../mapper.ts";
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
  build: (name, flags, io) => {
    const verbs = verbsOf(flags);
    warnOfVerbs(verbs, io);
    if (list(flags, "resource").length === 0) throw plainError("at least one resource must be specified");
    return role("Role", { name, ...ownNamespace(flags) }, resourceRules(verbs, flags, io));
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
  build: (name, flags, io) => {
    const labels = list(flags, "aggregation-rule");
    if (labels.length > 0) return aggregated(name, labels, flags);
    const verbs = verbsOf(flags);
    const paths = list(flags, "non-resource-url");
    if (list(flags, "resource").length === 0 && paths.length === 0)
      throw plainError("one of resource or nonResourceURL must be specified");
    if (list(flags, "resource").length > 0) warnOfVerbs(verbs, io);
    const rules = resourceRules(verbs, flags, io);
    checkPaths(verbs, paths);
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
  return verbs.includes("*") ? ["*"] : [...new Set(verbs)];
}

const RESOURCE_VERBS = new Set(
  "* get delete list create update patch watch proxy deletecollection use bind escalate impersonate".split(
    " ",
  ),
);

function warnOfVerbs(verbs: readonly string[], io: KubectlIo): void {
  for (const verb of verbs)
    if (!RESOURCE_VERBS.has(verb)) io.stderr(`Warning: '${verb}' is not a standard resource verb\n`);
}

/** Verbs that only some resources know, as resource.group. */
const SPECIAL_VERBS: Record<string, readonly string[]> = {
  use: ["podsecuritypolicies.policy", "podsecuritypolicies.extensions"],
  bind: ["roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io"],
  escalate: ["roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io"],
  impersonate: ["users.", "serviceaccounts.", "groups.", "userextras.authentication.k8s.io"],
};

interface RuleResource {
  group: string;
  resource: string;
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
function resourceRules(verbs: string[], flags: FlagValues, io: KubectlIo): JsonObject[] {
  const known = discoverResources(io);
  const names = [...new Set(list(flags, "resource-name"))];
  const found = list(flags, "resource").map((word) => ruleResource(word, verbs, known));
  return [...new Set(found.map(({ group }) => group))].sort().map((own) => ({
    verbs,
    apiGroups: [own],
    resources: [...new Set(found.flatMap(({ group, resource }) => (group === own ? [resource] : [])))],
    ...(names.length > 0 && { resourceNames: names }),
  }));
}

/** `deploy.apps/scale` */
function ruleResource(word: string, verbs: readonly string[], known: readonly ApiResource[]): RuleResource {
  const [typed = "", ...below] = word.split("/");
  const [name = "", ...rest] = typed.split(".");
  const group = rest.join(".");
  const suffix = below.length > 0 ? `/${below.join("/")}` : "";
  if (name === "") throw plainError("resource must be specified if apiGroup/subresource specified");
  if (name === "*") return { group, resource: `*${suffix}` };
  const found = findResource(known, typed);
  const own = found ? { group: found.group, resource: found.resource } : { group, resource: name };
  const special = verbs.filter((verb) => Object.hasOwn(SPECIAL_VERBS, verb));
  for (const verb of special)
    if (!SPECIAL_VERBS[verb]!.includes(`${own.resource}.${own.group}`))
      throw plainError(`can not perform '${verb}' on '${own.resource}' in group '${own.group}'`);
  if (!found && special.length === 0)
    throw new KubectlError(
      `the server doesn't have a resource type ${goQuote(name)}${group ? ` in group ${goQuote(group)}` : ""}`,
    );
  return { group: own.group, resource: `${own.resource}${suffix}` };
}

export const createRoles: readonly Command[] = [createRole, createClusterRole];
