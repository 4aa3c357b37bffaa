// `kubectl create service`: clusterip, nodeport, loadbalancer, externalname.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create_service.go (v1.35)
import { dns1123Subdomain, portName, portNumber } from "#api/names";
import type { JsonObject } from "#base/json";
import type { Command, Flag, FlagValues } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { list, number, text } from "../../flags.ts";
import { ownNamespace } from "../../writing/create-object.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { parsePort } from "../../writing/numbers.ts";
import { defineGroup } from "../../group.ts";
import { defineGenerator } from "./generator.ts";

const TCP = aFlag("tcp", "stringList", "[]", "Ports as port:targetPort");

interface Sort {
  word: string;
  type: "ClusterIP" | "NodePort" | "LoadBalancer" | "ExternalName";
  article: "a" | "an";
  usage: string;
  example: string;
  flags: readonly Flag[];
}

const SORTS: readonly Sort[] = [
  {
    word: "clusterip",
    type: "ClusterIP",
    article: "a",
    usage: "NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]",
    example:
      "# Port 80, answered by the pods' port 8080\nkubectl create service clusterip kubia --tcp=80:8080\n\n# Headless\nkubectl create service clusterip kubia --clusterip=None",
    flags: [TCP, aFlag("clusterip", "string", "", "Cluster IP to take, or None for a headless Service")],
  },
  {
    word: "nodeport",
    type: "NodePort",
    article: "a",
    usage: "NAME [--tcp=port:targetPort] [--dry-run=server|client|none]",
    example: "# Open at a port of every node\nkubectl create service nodeport kubia --tcp=80:8080",
    flags: [TCP, aFlag("node-port", "int", "0", "Port to take on every node")],
  },
  {
    word: "loadbalancer",
    type: "LoadBalancer",
    article: "a",
    usage: "NAME [--tcp=port:targetPort] [--dry-run=server|client|none]",
    example: "# Behind a load balancer of the cloud\nkubectl create service loadbalancer kubia --tcp=80:8080",
    flags: [TCP],
  },
  {
    word: "externalname",
    type: "ExternalName",
    article: "an",
    usage: "NAME --external-name external.name [--dry-run=server|client|none]",
    example:
      "# A name for a host outside of the cluster\nkubectl create service externalname api --external-name=api.example.com",
    flags: [TCP, aFlag("external-name", "string", "", "Name of the host", { required: true })],
  },
];

export const createService: readonly Command[] = [
  defineGroup({
    name: "create service",
    aliases: ["svc"],
    short: "Create a service using a specified subcommand",
    long: "Create a service using a specified subcommand.",
    examples: "",
    usage: "create service [flags]",
  }),
  ...SORTS.map(({ word, type, article, usage, example, flags }) =>
    defineGenerator({
      name: `create service ${word}`,
      short: `Create ${article} ${type} service`,
      examples: example,
      usage: `create service ${word} ${usage}`,
      flags,
      plural: "services",
      failure: `failed to create ${type} service: `,
      build: (name, given) => build(name, type, given),
    }),
  ),
];

function build(name: string, type: Sort["type"], flags: FlagValues): JsonObject {
  const clusterIp = text(flags, "clusterip");
  const externalName = text(flags, "external-name");
  const tcp = list(flags, "tcp");
  if (clusterIp !== "None" && tcp.length === 0 && type !== "ExternalName")
    throw plainError("at least one tcp port specifier must be provided");
  if (type === "ExternalName" && dns1123Subdomain(externalName).length > 0)
    throw plainError(`invalid service external name ${externalName}`);
  const nodePort = number(flags, "node-port");
  const ports = tcp.map((word): JsonObject => {
    const { port, targetPort } = parsePorts(word);
    return {
      name: word.replaceAll(":", "-"),
      protocol: "TCP",
      port,
      targetPort,
      ...(nodePort !== 0 && { nodePort }),
    };
  });
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, ...ownNamespace(flags), labels: { app: name } },
    spec: {
      ...(ports.length > 0 && { ports }),
      selector: { app: name },
      ...(clusterIp && { clusterIP: clusterIp }),
      type,
      ...(externalName && { externalName }),
    },
  };
}

function parsePorts(word: string): { port: number; targetPort: number | string } {
  const [first = "", second] = word.split(":");
  const port = parsePort(first);
  if (second === undefined) return { port, targetPort: port };
  const problems = /^[+-]?\d+$/.test(second) ? portNumber(Number(second)) : portName(second);
  if (problems.length > 0) throw plainError(problems.join(","));
  return { port, targetPort: /^[+-]?\d+$/.test(second) ? Number(second) : second };
}
