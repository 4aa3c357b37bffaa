// Generators of kinds that need little more than a name: namespace, serviceaccount, and those that this cluster has not.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create (v1.35)
import type { JsonObject } from "#base/json";
import type { Command } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { flag, list, number, text } from "../../flags.ts";
import { ownNamespace } from "../../writing/create-object.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { defineGenerator } from "./generator.ts";
import { createRoles } from "./roles.ts";
import { parseSelector } from "../../writing/selector.ts";

const createNamespace = defineGenerator({
  name: "create namespace",
  aliases: ["ns"],
  short: "Create a namespace with the specified name",
  examples: "kubectl create namespace test",
  usage: "create namespace NAME [--dry-run=server|client|none]",
  flags: [],
  plural: "namespaces",
  namespaced: false,
  build: (name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }),
});

const createServiceAccount = defineGenerator({
  name: "create serviceaccount",
  aliases: ["sa"],
  short: "Create a service account with the specified name",
  examples: "kubectl create serviceaccount robot",
  usage: "create serviceaccount NAME [--dry-run=server|client|none]",
  flags: [],
  plural: "serviceaccounts",
  failure: "failed to create serviceaccount: ",
  build: (name, flags) => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, ...ownNamespace(flags) },
  }),
});

const createQuota = defineGenerator({
  name: "create quota",
  aliases: ["resourcequota"],
  short: "Create a quota with the specified name",
  examples: "kubectl create quota small --hard=cpu=1,pods=2",
  usage:
    "create quota NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]",
  flags: [
    aFlag("hard", "string", "", "Limits as resource=quantity, separated by commas"),
    aFlag("scopes", "string", "", "Scopes that the quota is for, separated by commas"),
  ],
  plural: "resourcequotas",
  failure: "failed to create quota: ",
  build: (name, flags) => {
    const hard = resourceList(text(flags, "hard"));
    const scopes = text(flags, "scopes");
    return {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name, ...ownNamespace(flags) },
      spec: { ...(hard && { hard }), ...(scopes && { scopes: scopes.split(",") }) },
      status: {},
    };
  },
});

function resourceList(words: string): JsonObject | undefined {
  if (words === "") return undefined;
  return Object.fromEntries(
    words.split(",").map((word) => {
      const parts = word.split("=");
      if (parts.length !== 2)
        throw plainError(`Invalid argument syntax ${word}, expected <resource>=<value>`);
      return [parts[0]!, parts[1]!];
    }),
  );
}

const createPriorityClass = defineGenerator({
  name: "create priorityclass",
  aliases: ["pc"],
  short: "Create a priority class with the specified name",
  examples: "kubectl create priorityclass high --value=1000",
  usage: "create priorityclass NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]",
  flags: [
    aFlag("value", "int", "0", "The priority"),
    aFlag("global-default", "bool", "false", "Pods without a class get this one"),
    aFlag("description", "string", "", "What it is for"),
    aFlag(
      "preemption-policy",
      "string",
      "PreemptLowerPriority",
      "Whether pods of lower priority are preempted",
    ),
  ],
  plural: "priorityclasses",
  namespaced: false,
  failure: "failed to create priorityclass: ",
  build: (name, flags) => ({
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name },
    value: number(flags, "value"),
    ...(flag(flags, "global-default") && { globalDefault: true }),
    ...(text(flags, "description") && { description: text(flags, "description") }),
    preemptionPolicy: text(flags, "preemption-policy"),
  }),
});

