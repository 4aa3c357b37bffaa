// What both simulators are asked to run: a Deployment whose pods have a readiness probe, and a NodePort Service.
export const NODE_PORT = 30123;

export function deployment(replicas, image) {
  const labels = { app: "web" };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "default" },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: "web",
              image,
              ports: [{ containerPort: 8080 }],
              readinessProbe: { httpGet: { path: "/", port: 8080 }, periodSeconds: 2 },
            },
          ],
        },
      },
    },
  };
}

export const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "default" },
  spec: {
    type: "NodePort",
    selector: { app: "web" },
    ports: [{ port: 80, targetPort: 8080, nodePort: NODE_PORT, protocol: "TCP" }],
  },
};

/** Enough nodes for the kubelet's 110 pods each, with room for what else runs there. */
export const nodesFor = (pods) => Math.max(3, Math.ceil(pods / 100));
