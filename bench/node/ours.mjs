// Measures Kubelanes' cluster in a process of its own: `node ours.mjs <bundle> ready|requests <count>`.
import { deployment, NODE_PORT, nodesFor, service } from "./workload.mjs";

const [bundle, what, count] = process.argv.slice(2);
const { createCluster, DEFAULT_SETTINGS } = await import(bundle);
const number = Number(count);

function create(cluster, path, body) {
  const { status, body: answer } = cluster.handle({
    method: "POST",
    path,
    contentType: "application/json",
    body,
  });
  if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
}

function readyReplicas(cluster) {
  const { body } = cluster.handle({
    method: "GET",
    path: "/apis/apps/v1/namespaces/default/deployments/web",
  });
  return body.status?.readyReplicas ?? 0;
}

function readyCluster(pods) {
  const cluster = createCluster({ ...DEFAULT_SETTINGS, nodeCount: nodesFor(pods) });
  create(cluster, "/api/v1/namespaces/default/services", service);
  create(cluster, "/apis/apps/v1/namespaces/default/deployments", deployment(pods, "luksa/kubia"));
  while (readyReplicas(cluster) < pods) {
    if (cluster.now > 600_000) throw new Error(`${readyReplicas(cluster)} of ${pods} ready`);
    cluster.advance(500);
  }
  return cluster;
}

function requests(total) {
  const cluster = readyCluster(10);
  const client = {
    name: "client",
    location: { kind: "outside", ip: "198.51.100.7" },
    program: "curl",
    url: `http://{node:1}:${NODE_PORT}/`,
    method: "GET",
    headers: {},
    rate: 0,
    keepAlive: false,
    cookies: false,
  };
  cluster.act({ type: "setClient", client });
  let sent = 0;
  const send = (size) => {
    sent += size;
    cluster.act({ type: "send", client: "client", count: size });
    const status = () => cluster.clients()[0].status;
    while (status().succeeded + status().failed < sent) cluster.advance(100);
  };
  send(200);
  cluster.drainJourneys();
  const before = process.cpuUsage();
  while (sent < total + 200) send(100);
  const cpu = process.cpuUsage(before);
  const { succeeded } = cluster.clients()[0].status;
  if (succeeded !== total + 200) throw new Error(`${succeeded} requests succeeded`);
  const last = cluster.recentJourneys(1)[0];
  if (!last?.end || last.legs.length === 0) throw new Error("no journey was recorded");
  return { perSecond: total / ((cpu.user + cpu.system) / 1e6) };
}

function ready(pods) {
  const before = process.cpuUsage();
  const cluster = readyCluster(pods);
  const cpu = process.cpuUsage(before);
  return { cpuMs: (cpu.user + cpu.system) / 1000, simulatedMs: cluster.now };
}

console.log(JSON.stringify(what === "ready" ? ready(number) : requests(number)));
