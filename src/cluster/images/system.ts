// Images of the cluster itself. Their serving is done by components of the machine (dns/, ingress-controller/):
// the containers only run, and answer whoever asks after their health.
import { goAnswer } from "./answers.ts";
import { defineImage, type ServerProgram } from "./image.ts";

function runs(title: string, log: string[], health: Record<number, string> = {}): ServerProgram {
  return {
    title,
    start: () => ({ listen: Object.keys(health).map((port) => ({ port: Number(port) })), log }),
    answer: ({ port, path }, server) => ({
      answer:
        path === health[port] ? goAnswer(server, 200, "OK") : goAnswer(server, 404, "404 page not found\n"),
    }),
    signal: (signal) => (signal === 15 || signal === 2 ? { exit: 0, afterMs: 50 } : undefined),
  };
}

export const coredns = defineImage({
  repository: "registry.k8s.io/coredns/coredns",
  sizeBytes: 22_800_000,
  entrypoint: ["/coredns"],
  flavour: "none",
  commands: [],
  servers: {
    coredns: runs("coredns", [".:53", "CoreDNS-1.13.1", "linux/amd64, go1.25.2, 1db4568"], {
      8080: "/health",
      8181: "/ready",
      9153: "/metrics",
    }),
  },
  files: { "/coredns": "" },
});

const controller = runs("nginx-ingress-controller", ["NGINX Ingress controller"], { 10254: "/healthz" });

export const ingressNginx = defineImage({
  repository: "registry.k8s.io/ingress-nginx/controller",
  sizeBytes: 118_000_000,
  entrypoint: ["/usr/bin/dumb-init", "--"],
  cmd: ["/nginx-ingress-controller"],
  flavour: "none",
  commands: [],
  servers: {
    "dumb-init": controller,
    "nginx-ingress-controller": controller,
  },
  files: { "/usr/bin/dumb-init": "", "/nginx-ingress-controller": "" },
});

export const kubeProxy = defineImage({
  repository: "registry.k8s.io/kube-proxy",
  sizeBytes: 25_800_000,
  entrypoint: ["/usr/local/bin/kube-proxy"],
  flavour: "none",
  commands: [],
  servers: { "kube-proxy": runs("kube-proxy", ["Using iptables Proxier"]) },
  files: { "/usr/local/bin/kube-proxy": "" },
});
