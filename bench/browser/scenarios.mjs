// The two scenarios that strain the page, as links would open them.
const REPLICAS = 300;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: ${REPLICAS}
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: luksa/kubia
        ports:
        - containerPort: 8080
        readinessProbe:
          httpGet:
            path: /
            port: 8080
          periodSeconds: 2
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 8080
    nodePort: 30123
`;

/** 300 pods that start before the reader's eyes, and one client. */
export function crowd(settings) {
  return scenario({ ...settings, hopMs: 100 }, [client("client-a", 1)], 0);
}

/** 300 ready pods, and requests that are two seconds on their way: 250 a second are 500 in flight. */
export function flood(settings) {
  const clients = Array.from({ length: 5 }, (_, index) => client(`client-${index + 1}`, 50));
  return scenario({ ...settings, hopMs: 500 }, clients, 15_000);
}

function scenario(settings, clients, warmUpMs) {
  const files = [
    { name: "deployment.yaml", text: DEPLOYMENT },
    { name: "service.yaml", text: SERVICE },
  ];
  return {
    model: 1,
    settings: { ...settings, nodeCount: 3 },
    files,
    applied: files.map(({ name }) => name),
    clients,
    actions: [],
    warmUpMs,
  };
}

function client(name, rate) {
  return {
    name,
    location: {
      kind: "outside",
      ip: `198.51.100.${10 + Number(name.slice(-1) === "a" ? 0 : name.slice(-1))}`,
    },
    program: "curl",
    url: "http://{node:1}:30123/",
    method: "GET",
    headers: {},
    rate,
    keepAlive: false,
    cookies: false,
  };
}
