// Examples about what an Ingress adds to HTTP: TLS and cookie affinity.
import { HTTP_READINESS, kubiaController, kubiaService, outsideClient, type Example } from "./example.ts";
import { TLS_SECRET } from "./tls-secret.ts";

const ingress = (head: string, tls = ""): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: kubia
${head}spec:
  ingressClassName: nginx
${tls}  rules:
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
`;

const HOSTS = { "kubia.example.com": "{ingress}" };

const ingressTls: Example = {
  slug: "ingress-tls",
  title: { en: "TLS ends at the Ingress", zh: "TLS 在 Ingress 处终止" },
  claim: {
    en: "The Ingress controller holds the certificate of the Secret: TLS ends there, and the Pods get plain HTTP.",
    zh: "Ingress 控制器持有 Secret 里的证书：TLS 在那里终止，Pod 收到的是明文 HTTP。",
  },
  hint: {
    en: "See how the client plain is redirected to https. Or untick “accept any certificate (-k)” for client-a and see what curl says about a self-signed certificate.",
    zh: "看看客户端 plain 如何被重定向到 https；或者取消 client-a 的“接受任何证书（-k）”，看看 curl 对自签名证书怎么说。",
  },
  files: {
    "ingress.yaml": ingress("", "  tls:\n  - hosts:\n    - kubia.example.com\n    secretName: tls-secret\n"),
    "service.yaml": kubiaService(),
    "pods.yaml": kubiaController(HTTP_READINESS),
    "secret.yaml": TLS_SECRET,
  },
  clients: [
    outsideClient({ url: "https://kubia.example.com/", insecure: true, hosts: HOSTS }),
    outsideClient({
      name: "plain",
      location: { kind: "outside", ip: "198.51.100.8" },
      url: "http://kubia.example.com/",
      rate: 0.4,
      hosts: HOSTS,
    }),
  ],
  warmUpMs: 12_000,
};

const ingressCookie: Example = {
  slug: "ingress-cookie",
  title: { en: "A cookie remembers the Pod", zh: "用 Cookie 记住 Pod" },
  claim: {
    en: "With cookie affinity, the Ingress controller sends a browser back to its Pod, while a client without cookies goes from Pod to Pod.",
    zh: "启用 Cookie 亲和性后，Ingress 控制器会把浏览器送回原来的 Pod，而不带 Cookie 的客户端会在各个 Pod 之间轮换。",
  },
  hint: {
    en: "Switch the browser's cookies off, and it goes from Pod to Pod too.",
    zh: "关掉浏览器的 Cookie，它也会在各个 Pod 之间轮换。",
  },
  files: {
    "ingress.yaml": ingress(
      "  annotations:\n    nginx.ingress.kubernetes.io/affinity: cookie\n    nginx.ingress.kubernetes.io/session-cookie-name: route\n",
    ),
    "service.yaml": kubiaService(),
    "pods.yaml": kubiaController(HTTP_READINESS),
  },
  clients: [
    outsideClient({
      name: "browser",
      program: "browser",
      url: "http://kubia.example.com/",
      hosts: HOSTS,
      keepAlive: true,
      cookies: true,
    }),
    outsideClient({
      name: "no-cookies",
      location: { kind: "outside", ip: "198.51.100.8" },
      url: "http://kubia.example.com/",
      hosts: HOSTS,
    }),
  ],
  warmUpMs: 12_000,
};

export const INGRESS_EXAMPLES = [ingressTls, ingressCookie] as const;
