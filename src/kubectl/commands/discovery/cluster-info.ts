// `kubectl cluster-info`: where the control plane and the labelled Services of kube-system are.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/clusterinfo (v1.35)
import type { JsonObject } from "#base/json";
import { defineCommand, type KubectlIo } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { flag, list, text } from "../../flags.ts";
import { printerFor, TEMPLATE_FLAGS } from "../../printers/print.ts";
import { request } from "../../resources.ts";
import { namespaceOf } from "../../selection.ts";

export const clusterInfo = defineCommand({
  name: "cluster-info",
  short: "Display cluster information",
  long: "Shows the addresses of the control plane and of the Services with the label kubernetes.io/cluster-service=true. To look further into a cluster, use 'kubectl cluster-info dump'.",
  examples: `# The addresses of the control plane and of cluster Services
kubectl cluster-info`,
  usage: "cluster-info [flags]",
  flags: [],
  run: (_args, flags, io) => {
    const server = serverOf(io, text(flags, "context"));
    const query = { labelSelector: "kubernetes.io/cluster-service=true" };
    const path = "/api/v1/namespaces/kube-system/services";
    const { items } = request(io, { method: "GET", path, query }).body as unknown as { items: ServiceSeen[] };
    io.stdout(`Kubernetes control plane is running at ${server}\n`);
    for (const service of items) io.stdout(`${nameOf(service)} is running at ${linkOf(service, server)}\n`);
    io.stdout("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    return Promise.resolve(0);
  },
});

interface ServiceSeen {
  metadata: { name: string; namespace: string; labels?: Record<string, string> };
  spec: { ports?: { name?: string; port: number }[] };
  status?: { loadBalancer?: { ingress?: { ip?: string; hostname?: string }[] } };
}

export function serverOf(io: KubectlIo, context: string): string {
  const { cluster = "" } = io.config.contexts[context || io.config.currentContext] ?? {};
  return io.config.clusters[cluster]?.server ?? "http://localhost:8080";
}

const nameOf = ({ metadata }: ServiceSeen): string =>
  metadata.labels?.["kubernetes.io/name"] ?? metadata.name;

function linkOf({ metadata, spec, status }: ServiceSeen, server: string): string {
  const ingress = status?.loadBalancer?.ingress?.[0];
  if (ingress) {
    const ports = (spec.ports ?? []).map(({ port }) => `http://${ingress.ip || ingress.hostname}:${port} `);
    return ports.join("");
  }
  const first = spec.ports?.[0];
  const scheme = first && (first.name === "https" || first.port === 443) ? "https:" : "";
  const name = `${scheme}${metadata.name}:${first?.name ?? ""}`;
  return `${server}/api/v1/namespaces/${metadata.namespace}/services/${name}/proxy`;
}

const DUMPED = [
  "/api/v1/namespaces/NS/events",
  "/api/v1/namespaces/NS/replicationcontrollers",
  "/api/v1/namespaces/NS/services",
  "/apis/apps/v1/namespaces/NS/daemonsets",
  "/apis/apps/v1/namespaces/NS/deployments",
  "/apis/apps/v1/namespaces/NS/replicasets",
  "/api/v1/namespaces/NS/pods",
];

export const clusterInfoDump = defineCommand({
  name: "cluster-info dump",
  short: "Dump relevant information for debugging and diagnosis",
  long: "Writes out what helps to look into a cluster: nodes, and the events, workloads, Services and pods of the current namespace and of kube-system, or of those that --namespaces names, with the pods' logs.",
  examples: `# The current namespace and kube-system
kubectl cluster-info dump

# All namespaces, into a folder
kubectl cluster-info dump --all-namespaces --output-directory=/path/to/cluster-state`,
  usage: "cluster-info dump [flags]",
  flags: [
    bool("all-namespaces", "Writes out all namespaces; --namespaces does not count then", { short: "A" }),
    { name: "namespaces", type: "stringList", default: "[]", help: "Namespaces to write out" },
    string("output", "Output format", { short: "o", default: "json" }),
    string("output-directory", "Folder for the files; empty or '-' means stdout"),
    {
      name: "pod-running-timeout",
      type: "duration",
      default: "20s",
      help: "How long to wait for a running pod (5s, 2m, 3h)",
    },
    ...TEMPLATE_FLAGS,
  ],
  run: (_args, flags, io) => {
    const print = printerFor(flags, io)!;
    const folder = text(flags, "output-directory");
    const put = (path: string, content: string): void => {
      if (folder === "" || folder === "-") io.stdout(content);
      else io.writeFile(`${folder}/${path}`, content);
    };
    const get = (path: string): JsonObject | undefined => {
      const response = io.handle({ method: "GET", path });
      return response.status === 200 ? (response.body as JsonObject) : undefined;
    };
    put("nodes.json", print(get("/api/v1/nodes")!));
    for (const namespace of namespacesOf(io, flags)) {
      for (const path of DUMPED) {
        const body = get(path.replace("NS", namespace));
        if (body) put(`${namespace}/${path.slice(path.lastIndexOf("/") + 1)}.json`, print(body));
      }
      dumpLogs(io, namespace, put);
    }
    if (folder !== "" && folder !== "-") io.stdout(`Cluster info dumped to ${folder}\n`);
    return Promise.resolve(0);
  },
});

function namespacesOf(io: KubectlIo, flags: Parameters<typeof namespaceOf>[1]): string[] {
  if (flag(flags, "all-namespaces")) {
    const { items } = request(io, { method: "GET", path: "/api/v1/namespaces" }).body as unknown as {
      items: { metadata: { name: string } }[];
    };
    return items.map(({ metadata }) => metadata.name);
  }
  const named = list(flags, "namespaces");
  return named.length > 0 ? named : ["kube-system", namespaceOf(io, flags)];
}

function dumpLogs(io: KubectlIo, namespace: string, put: (path: string, content: string) => void): void {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const { items } = request(io, { method: "GET", path }).body as unknown as {
    items: { metadata: { name: string }; spec: { containers: { name: string }[] } }[];
  };
  for (const { metadata, spec } of items) {
    for (const { name } of spec.containers) {
      const where = `container ${name} of pod ${namespace}/${metadata.name}`;
      const response = io.handle({
        method: "GET",
        path: `${path}/${metadata.name}/log`,
        query: { container: name },
      });
      const text = typeof response.body === "string" ? response.body : "Create log error: no log\n";
      put(
        `${namespace}/${metadata.name}/logs.txt`,
        `==== START logs for ${where} ====\n${text}==== END logs for ${where} ====\n`,
      );
    }
  }
}
