// An example of the gallery: a scenario that shows one claim, in both languages. Its test asserts the claim from what
// the requests did.
import type { ClientSpec } from "#cluster/clients/types";
import { DEFAULT_SETTINGS, type ClusterSettings } from "#cluster/settings";
import { MODEL } from "../model.ts";
import type { Scenario } from "../protocol.ts";

interface Bilingual {
  en: string;
  zh: string;
}

export interface Example {
  /** Stable: links such as #example/nodeport name it. */
  slug: string;
  title: Bilingual;
  /** One sentence that the canvas proves. */
  claim: Bilingual;
  /** What to touch next. */
  hint: Bilingual;
  files: Record<string, string>;
  /** Files that are applied only after so many virtual ms; all others at the start. */
  later?: Record<string, number>;
  clients: ClientSpec[];
  settings?: Partial<ClusterSettings>;
  /** Virtual ms that pass before the learner sees it, so that pods are up. */
  warmUpMs: number;
}

/** One way between two machines is stretched to this in the playground, so that packets can be seen. */
const PLAYGROUND_HOP_MS = 100;

export function exampleScenario(example: Example): Scenario {
  const later = example.later ?? {};
  const files = Object.entries(example.files).map(([name, text]) => ({ name, text }));
  return {
    model: MODEL,
    settings: { ...DEFAULT_SETTINGS, hopMs: PLAYGROUND_HOP_MS, ...example.settings },
    files,
    applied: files.map(({ name }) => name).filter((name) => !(name in later)),
    clients: example.clients,
    actions: files
      .filter(({ name }) => name in later)
      .map(({ name, text }) => ({ at: later[name]!, action: { type: "applyFile", name, text } })),
    warmUpMs: example.warmUpMs,
  };
}

/** A curl outside the cluster; what differs is given. */
export function outsideClient(changes: Partial<ClientSpec> & Pick<ClientSpec, "url">): ClientSpec {
  return {
    name: "client-a",
    location: { kind: "outside", ip: "198.51.100.7" },
    program: "curl",
    method: "GET",
    headers: {},
    rate: 1,
    keepAlive: false,
    cookies: false,
    ...changes,
  };
}

/** A curl in the pod `client`. */
export function insideClient(changes: Partial<ClientSpec> & Pick<ClientSpec, "url">): ClientSpec {
  return outsideClient({
    name: "client",
    location: { kind: "pod", namespace: "default", name: "client" },
    ...changes,
  });
}

/** A pod to send requests from. */
export const CLIENT_POD = `apiVersion: v1
kind: Pod
metadata:
  name: client
  labels:
    app: client
spec:
  containers:
  - name: main
    image: curlimages/curl
    command: ["sleep", "infinity"]
`;

interface ServiceParts {
  name?: string;
  /** Its pods' label. */
  app?: string;
  /** Lines before the selector. */
  spec?: string;
  /** Lines of the port. */
  port?: string;
}

/** A Service whose port 80 leads to 8080. */
export function kubiaService({
  name = "kubia",
  app = "kubia",
  spec = "",
  port = "",
}: ServiceParts = {}): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
${spec}  selector:
    app: ${app}
  ports:
  - port: 80
    targetPort: 8080
${port}`;
}

/** The book's ReplicationController; `extra` goes into the container. */
export function kubiaController(extra = "", replicas = 3): string {
  return `apiVersion: v1
kind: ReplicationController
metadata:
  name: kubia
spec:
  replicas: ${replicas}
  selector:
    app: kubia
  template:
    metadata:
      labels:
        app: kubia
    spec:
      containers:
      - name: kubia
        image: luksa/kubia
        ports:
        - name: http
          containerPort: 8080
${extra}`;
}

export const HTTP_READINESS = `        readinessProbe:
          httpGet:
            path: /
            port: http
          periodSeconds: 2
          failureThreshold: 1
`;
