// `kubectl top`: there is no metrics server, which is what the real one says then.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/top (v1.35)
import { defineCommand, type Command, type Flag } from "../../command.ts";
import { ALL_NAMESPACES_FLAG, bool, FIELD_SELECTOR_FLAG, SELECTOR_FLAG, string } from "../../common-flags.ts";
import { plainError, usageError } from "../../errors.ts";
import { text } from "../../flags.ts";
import { defineGroup } from "../../group.ts";

export const top = defineGroup({
  name: "top",
  short: "Display resource (CPU/memory) usage",
  long: `Display resource (CPU/memory) usage.

 This command provides a view of recent resource consumption for nodes and pods. It fetches metrics from the Metrics Server, which aggregates this data from the kubelet on each node. The Metrics Server must be installed and running in the cluster for this command to work.

 The metrics shown are specifically optimized for Kubernetes autoscaling decisions, such as those made by the Horizontal Pod Autoscaler (HPA) and Vertical Pod Autoscaler (VPA). Because of this, the values may not match those from standard OS tools like 'top', as the metrics are designed to provide a stable signal for autoscalers rather than for pinpoint accuracy.

 When to use this command:

  *  For on-the-fly spot-checks of resource usage (e.g. identify which pods are consuming the most resources at a glance, or get a quick sense of the load on your nodes)
  *  Understand current resource consumption patterns
  *  Validate the behavior of your HPA or VPA configurations by seeing the metrics they use for scaling decisions.

 It is not intended to be a replacement for full-featured monitoring solutions. Its primary design goal is to provide a low-overhead signal for autoscalers, not to be a perfectly accurate monitoring tool. For high-accuracy reporting, historical analysis, dashboarding, or alerting, you should use a dedicated monitoring solution.`,
  examples: "",
  usage: "top [flags]",
});

const SHARED: readonly Flag[] = [
  bool("no-headers", "Leaves the column headers out"),
  SELECTOR_FLAG,
  bool("show-swap", "Shows swap memory"),
  string("sort-by", "Sorts by cpu or memory"),
  bool("use-protocol-buffers", "Asks for protocol buffers", { default: "true" }),
];

export const topNode = usage("node", ["nodes", "no"], "nodes", [
  bool("show-capacity", "Measures against capacity, not against what is allocatable"),
  ...SHARED,
]);

export const topPod = usage("pod", ["pods", "po"], "pods", [
  ALL_NAMESPACES_FLAG,
  bool("containers", "Shows the containers of each pod"),
  FIELD_SELECTOR_FLAG,
  ...SHARED,
  bool("sum", "Adds a line with the sum"),
]);

function usage(name: string, aliases: string[], plural: string, flags: readonly Flag[]): Command {
  return defineCommand({
    name: `top ${name}`,
    aliases,
    short: `Display resource (CPU/memory) usage of ${plural}`,
    long: `Shows how much CPU and memory ${plural} use. The numbers come from the metrics server a little later than they are measured.`,
    examples: `# All ${plural}\nkubectl top ${name}\n\n# One\nkubectl top ${name} NAME`,
    usage: `top ${name} [NAME | -l label]`,
    flags,
    run: (args, values, io) => {
      if (args.length > 1) return Promise.reject(usageError(`top ${name}`, `${name} [NAME | -l label]`));
      if (!["", "cpu", "memory"].includes(text(values, "sort-by")))
        return Promise.reject(plainError("--sort-by accepts only cpu or memory"));
      const selects = text(values, "selector") || text(values, "field-selector");
      if (args[0] && selects)
        return Promise.reject(
          plainError(`only one of NAME or ${name === "pod" ? "selector" : "--selector"} can be provided`),
        );
      const path = "/apis/metrics.k8s.io/v1beta1";
      const known = io.handle({ method: "GET", path }).status === 200;
      return Promise.reject(plainError(known ? "metrics not available yet" : "Metrics API not available"));
    },
  });
}
