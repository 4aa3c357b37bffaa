// Examples about who is an endpoint: readiness by each kind of probe, headless Services, addresses that are not ready.
import {
  CLIENT_POD,
  HTTP_READINESS,
  insideClient,
  kubiaController,
  kubiaService,
  type Example,
} from "./example.ts";

const execProbe = `        lifecycle:
          postStart:
            exec:
              command: ["touch", "/var/ready"]
        readinessProbe:
          exec:
            command:
            - ls
            - /var/ready
          periodSeconds: 2
          failureThreshold: 1
`;

const readinessExec: Example = {
  slug: "readiness-exec",
  title: { en: "Ready by a file", zh: "靠一个文件判断就绪" },
  claim: {
    en: "A Pod is a ready endpoint while its exec probe exits with 0: remove the file and it drops out; create it again and it is back.",
    zh: "只要 exec 探针的退出码为 0，Pod 就是就绪的端点：删掉文件，它就退出；重新创建文件，它又回来。",
  },
  hint: {
    en: "Select a Pod and fail its readiness: that runs `rm -f /var/ready` in it. The container is never restarted.",
    zh: "选中一个 Pod，让它的就绪探针失败：这会在里面执行 `rm -f /var/ready`。容器不会因此重启。",
  },
  files: {
    "pods.yaml": kubiaController(execProbe),
    "service.yaml": kubiaService(),
    "client.yaml": CLIENT_POD,
  },
  clients: [insideClient({ url: "http://kubia/" })],
  warmUpMs: 12_000,
};

const readinessHttp: Example = {
  slug: "readiness-http",
  title: { en: "Ready by a status code", zh: "靠状态码判断就绪" },
  claim: {
    en: "An httpGet probe passes on status 200 to 399: from its sixth request on, this app answers 500, so its Pods drop out one by one.",
    zh: "状态码为 200 到 399 时，httpGet 探针通过：这个应用从第六个请求起返回 500，于是它的 Pod 一个个退出。",
  },
  hint: {
    en: "Once no ready endpoint is left, connections are refused at once. Delete a Pod: its replacement works for a while.",
    zh: "不再有就绪的端点后，连接会立刻被拒绝。删除一个 Pod：接替它的 Pod 能正常工作一阵。",
  },
  files: {
    "pods.yaml": kubiaController(`        readinessProbe:
          httpGet:
            path: /
            port: 8080
          periodSeconds: 10
          failureThreshold: 1
`).replace("image: luksa/kubia", "image: luksa/kubia-unhealthy"),
    "service.yaml": kubiaService(),
    "client.yaml": CLIENT_POD,
  },
  clients: [insideClient({ url: "http://kubia/", rate: 0.3 })],
  warmUpMs: 14_000,
};

const readinessTcp: Example = {
  slug: "readiness-tcp",
  title: { en: "Ready when the port opens", zh: "端口打开才算就绪" },
  claim: {
    en: "A tcpSocket probe passes once a connection opens: the Pod that starts slowly becomes a ready endpoint only when it listens.",
    zh: "能够建立连接时，tcpSocket 探针通过：启动慢的那个 Pod 要等到开始监听，才成为就绪的端点。",
  },
  hint: {
    en: "Bind a Pod to localhost only: its process keeps running, but the probe and the Service are refused.",
    zh: "让某个 Pod 只绑定 localhost：进程照常运行，但探针和 Service 都会被拒绝。",
  },
  files: {
    "pods.yaml": `${tcpPod("quick", 0)}---
${tcpPod("slow", 25)}`,
    "service.yaml": kubiaService({ name: "db", app: "db" }),
    "client.yaml": CLIENT_POD,
  },
  clients: [insideClient({ url: "http://db/" })],
  warmUpMs: 10_000,
};

function tcpPod(name: string, waitSeconds: number): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels:
    app: db
spec:
  containers:
  - name: main
    image: busybox
    command:
    - sh
    - -c
    - sleep ${waitSeconds}; mkdir -p /www; hostname > /www/index.html; httpd -f -p 8080 -h /www
    readinessProbe:
      tcpSocket:
        port: 8080
      periodSeconds: 2
`;
}

const headless: Example = {
  slug: "headless",
  title: { en: "No address, all addresses", zh: "没有自己的地址，给出全部地址" },
  claim: {
    en: "A headless Service has no cluster IP: its name resolves to the addresses of all ready Pods, and the client connects to one itself.",
    zh: "无头服务没有集群 IP：它的名字解析为所有就绪 Pod 的地址，由客户端自己去连其中一个。",
  },
  hint: {
    en: "Look at the DNS step of a request. Fail a Pod's readiness: its address disappears from the answer.",
    zh: "看看请求的 DNS 那一步。让某个 Pod 的就绪探针失败：它的地址会从应答里消失。",
  },
  files: {
    "service.yaml": kubiaService({ name: "kubia-headless", spec: "  clusterIP: None\n" }),
    "pods.yaml": kubiaController(HTTP_READINESS),
    "client.yaml": CLIENT_POD,
  },
  clients: [insideClient({ url: "http://kubia-headless:8080/" })],
  warmUpMs: 12_000,
};

const publishNotReady: Example = {
  slug: "publish-not-ready",
  title: { en: "Pods that are not ready count too", zh: "未就绪的也算" },
  claim: {
    en: "With publishNotReadyAddresses a Service counts Pods as endpoints before they are ready; another Service of the same Pods does not.",
    zh: "设置 publishNotReadyAddresses 后，Service 会把尚未就绪的 Pod 也当作端点；选中同样 Pod 的另一个 Service 则不然。",
  },
  hint: {
    en: "Compare the two clients. Then select a Pod and pass its readiness: that runs `touch /var/ready` in it.",
    zh: "比较这两个客户端。然后选中一个 Pod，让它的就绪探针通过：这会在里面执行 `touch /var/ready`。",
  },
  files: {
    "services.yaml": `${kubiaService({ name: "kubia-all", spec: "  publishNotReadyAddresses: true\n" })}---
${kubiaService()}`,
    "pods.yaml": kubiaController(`        readinessProbe:
          exec:
            command:
            - ls
            - /var/ready
          periodSeconds: 2
          failureThreshold: 1
`),
    "client.yaml": CLIENT_POD,
  },
  clients: [
    insideClient({ name: "asks-all", url: "http://kubia-all/" }),
    insideClient({ name: "asks-ready", url: "http://kubia/", rate: 0.5 }),
  ],
  warmUpMs: 12_000,
};

export const READINESS_EXAMPLES = [
  readinessExec,
  readinessHttp,
  readinessTcp,
  headless,
  publishNotReady,
] as const;
