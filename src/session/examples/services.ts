// Examples about Services inside the cluster: ClusterIP, affinity, named ports, environment, no selector, ExternalName.
import {
  CLIENT_POD,
  HTTP_READINESS,
  insideClient,
  kubiaController,
  kubiaService,
  type Example,
} from "./example.ts";

const clusterIp: Example = {
  slug: "clusterip",
  title: { en: "One address for many Pods", zh: "多个 Pod，一个地址" },
  claim: {
    en: "A ClusterIP Service spreads requests over all ready Pods; its address is a rule on each node, not a machine.",
    zh: "ClusterIP 类型的 Service 把请求分散到所有就绪的 Pod；它的地址是每个节点上的一条规则，并不是一台机器。",
  },
  hint: {
    en: "Select a Pod and fail its readiness: the next requests go elsewhere.",
    zh: "选中一个 Pod，让它的就绪探针失败：之后的请求就会去别的 Pod。",
  },
  files: {
    "service.yaml": kubiaService(),
    "pods.yaml": kubiaController(HTTP_READINESS),
    "client.yaml": CLIENT_POD,
  },
  clients: [insideClient({ url: "http://kubia/" })],
  warmUpMs: 12_000,
};

const sessionAffinity: Example = {
  slug: "session-affinity",
  title: { en: "The same client, the same Pod", zh: "同一个客户端，同一个 Pod" },
  claim: {
    en: "With sessionAffinity: ClientIP, all requests from one client address reach the same Pod.",
    zh: "设置 sessionAffinity: ClientIP 后，来自同一客户端地址的请求总是到达同一个 Pod。",
  },
  hint: {
    en: "Delete that Pod: the client gets another one and stays with it.",
    zh: "删除那个 Pod：客户端会换到另一个，并一直留在那里。",
  },
  files: {
    "service.yaml": kubiaService({ spec: "  sessionAffinity: ClientIP\n" }),
    "pods.yaml": kubiaController(HTTP_READINESS),
    "client.yaml": CLIENT_POD,
  },
  clients: [insideClient({ url: "http://kubia/", rate: 2 })],
  warmUpMs: 12_000,
};

const namedPorts: Example = {
  slug: "named-ports",
  title: { en: "Two ports, by name", zh: "两个端口，各有名字" },
  claim: {
    en: "A Service with two named ports leads each to its own container port, found by the port's name in the Pod.",
    zh: "带有两个命名端口的 Service 会把每个端口引向各自的容器端口，依据是 Pod 里端口的名字。",
  },
  hint: {
    en: "Change a containerPort and the -listen port with it: the Service follows without a change of its own.",
    zh: "改一下 containerPort，并同时改 -listen 的端口：Service 不用改就会跟上。",
  },
  files: {
    "service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - name: http
    port: 80
    targetPort: http
  - name: admin
    port: 81
    targetPort: admin
`,
    "pods.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: site
        image: hashicorp/http-echo
        args: ["-listen=:8080", "-text=the site"]
        ports:
        - name: http
          containerPort: 8080
      - name: console
        image: hashicorp/http-echo
        args: ["-listen=:9090", "-text=the console"]
        ports:
        - name: admin
          containerPort: 9090
`,
    "client.yaml": CLIENT_POD,
  },
  clients: [
    insideClient({ name: "visitor", url: "http://web/" }),
    insideClient({ name: "operator", url: "http://web:81/", rate: 0.5 }),
  ],
  warmUpMs: 12_000,
};

const environment: Example = {
  slug: "environment",
  title: { en: "Older than the Service", zh: "比 Service 更早创建" },
  claim: {
    en: "A container gets a Service's environment variables only if the Service already existed when the container was created.",
    zh: "只有在容器创建时 Service 已经存在，容器才会得到该 Service 的环境变量。",
  },
  hint: {
    en: "Pod early calls $KUBIA_SERVICE_HOST in vain; Pod late succeeds. Delete early and apply its file again.",
    zh: "Pod early 用 $KUBIA_SERVICE_HOST 发请求总是失败，Pod late 则成功。删除 early，再应用一次它的文件。",
  },
  files: {
    "1-early.yaml": asker("early"),
    "2-service.yaml": kubiaService(),
    "3-pods.yaml": kubiaController("", 2),
    "4-late.yaml": asker("late"),
  },
  later: { "2-service.yaml": 8000, "3-pods.yaml": 8000, "4-late.yaml": 9000 },
  clients: [],
  warmUpMs: 20_000,
};

/** A pod that asks its environment for the Service, over and over. */
function asker(name: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  containers:
  - name: main
    image: curlimages/curl
    command:
    - sh
    - -c
    - while true; do curl -sS http://$KUBIA_SERVICE_HOST:$KUBIA_SERVICE_PORT/; sleep 2; done
`;
}

const manualEndpoints: Example = {
  slug: "manual-endpoints",
  title: { en: "A Service without a selector", zh: "没有标签选择器的 Service" },
  claim: {
    en: "Without a selector nobody but you fills in the endpoints: requests go to the addresses that you wrote.",
    zh: "没有标签选择器时，端点只能由你来写：请求会发往你写下的地址。",
  },
  hint: {
    en: "Remove one of the addresses in endpoints.yaml and apply: the Service keeps its name and address.",
    zh: "在 endpoints.yaml 里去掉一个地址并应用：Service 的名字和地址都不变。",
  },
  files: {
    "service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: external-service
spec:
  ports:
  - port: 80
`,
    "endpoints.yaml": `apiVersion: v1
kind: Endpoints
metadata:
  name: external-service
subsets:
- addresses:
  - ip: 11.11.11.11
  - ip: 22.22.22.22
  ports:
  - port: 80
`,
    "client.yaml": CLIENT_POD,
  },
  clients: [insideClient({ url: "http://external-service/" })],
  warmUpMs: 10_000,
};

const externalName: Example = {
  slug: "externalname",
  title: { en: "Only a name", zh: "只是一个名字" },
  claim: {
    en: "An ExternalName Service has no address and no proxy: DNS answers with a CNAME, and the client connects to the outside host itself.",
    zh: "ExternalName 类型的 Service 没有地址，也不经代理：DNS 返回 CNAME，客户端自己去连外部主机。",
  },
  hint: {
    en: "Change externalName to a name that does not exist, apply, and look at the DNS step.",
    zh: "把 externalName 改成不存在的域名并应用，再看 DNS 那一步。",
  },
  files: {
    "service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: external-service
spec:
  type: ExternalName
  externalName: api.somecompany.com
  ports:
  - port: 80
`,
    "client.yaml": CLIENT_POD,
  },
  clients: [insideClient({ url: "http://external-service/" })],
  warmUpMs: 10_000,
};

export const SERVICE_EXAMPLES = [
  clusterIp,
  sessionAffinity,
  namedPorts,
  environment,
  manualEndpoints,
  externalName,
] as const;
