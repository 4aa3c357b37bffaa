// The curl command that does what a client of the canvas does. Pure.
import type { ClientSpec } from "#cluster/clients/types";
import type { Journey } from "#cluster/trace/types";
import { quoted as quote } from "./command-lines.ts";

/** `resolve` turns placeholders such as {node:1} into addresses. */
export function curlCommand(client: ClientSpec, resolve: (text: string) => string = (text) => text): string {
  const words = ["curl", "-sS"];
  if (client.method !== "GET") words.push("-X", client.method);
  if (client.insecure) words.push("-k");
  if (client.cookies) words.push("-c", "jar", "-b", "jar");
  if (client.maxTimeMs) words.push("--max-time", String(client.maxTimeMs / 1000));
  for (const [name, value] of Object.entries(client.headers)) words.push("-H", quote(`${name}: ${value}`));
  if (client.body) words.push("-d", quote(client.body));
  for (const [host, ip] of Object.entries(client.hosts ?? {})) {
    const port = portOf(client.url) ?? (client.url.startsWith("https:") ? 443 : 80);
    if (hostOf(client.url) === host) words.push("--resolve", `${host}:${port}:${resolve(ip)}`);
  }
  words.push(quote(resolve(client.url)));
  const { location } = client;
  if (location.kind === "outside") return words.join(" ");
  // A pod on the node's own network asks as the node does.
  if (location.kind === "node")
    return `kubectl debug node/${location.name} -it --image=nicolaka/netshoot -- ${words.join(" ")}`;
  const namespace = location.namespace === "default" ? "" : ` -n ${location.namespace}`;
  const pod =
    location.name ?? `$(kubectl get pod${namespace} -l ${labelText(location.labels)} -o name | head -1)`;
  return `kubectl exec ${pod}${namespace} -- ${words.join(" ")}`;
}

/** The same request again; undefined for those that no person sends. */
export function againCommand(journey: Journey): string | undefined {
  const { place, program } = journey.client;
  const { request } = journey;
  if (program !== "curl" && program !== "browser") return undefined;
  const own = Object.entries(request.headers).filter(
    ([name, value]) =>
      !OWN_HEADERS.has(name.toLowerCase()) &&
      !(name.toLowerCase() === "host" && value.split(":")[0] === hostOf(request.url)),
  );
  return curlCommand({
    name: "",
    location: place.kind === "pod" ? place : place.kind === "node" ? place : { kind: "outside", ip: "" },
    program: "curl",
    url: request.url,
    method: request.method,
    headers: Object.fromEntries(own),
    hosts: place.kind === "client" ? ownHosts(journey) : {},
    rate: 0,
    keepAlive: false,
    cookies: false,
  });
}

/** What an outside client found in its own /etc/hosts, which the workstation does not have. */
function ownHosts({ steps }: Journey): Record<string, string> {
  const found = steps.flatMap((step) =>
    step.step === "dns" && step.source === "hosts" && step.result ? [[step.name, step.result]] : [],
  );
  return Object.fromEntries(found);
}

/** What curl sends by itself. */
const OWN_HEADERS = new Set(["user-agent", "accept", "content-length", "content-type", "connection"]);

const hostOf = (url: string): string => /^\w+:\/\/([^/:?#]*)/.exec(url)?.[1] ?? "";

const portOf = (url: string): string | undefined => /^\w+:\/\/[^/:?#]*:(\d+)/.exec(url)?.[1];

const labelText = (labels: Record<string, string> = {}): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
