// `kubectl expose`: a new Service for the pods of an object that is there.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/expose/expose.go (v1.35)
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { text } from "../../flags.ts";
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
import { atoi, intOrString } from "../../writing/numbers.ts";
import { OVERRIDE_FLAGS, overridden } from "../../writing/overrides.ts";
import { parseLabels } from "../../writing/pairs.ts";
import { checkExposable, portsOf, selectorOf, type ExposedPort } from "./introspect.ts";

export const exposeCommand = defineCommand({
  name: "expose",
  short:
    "Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service",
  long: "Expose a resource as a new Kubernetes service.\n\n The new Service takes the selector of a pod, service, replication controller, deployment or replica set, and its ports where --port names none.\n\n Possible resources include (case insensitive): pod (po), service (svc), replicationcontroller (rc), deployment (deploy), replicaset (rs)",
  examples:
    "# Port 80, answered by the containers' port 8080\nkubectl expose rc kubia --port=80 --target-port=8080\n\n# Behind a load balancer\nkubectl expose rc kubia --type=LoadBalancer --name=kubia-http",
  usage:
    "expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]",
  flags: [
    ...fileFlags("with what to expose"),
    ...WRITING_FLAGS,
    ...OVERRIDE_FLAGS,
    RECORD_FLAG,
    SAVE_CONFIG_FLAG,
    fieldManagerFlag("kubectl-expose"),
    aFlag("cluster-ip", "string", "", "Cluster IP to take, or None for a headless Service"),
    aFlag("external-ip", "string", "", "Further address at which the Service is to answer"),
    aFlag("labels", "string", "", "Labels of the new Service", { short: "l" }),
    aFlag("load-balancer-ip", "string", "", "Address that the load balancer is to have"),
    aFlag("name", "string", "", "Name of the new Service"),
    aFlag("port", "string", "", "Port of the Service; that of the exposed object if absent"),
    aFlag("protocol", "string", "", "Protocol of the port; TCP if absent"),
    aFlag("selector", "string", "", "Selector of the Service; that of the exposed object if absent"),
    aFlag("session-affinity", "string", "", "None or ClientIP"),
    aFlag("target-port", "string", "", "Name or number of the container's port"),
    aFlag("type", "string", "", "ClusterIP, NodePort, LoadBalancer or ExternalName; ClusterIP if absent"),
  ],
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    // --selector is the Service's here, it selects nothing.
    const items = await itemsOf(args, { ...flags, selector: "" }, io);
    await visit(items, (info) => exposeOne(io, flags, info, dryRun));
    return 0;
  },
});

function exposeOne(io: KubectlIo, flags: FlagValues, info: Info, dryRun: DryRun): void {
  checkExposable(info);
  const selector = text(flags, "selector") ? undefined : selectorOf(info);
  const ports = portWords(flags, info);
  const object = overridden(flags, serviceFor(flags, info, selector, ports));
  createObject(io, dryRun === "client" ? { ...flags, "save-config": false } : flags, {
    object,
    plural: "services",
    namespaced: true,
    dryRun,
    operation: "exposed",
    typedAnswer: false,
  });
}

function portWords(flags: FlagValues, info: Info): string[] {
  const given = text(flags, "port");
  if (given !== "") return given.split(",");
  const own = [...new Set(portsOf(info).map(({ port }) => String(port)))];
  if (own.length === 0 && text(flags, "cluster-ip") !== "None")
    throw plainError("couldn't find port via --port flag or introspection");
  return own;
}

function serviceFor(
  flags: FlagValues,
  info: Info,
  found: Record<string, string> | undefined,
  words: readonly string[],
): JsonObject {
  const selector = found ?? parseLabels(text(flags, "selector"));
  const own = (info.object["metadata"] as { labels?: Record<string, string> }).labels ?? {};
  const labels = text(flags, "labels") ? parseLabels(text(flags, "labels")) : own;
  const ports = servicePorts(flags, words, portsOf(info));
  const [clusterIp, externalIp, balancerIp, type, affinity] = [
    "cluster-ip",
    "external-ip",
    "load-balancer-ip",
    "type",
    "session-affinity",
  ].map((name) => text(flags, name));
  if (affinity && affinity !== "None" && affinity !== "ClientIP")
    throw plainError(`unknown session affinity: ${affinity}`);
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: text(flags, "name") || info.name.slice(0, 63),
      ...(Object.keys(labels).length > 0 && { labels }),
    },
    spec: {
      ...(ports.length > 0 && { ports }),
      selector,
      ...(clusterIp && { clusterIP: clusterIp }),
      ...(type && { type }),
      ...(externalIp && { externalIPs: [externalIp] }),
      ...(affinity && { sessionAffinity: affinity }),
      ...(balancerIp && { loadBalancerIP: balancerIp }),
    },
  };
}

/** Several ports get names, for a Service of several ports needs them; so do several protocols of one port. */
function servicePorts(
  flags: FlagValues,
  words: readonly string[],
  known: readonly ExposedPort[],
): JsonObject[] {
  const protocol = text(flags, "protocol");
  const target = text(flags, "target-port");
  return words.flatMap((word, index): JsonObject[] => {
    const port = atoi(word);
    const targetPort = target === "" ? port : intOrString(target);
    const own = [...new Set(known.filter((item) => item.port === port).map((item) => item.protocol))];
    if (protocol === "" && own.length > 1)
      return own.map((one) => ({
        name: `port-${index + 1}-${one.toLowerCase()}`,
        protocol: one,
        port,
        targetPort,
      }));
    const only = protocol || own[0] || "TCP";
    return [{ ...(words.length > 1 && { name: `port-${index + 1}` }), protocol: only, port, targetPort }];
  });
}
