// Measures @ngrok/webernetes in a process of its own: `node peer.mjs <bundle> ready|requests <count>`.
import { deployment, NODE_PORT, nodesFor, service } from "./workload.mjs";

const [bundle, what, count] = process.argv.slice(2);
const { Cluster, BaseImage } = await import(bundle);
const number = Number(count);

class Web extends BaseImage {
  static imageName = "web";
  static imageVersion = "1.0";
  defaultCommand = ["server"];
  async exec(context, argv) {
    if (argv[0] !== "server") return await super.exec(context, argv);
    context.listenHttp(8080, async () => ({ status: 200, body: "You've hit web\n" }));
    return await context.waitUntilKilled();
  }
}

async function readyCluster(pods) {
  const cluster = new Cluster({ nodes: nodesFor(pods) });
  cluster.registerImage(Web);
  await cluster.init();
  const done = new Promise((resolve) => {
    cluster.informer("deployments", (_type, object) => {
      if (object.metadata?.name === "web" && object.status?.readyReplicas === pods) resolve();
    });
  });
  await cluster.apply([service, deployment(pods, "web:1.0")]);
  await done;
  return cluster;
}

async function ready(pods) {
  const before = process.cpuUsage();
  await readyCluster(pods);
  const cpu = process.cpuUsage(before);
  return { cpuMs: (cpu.user + cpu.system) / 1000 };
}

/** Its requests and hops are told as events; recording them is what makes the two comparable. */
async function requests(total) {
  const cluster = await readyCluster(10);
  const recorded = [];
  cluster.on("request", (event) => recorded.push(event));
  cluster.on("response", (event) => recorded.push(event));
  const send = async (size) => {
    const answers = await Promise.all(
      Array.from({ length: size }, () => cluster.fetch(`http://node-1:${NODE_PORT}/`)),
    );
    for (const answer of answers) if (!answer.body.startsWith("You've hit")) throw new Error("no answer");
  };
  await send(200);
  const before = process.cpuUsage();
  for (let sent = 0; sent < total; sent += 100) await send(100);
  const cpu = process.cpuUsage(before);
  if (recorded.length < total) throw new Error(`only ${recorded.length} events were recorded`);
  return { perSecond: total / ((cpu.user + cpu.system) / 1e6) };
}

console.log(JSON.stringify(what === "ready" ? await ready(number) : await requests(number)));
process.exit(0);
