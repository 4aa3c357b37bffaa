// Which of the feasible nodes is best: the default profile's scores, each from 0 to 100, with their weights.
// Kubernetes: pkg/scheduler/apis/config/v1/default_plugins.go (v1.35)
import type { Node } from "#api/node/types";
import type { Pod } from "#api/pod/types";
import type { Context } from "../machine/component.ts";
import { affinityOf } from "./affinity-types.ts";
import { sumsOf, type Cache, type NodeInfo } from "./cache.ts";
import { meetsTerm, tolerates } from "./node-affinity.ts";
import { affinityScore } from "./pod-affinity.ts";
import type { PodRequests } from "./requests.ts";
import { spreadScore, spreadScorer } from "./topology-spread.ts";

const MAX = 100;
const WEIGHTS = { taints: 3, nodeAffinity: 2, spread: 2, podAffinity: 2, least: 1, balanced: 1 };

// Simplified: ImageLocality is left out, nodes do not report which images they hold.
export function scoreNodes(
  context: Context,
  cache: Cache,
  pod: Pod,
  requests: PodRequests,
  feasible: readonly NodeInfo[],
): number[] {
  const nodes = feasible.map((info) => info.node);
  const taints = normalize(
    nodes.map((node) => avoided(pod, node)),
    true,
  );
  const preferred = normalize(
    nodes.map((node) => preference(pod, node)),
    false,
  );
  const spread = spreadScores(context, cache, pod, nodes);
  const together = podAffinityScores(cache, pod, nodes);
  return feasible.map(
    (info, index) =>
      WEIGHTS.taints * taints[index]! +
      WEIGHTS.nodeAffinity * preferred[index]! +
      WEIGHTS.spread * spread[index]! +
      WEIGHTS.podAffinity * together[index]! +
      WEIGHTS.least * leastAllocated(cache, info, requests) +
      WEIGHTS.balanced * balanced(cache, info, requests),
  );
}

function normalize(scores: number[], reverse: boolean): number[] {
  const most = Math.max(0, ...scores);
  if (most === 0) return scores.map(() => (reverse ? MAX : 0));
  return scores.map((score) => {
    const scaled = Math.floor((score * MAX) / most);
    return reverse ? MAX - scaled : scaled;
  });
}

function avoided(pod: Pod, node: Node): number {
  const taints = node.spec.taints ?? [];
  return taints.filter(
    (taint) => taint.effect === "PreferNoSchedule" && !tolerates(pod.spec.tolerations, taint),
  ).length;
}

function preference(pod: Pod, node: Node): number {
  const terms = affinityOf(pod)?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return terms.reduce((sum, term) => sum + (meetsTerm(term.preference, node) ? term.weight : 0), 0);
}

function spreadScores(context: Context, cache: Cache, pod: Pod, nodes: readonly Node[]): number[] {
  const scorer = spreadScorer(context, cache, pod, nodes);
  if (scorer.constraints.length === 0) return nodes.map(() => 0);
  const scores = nodes.map((node) => spreadScore(scorer, node));
  const known = scores.filter((score) => score !== undefined);
  const most = Math.max(0, ...known);
  const least = Math.min(...known);
  return scores.map((score) => {
    if (score === undefined) return 0;
    return most === 0 ? MAX : Math.floor((MAX * (most + least - score)) / most);
  });
}

function podAffinityScores(cache: Cache, pod: Pod, nodes: readonly Node[]): number[] {
  const affinity = affinityOf(pod);
  if (!affinity?.podAffinity && !affinity?.podAntiAffinity) return nodes.map(() => 0);
  const scores = nodes.map((node) => affinityScore(cache, pod, node));
  const most = Math.max(...scores);
  const least = Math.min(...scores);
  return scores.map((score) => (most > least ? Math.floor((MAX * (score - least)) / (most - least)) : 0));
}

function leastAllocated(cache: Cache, info: NodeInfo, requests: PodRequests): number {
  const { scored } = sumsOf(cache, info.node.metadata.name);
  const part = (capacity: number, used: number): number =>
    capacity === 0 || used > capacity ? 0 : Math.floor(((capacity - used) * MAX) / capacity);
  const cpu = part(info.allocatable["cpu"] ?? 0, scored.cpu + requests.scored.cpu);
  const memory = part(info.allocatable["memory"] ?? 0, scored.memory + requests.scored.memory);
  return Math.floor((cpu + memory) / 2);
}

function balanced(cache: Cache, info: NodeInfo, requests: PodRequests): number {
  const { requested } = sumsOf(cache, info.node.metadata.name);
  const fraction = (name: string): number => {
    const capacity = info.allocatable[name] ?? 0;
    const used = (requested[name] ?? 0) + (requests.resources[name] ?? 0);
    return capacity === 0 ? 1 : Math.min(1, used / capacity);
  };
  return Math.floor((1 - Math.abs(fraction("cpu") - fraction("memory")) / 2) * MAX);
}
