// The curl command that does what a client of the canvas does. Pure.
import type { ClientSpec } from "#cluster/clients/types";

const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

export function curlCommand(client: ClientSpec): string {
  const words = ["curl", "-sS"];
  if (client.method !== "GET") words.push("-X", client.method);
  if (client.insecure) words.push("-k");
  if (client.cookies) words.push("-c", "jar", "-b", "jar");
  if (client.maxTimeMs) words.push("--max-time", String(client.maxTimeMs / 1000));
  for (const [name, value] of Object.entries(client.headers)) words.push("-H", quote(`${name}: ${value}`));
  if (client.body) words.push("-d", quote(client.body));
  words.push(quote(client.url));
  const { location } = client;
  if (location.kind !== "pod") return words.join(" ");
  const namespace = location.namespace === "default" ? "" : ` -n ${location.namespace}`;
  const pod =
    location.name ?? `$(kubectl get pod${namespace} -l ${labelText(location.labels)} -o name | head -1)`;
  return `kubectl exec ${pod}${namespace} -- ${words.join(" ")}`;
}

const labelText = (labels: Record<string, string> = {}): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
