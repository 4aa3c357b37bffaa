// `kubectl drain`: no new pods for a node, and those that are there are evicted.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go, pkg/drain/drain.go (v1.35)
import type { Status } from "#api/meta";
import type { Pod } from "#api/pod/types";
import { defineCommand, KubectlError, type FlagValues, type KubectlIo } from "../../command.ts";
import { throwAll } from "../../errors.ts";
import { flag, number } from "../../flags.ts";
import type { Info } from "../../resources.ts";
import { announce } from "../../writing/announce.ts";
import { dryRunOf, dryRunSuffix, type DryRun } from "../../writing/dry-run.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { waitUntil } from "../../writing/wait-until.ts";
import { markNodes, NODE_FLAGS, nodesOf } from "./nodes.ts";
import { sortPods } from "./pods.ts";

const RETRY_MS = 5000;

export const drainCommand = defineCommand({
  name: "drain",
  short: "Drain node in preparation for maintenance",
  long: "Drain node in preparation for maintenance.\n\n The node is marked unschedulable, then its pods are evicted. Pods of daemon sets, pods without a controller and pods with local data need a word of their own.",
  examples:
    "kubectl drain node-1 --ignore-daemonsets\n\n# Pods without a controller as well\nkubectl drain node-1 --force",
  usage: "drain NODE",
  flags: [
    ...NODE_FLAGS,
    aFlag("chunk-size", "int", "500", "Lists come in pieces of this size"),
    aFlag("delete-emptydir-data", "bool", "false", "Goes on where pods have local data, which is lost"),
    aFlag("disable-eviction", "bool", "false", "Deletes instead of evicting"),
    aFlag("force", "bool", "false", "Goes on where pods have no controller"),
    aFlag("grace-period", "int", "-1", "Seconds that each pod has to end; negative: its own"),
    aFlag("ignore-daemonsets", "bool", "false", "Leaves pods of daemon sets where they are"),
    aFlag("pod-selector", "string", "", "Label selector of the pods"),
    aFlag(
      "skip-wait-for-delete-timeout",
      "int",
      "0",
      "Does not wait for pods that have been ending for so many seconds",
    ),
    aFlag("timeout", "duration", "0s", "How long to wait; 0 means as long as it takes"),
  ],
  run: async (args, flags, io) => {
    const dryRun = dryRunOf(flags, io);
    const nodes = await nodesOf("drain", args, flags, io);
    markNodes(io, flags, nodes, true, dryRun);
    const failed: Error[] = [];
    const pending: string[] = [];
    for (const node of nodes) {
      const problems = await drainOne(io, flags, node, dryRun);
      if (problems.length === 0) {
        announce(io, flags, { ...node, operation: "drained", dryRun });
        continue;
      }
      const [first, ...more] = problems;
      const said = more.length === 0 ? first! : `[${problems.join(", ")}]`;
      const name = JSON.stringify(node.name);
      io.stderr(`error: unable to drain node ${name} due to error: ${said}, continuing command...\n`);
      failed.push(new KubectlError(problems.join("\n")));
      pending.push(node.name);
    }
    const names = pending.map((name) => ` ${name}\n`).join("");
    if (names !== "") io.stderr(`There are pending nodes to be drained:\n${names}`);
    throwAll(failed);
    return 0;
  },
});

/** What went wrong. */
async function drainOne(io: KubectlIo, flags: FlagValues, { name }: Info, dryRun: DryRun): Promise<string[]> {
  const { pods, warnings, errors } = sortPods(io, flags, name);
  if (errors.length > 0) return errors;
  if (warnings !== "") io.stderr(`Warning: ${warnings}\n`);
  if (dryRun === "client") {
    for (const { metadata } of pods)
      io.stdout(`evicting pod ${metadata.namespace}/${metadata.name}${dryRunSuffix(dryRun)}\n`);
    return [];
  }
  const refused = await evictAll(io, flags, pods, dryRun);
  if (refused !== undefined) return [refused];
  if (dryRun === "server") return [];
  const late = await untilGone(io, flags, pods);
  return late === undefined ? [] : [late];
}

async function evictAll(
  io: KubectlIo,
  flags: FlagValues,
  pods: readonly Pod[],
  dryRun: DryRun,
): Promise<string | undefined> {
  const deletes = flag(flags, "disable-eviction");
  for (const { metadata } of pods) {
    const { namespace = "", name } = metadata;
    const base = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
    const grace = number(flags, "grace-period");
    const options = {
      ...(grace >= 0 && { gracePeriodSeconds: grace }),
      ...(dryRun === "server" && { dryRun: ["All"] }),
    };
    if (!deletes) io.stdout(`evicting pod ${namespace}/${name}${dryRunSuffix(dryRun)}\n`);
    for (;;) {
      const response = deletes
        ? io.handle({
            method: "DELETE",
            path: base,
            body: { kind: "DeleteOptions", apiVersion: "v1", ...options },
          })
        : io.handle({
            method: "POST",
            path: `${base}/eviction`,
            body: {
              apiVersion: "policy/v1",
              kind: "Eviction",
              metadata: { name, namespace },
              deleteOptions: options,
            },
          });
      if (response.status < 300 || response.status === 404) break;
      const { message = "" } = response.body as unknown as Status;
      if (response.status !== 429)
        return `error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}: ${message}`;
      io.stderr(
        `error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)} (will retry after 5s): ${message}\n`,
      );
      await io.sleep(RETRY_MS);
    }
  }
  return undefined;
}

async function untilGone(
  io: KubectlIo,
  flags: FlagValues,
  pods: readonly Pod[],
): Promise<string | undefined> {
  const deletes = flag(flags, "disable-eviction");
  const left = new Set(pods);
  const done = await waitUntil(io, number(flags, "timeout"), () => {
    for (const pod of left) {
      const { namespace = "", name, uid } = pod.metadata;
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
      const { status, body } = io.handle({ method: "GET", path });
      if (status !== 404 && (body as unknown as Pod).metadata.uid === uid) continue;
      left.delete(pod);
      io.stdout(`pod/${name} ${deletes ? "deleted" : "evicted"}\n`);
    }
    return left.size === 0 ? true : undefined;
  });
  if (done) return undefined;
  const seconds = Math.round(number(flags, "timeout") / 1000);
  return `error when waiting for pods to terminate: global timeout reached: ${seconds}s`;
}