const createBudget = defineGenerator({
  name: "create poddisruptionbudget",
  aliases: ["pdb"],
  short: "Create a pod disruption budget with the specified name",
  examples: "kubectl create poddisruptionbudget web --selector=app=web --min-available=1",
  usage:
    "create poddisruptionbudget NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]",
  flags: [
    aFlag("min-available", "string", "", "Pods that stay, a number or a percentage"),
    aFlag("max-unavailable", "string", "", "Pods that may go, a number or a percentage"),
    aFlag("selector", "string", "", "Selector of the pods; equality-based"),
  ],
  plural: "poddisruptionbudgets",
  failure: "failed to create poddisruptionbudgets: ",
  build: (name, flags) => {
    const [least, most, selector] = [
      text(flags, "min-available"),
      text(flags, "max-unavailable"),
      text(flags, "selector"),
    ];
    if (!selector) throw plainError("a selector must be specified");
    if (!least && !most) throw plainError("one of min-available or max-unavailable must be specified");
    if (least && most) throw plainError("min-available and max-unavailable cannot be both specified");
    for (const [name, word] of [["min-available", least] as const, ["max-unavailable", most] as const])
      if (word && !/^\d+%?$/.test(word)) throw plainError(`invalid format specified for ${name}`);
    const amount = (word: string): string | number => (/^\d+$/.test(word) ? Number(word) : word);
    return {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name, ...ownNamespace(flags) },
      spec: {
        ...(least && { minAvailable: amount(least) }),
        selector: parseSelector(selector),
        ...(most && { maxUnavailable: amount(most) }),
      },
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    };
  },
});

const bindingGenerator = (
  word: "rolebinding" | "clusterrolebinding",
  kind: "RoleBinding" | "ClusterRoleBinding",
): Command =>
  defineGenerator({
    name: `create ${word}`,
    short:
      word === "rolebinding"
        ? "Create a role binding for a particular role or cluster role"
        : "Create a cluster role binding for a particular cluster role",
    examples: `kubectl create ${word} readers --clusterrole=view --user=jane`,
    usage: `create ${word} NAME --clusterrole=NAME${word === "rolebinding" ? "|--role=NAME" : ""} [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]`,
    flags: [
      aFlag("clusterrole", "string", "", "The cluster role that is bound", {
        required: word === "clusterrolebinding",
      }),
      ...(word === "rolebinding" ? [aFlag("role", "string", "", "The role that is bound")] : []),
      aFlag("user", "stringArray", "[]", "Users to bind it to"),
      aFlag("group", "stringArray", "[]", "Groups to bind it to"),
      aFlag("serviceaccount", "stringArray", "[]", "Service accounts to bind it to, as namespace:name"),
    ],
    plural: `${word}s`,
    namespaced: word === "rolebinding",
    failure: `failed to create ${word}: `,
    build: (name, flags) => {
      const [clusterRole, role] = [text(flags, "clusterrole"), text(flags, "role")];
      if (word === "rolebinding" && (clusterRole === "") === (role === ""))
        throw plainError("exactly one of clusterrole or role must be specified");
      const rbac = "rbac.authorization.k8s.io";
      const accounts = list(flags, "serviceaccount").map((account) => {
        const parts = account.split(":");
        if (parts.length !== 2 || parts.includes(""))
          throw plainError("serviceaccount must be <namespace>:<name>");
        return { kind: "ServiceAccount", name: parts[1]!, namespace: parts[0]! };
      });
      return {
        apiVersion: `${rbac}/v1`,
        kind,
        metadata: { name, ...(word === "rolebinding" && ownNamespace(flags)) },
        subjects: [
          ...list(flags, "user").map((user) => ({ kind: "User", apiGroup: rbac, name: user })),
          ...list(flags, "group").map((group) => ({ kind: "Group", apiGroup: rbac, name: group })),
          ...accounts,
        ],
        roleRef: { apiGroup: rbac, kind: role ? "Role" : "ClusterRole", name: role || clusterRole },
      };
    },
  });

export const createPlain: readonly Command[] = [
  createNamespace,
  createQuota,
  createServiceAccount,
  ...createRoles,
  bindingGenerator("rolebinding", "RoleBinding"),
  bindingGenerator("clusterrolebinding", "ClusterRoleBinding"),
  createBudget,
  createPriorityClass,
];
