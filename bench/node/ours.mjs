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

function answered(cluster) {
  const status = cluster.clients()[0]?.status;
  return status ? status.succeeded + status.failed : 0;
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
  // Once to warm up, once for the measurement, as with the peer.
  const send = (count) => {
    cluster.act({ type: "setClient", client: { ...client, rate: 1000, count } });
    const wanted = answered(cluster) + count;
    while (answered(cluster) < wanted) {
      cluster.advance(50);
      // A page takes the journeys as they come; so does this.
      journeys += cluster.drainJourneys().length;
    }
  };
  let journeys = 0;
  send(200);
  const before = process.cpuUsage();
  send(total);
  const cpu = process.cpuUsage(before);
  const { succeeded } = cluster.clients()[0].status;
  if (succeeded !== total + 200) throw new Error(`${succeeded} requests succeeded`);
  if (journeys < total) throw new Error(`only ${journeys} journeys were recorded`);
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
