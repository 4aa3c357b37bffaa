// `kubectl autoscale`: makes a HorizontalPodAutoscaler, where the server has that kind.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/autoscale/autoscale.go (v1.35)
import { parseQuantity } from "#api/quantity";
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError, StatusError } from "../../errors.ts";
import { number, text } from "../../flags.ts";
import { parseGoInt } from "../../go-values.ts";
import { longName } from "../../mapper.ts";
import { itemsOf, visit, type Info } from "../../resources.ts";
import { writingMode } from "../../writing/announce.ts";
import { createObject } from "../../writing/create-object.ts";
import type { DryRun } from "../../writing/dry-run.ts";
import {
  aFlag,
  fieldManagerFlag,
  fileFlags,
  RECORD_FLAG,
  SAVE_CONFIG_FLAG,
  WRITING_FLAGS,
} from "../../writing/flag-sets.ts";

export const autoscaleCommand = defineCommand({
  name: "autoscale",
  short: "Auto-scale a deployment, replica set, stateful set, or replication controller",
  long: "Creates an autoscaler that automatically chooses and sets the number of pods that run.",
  examples: "kubectl autoscale deployment web --min=2 --max=10 --cpu=80%",
  usage:
    "autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY]",
  flags: [
    ...fileFlags("with what to scale"),
    ...WRITING_FLAGS,
    RECORD_FLAG,
    SAVE_CONFIG_FLAG,
    fieldManagerFlag("kubectl-autoscale"),
    aFlag("min", "int", "-1", "Fewest pods"),
    aFlag("max", "int", "-1", "Most pods", { required: true }),
    aFlag("cpu", "string", "", "Wanted use of CPU: a percentage of the request, or a quantity"),
    aFlag("cpu-percent", "int", "-1", "Wanted use of CPU in percent of the request", {
      deprecated:
        "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
    }),
    aFlag("memory", "string", "", "Wanted use of memory: a percentage of the request, or a quantity"),
    aFlag("name", "string", "", "Name of the autoscaler; that of what it scales if absent"),
  ],
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    if (number(flags, "max") < 1)
      throw plainError(
        "--max=MAXPODS is required and must be at least 1, max: " + String(number(flags, "max")),
      );
    if (number(flags, "max") < number(flags, "min"))
      throw plainError(
        `--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${number(flags, "max")}, min: ${number(flags, "min")}`,
      );
    if (number(flags, "cpu-percent") > 0 && text(flags, "cpu"))
      throw plainError("--cpu-percent and --cpu are mutually exclusive");
    for (const resource of ["cpu", "memory"] as const)
      if (text(flags, resource)) targetOf(text(flags, resource), resource);
    const items = await itemsOf(args, flags, io);
    const count = await visit(items, (info) => autoscaleOne(io, flags, info, dryRun));
    if (count === 0) throw plainError("no objects passed to autoscale");
    return 0;
  },
});

const SCALABLE = new Set(["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"]);

function autoscaleOne(io: KubectlIo, flags: FlagValues, { resource, name }: Info, dryRun: DryRun): void {
  const { group, version, kind } = resource;
  if (!SCALABLE.has(kind))
    throw plainError(
      `cannot autoscale a ${kind}: could not find scale subresource for ${longName(resource)} in discovery information`,
    );
  const min = number(flags, "min");
  const metrics = metricsOf(flags);
  const object: JsonObject = {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: text(flags, "name") || name },
    spec: {
      scaleTargetRef: { kind, name, apiVersion: group ? `${group}/${version}` : version },
      ...(min > 0 && { minReplicas: min }),
      maxReplicas: number(flags, "max"),
      ...(metrics.length > 0 && { metrics }),
    },
    ...(dryRun === "client" && { status: { currentMetrics: null, desiredReplicas: 0 } }),
  };
  try {
    createObject(io, flags, {
      object,
      plural: "horizontalpodautoscalers",
      namespaced: true,
      dryRun,
      operation: dryRun === "client" ? "created" : "autoscaled",
    });
  } catch (error) {
    throw error instanceof StatusError ? (incompatible(flags) ?? error) : error;
  }
}

/** What version 2 refused is tried as version 1, which knows nothing but a percentage of CPU. */
function incompatible(flags: FlagValues): Error | undefined {
  const cpu = text(flags, "cpu").trim();
  if (cpu.endsWith("%") && !text(flags, "memory")) return undefined;
  // kubectl wraps an error that is not there.
  const why = cpu === "" ? "empty input" : "%!w(<nil>)";
  return plainError(
    `failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${why}`,
  );
}

function metricsOf(flags: FlagValues): JsonObject[] {
  const percent = number(flags, "cpu-percent");
  const wanted = [
    ["cpu", text(flags, "cpu") || (percent > 0 ? `${percent}%` : "")],
    ["memory", text(flags, "memory")],
  ] as const;
  return wanted
    .filter(([, word]) => word !== "")
    .map(([name, word]) => ({ type: "Resource", resource: { name, target: targetOf(word, name) } }));
}

/** A percentage, a quantity, or a number of millicores or mebibytes. */
function targetOf(word: string, resource: "cpu" | "memory"): JsonObject {
  const trimmed = word.trim();
  if (trimmed.endsWith("%")) return { type: "Utilization", averageUtilization: percentOf(trimmed) };
  const bare = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed);
  const quantity = bare ? `${Number(trimmed)}${resource === "cpu" ? "m" : "Mi"}` : trimmed;
  if (parseQuantity(quantity) === undefined)
    throw plainError(`invalid resource ${resource} value: ${trimmed}`);
  return { type: "AverageValue", averageValue: quantity };
}

function percentOf(word: string): number {
  const digits = word.slice(0, -1);
  const read = parseGoInt(digits, 32);
  if (!read.ok || read.value < 0) throw plainError(`invalid percentage value: ${digits}`);
  return read.value;
}
