// Examples about ways into the cluster: node ports, load balancer, Ingress.
import { HTTP_READINESS, kubiaController, kubiaService, outsideClient, type Example } from "./example.ts";

const NODE_PORT = kubiaService({
  name: "kubia-nodeport",
  spec: "  type: NodePort\n",
  port: "    nodePort: 30123\n",
});

const nodePort: Example = {
  slug: "nodeport",
  title: { en: "A door on every node", zh: "每个节点都有一扇门" },
  claim: {
    en: "A node port opens the same door on every node, and each door leads to any ready Pod, on whichever node it runs.",
    zh: "节点端口在每个节点上打开同一扇门，每扇门都通往任意一个就绪的 Pod，不论它在哪个节点上。",
  },
  hint: {
    en: "Select a Pod and fail its readiness. Then select a request and see why it went where it did.",
    zh: "选中一个 Pod，让它的就绪探针失败。再选一个请求，看看它为什么去了那里。",
  },
  files: { "service.yaml": NODE_PORT, "pods.yaml": kubiaController(HTTP_READINESS) },
  clients: [
    outsideClient({ url: "http://{node:1}:30123/" }),
    outsideClient({
      name: "client-b",
      location: { kind: "outside", ip: "198.51.100.8" },
      url: "http://{node:3}:30123/",
      rate: 0.7,
    }),
  ],
  warmUpMs: 12_000,
};

const nodePortLocal: Example = {
  slug: "nodeport-local",
  title: { en: "Only the Pods behind this door", zh: "这扇门只通往门后的 Pod" },
  claim: {
    en: "With externalTrafficPolicy: Local, a node sends only to its own Pods: the client's address is kept, and a node without a Pod never answers.",
    zh: "设置 externalTrafficPolicy: Local 后，节点只把流量交给自己的 Pod：客户端地址得以保留，而没有 Pod 的节点永远不应答。",
  },
  hint: {
    en: "Change Local to Cluster and apply: every door answers, but the Pods see a node's address.",
    zh: "把 Local 改成 Cluster 并应用：每扇门都会应答，但 Pod 看到的是节点的地址。",
  },
  files: {
    "service.yaml": NODE_PORT.replace("kubia-nodeport", "kubia-nodeport-onlylocal")
      .replace("30123", "30124")
      .replace("type: NodePort\n", "type: NodePort\n  externalTrafficPolicy: Local\n"),
    "pods.yaml": `${kubiaController("", 1).replace("    spec:\n", "    spec:\n      nodeName: node-2\n")}`,
  },
  clients: [
    outsideClient({ url: "http://{node:2}:30124/" }),
    outsideClient({
      name: "client-b",
      location: { kind: "outside", ip: "198.51.100.8" },
      url: "http://{node:1}:30124/",
      rate: 0.4,
      maxTimeMs: 3000,
    }),
  ],
  warmUpMs: 12_000,
};

const loadBalancer: Example = {
  slug: "loadbalancer",
  title: { en: "One address in front of all doors", zh: "所有门前的一个地址" },
  claim: {
    en: "A LoadBalancer Service is a NodePort Service with one address in front: the load balancer picks a node, the node picks a Pod.",
    zh: "LoadBalancer 类型的 Service 是在 NodePort 前面再加一个地址：负载均衡器选节点，节点选 Pod。",
  },
  hint: {
    en: "Stop a node: the load balancer notices and no longer sends there.",
    zh: "关闭一个节点：负载均衡器会察觉，不再把流量送过去。",
  },
  files: {
    "service.yaml": kubiaService({ name: "kubia-loadbalancer", spec: "  type: LoadBalancer\n" }),
    "pods.yaml": kubiaController(HTTP_READINESS),
  },
  clients: [outsideClient({ url: "http://{lb:default/kubia-loadbalancer}/", rate: 1.5 })],
  warmUpMs: 12_000,
};

/** A Deployment and its Service. */
const site = (name: string, text: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
      - name: web
        image: ${text}
        ports:
        - containerPort: 8080
---
${kubiaService({ name, app: name })}`;

const ingressRules: Example = {
  slug: "ingress",
  title: { en: "One entrance, many sites", zh: "一个 Ingress，多个站点" },
  claim: {
    en: "An Ingress chooses the Service by host and path, and its controller goes straight to that Service's Pods.",
    zh: "Ingress 按主机名和路径选择 Service，它的控制器直接访问该 Service 的 Pod。",
  },
  hint: {
    en: "Change a client's path to /nothing, or its host to one that no rule names, and see why it got its answer.",
    zh: "把客户端的路径改成 /nothing，或者换一个没有规则的主机名，看看它为什么得到这样的应答。",
  },
  files: {
    "ingress.yaml": `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: sites
spec:
  ingressClassName: nginx
  rules:
  - host: kubia.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: kubia
            port:
              number: 80
      - path: /v2
        pathType: Prefix
        backend:
          service:
            name: kubia-v2
            port:
              number: 80
  - host: foo.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: foo
            port:
              number: 80
`,
    "kubia.yaml": site("kubia", "luksa/kubia:v1"),
    "kubia-v2.yaml": site("kubia-v2", "luksa/kubia:v2"),
    "foo.yaml": site("foo", "gcr.io/google-samples/hello-app:1.0"),
  },
  clients: [
    outsideClient({ url: "http://kubia.example.com/", hosts: { "kubia.example.com": "{ingress}" } }),
    outsideClient({
      name: "client-b",
      location: { kind: "outside", ip: "198.51.100.8" },
      url: "http://kubia.example.com/v2",
      rate: 0.7,
      hosts: { "kubia.example.com": "{ingress}" },
    }),
    outsideClient({
      name: "client-c",
      location: { kind: "outside", ip: "198.51.100.9" },
      url: "http://foo.example.com/",
      rate: 0.5,
      hosts: { "foo.example.com": "{ingress}" },
    }),
  ],
  warmUpMs: 12_000,
};

export const ENTRANCE_EXAMPLES = [nodePort, nodePortLocal, loadBalancer, ingressRules] as const;
