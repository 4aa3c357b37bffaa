// The files that a kubelet writes for every container: /etc/hosts, /etc/hostname, /etc/resolv.conf; and the same for
// the network, which resolves names by them.
// Kubernetes: pkg/kubelet/kubelet_pods.go ensureHostsFile, pkg/kubelet/network/dns/dns.go (v1.35)
import type { Context } from "../machine/component.ts";
import type { HostId, ResolverConfig } from "../network/types.ts";
import { WORLD } from "../settings.ts";
import type { PodState } from "./state.ts";

const LONGEST_HOSTNAME = 63;
const CLUSTER_DOMAIN = "cluster.local";

const FIXED_HOSTS = [
  "127.0.0.1\tlocalhost",
  "::1\tlocalhost ip6-localhost ip6-loopback",
  "fe00::0\tip6-localnet",
  "fe00::0\tip6-mcastprefix",
  "fe00::1\tip6-allnodes",
  "fe00::2\tip6-allrouters",
];

export function hostnameOf({ pod, node }: PodState): string {
  if (pod.spec.hostNetwork) return node;
  const { hostname, subdomain, setHostnameAsFQDN } = pod.spec;
  const short = (hostname ?? pod.metadata.name).slice(0, LONGEST_HOSTNAME).replace(/[-.]+$/, "");
  const domain = subdomain && setHostnameAsFQDN ? `.${domainOf(subdomain, pod.metadata.namespace!)}` : "";
  return `${short}${domain}`;
}

function domainOf(subdomain: string, namespace: string): string {
  return `${subdomain}.${namespace}.svc.${CLUSTER_DOMAIN}`;
}

export function hostsFile(context: Context, state: PodState): string {
  const lines = ["# Kubernetes-managed hosts file."];
  const { spec } = state.pod;
  if (spec.hostNetwork) {
    lines[0] = "# Kubernetes-managed hosts file (host network).";
    lines.push("127.0.0.1\tlocalhost", `${context.network.ipOf(`node:${state.node}`)}\t${state.node}`);
  } else {
    const own = [...fullNames(state), shortName(state)].join("\t");
    lines.push(...FIXED_HOSTS, `${state.ip ?? ""}\t${own}`);
  }
  const aliases = spec.hostAliases ?? [];
  if (aliases.length > 0) {
    lines.push("", "# Entries added by HostAliases.");
    for (const { ip, hostnames } of aliases) lines.push([ip, ...(hostnames ?? [])].join("\t"));
  }
  return `${lines.join("\n")}\n`;
}

function shortName({ pod }: PodState): string {
  return (pod.spec.hostname ?? pod.metadata.name).slice(0, LONGEST_HOSTNAME).replace(/[-.]+$/, "");
}

function fullNames(state: PodState): string[] {
  const { subdomain } = state.pod.spec;
  return subdomain ? [`${shortName(state)}.${domainOf(subdomain, state.namespace)}`] : [];
}

interface Dns {
  nameservers: string[];
  searches: string[];
  options: { name: string; value?: string }[];
}

/** By dnsPolicy, with dnsConfig merged in. */
export function dnsOf(context: Context, state: PodState): Dns {
  const { spec } = state.pod;
  const inCluster =
    spec.dnsPolicy === "ClusterFirstWithHostNet" || (spec.dnsPolicy === "ClusterFirst" && !spec.hostNetwork);
  const dns: Dns = { nameservers: [], searches: [], options: [] };
  if (spec.dnsPolicy === "None") {
    // Only what dnsConfig says.
  } else if (inCluster) {
    dns.nameservers = [WORLD.clusterDnsIp];
    dns.searches = [`${state.namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN];
    dns.options = [{ name: "ndots", value: "5" }];
  } else {
    const node = context.network.resolverOf(`node:${state.node}`);
    dns.nameservers = [...node.nameservers];
    dns.searches = [...node.searches];
  }
  const extra = spec.dnsConfig;
  for (const nameserver of extra?.nameservers ?? []) {
    if (!dns.nameservers.includes(nameserver)) dns.nameservers.push(nameserver);
  }
  for (const search of extra?.searches ?? []) if (!dns.searches.includes(search)) dns.searches.push(search);
  for (const { name = "", value } of extra?.options ?? []) {
    const option = value === undefined ? { name } : { name, value };
    const index = dns.options.findIndex((item) => item.name === name);
    if (index < 0) dns.options.push(option);
    else dns.options[index] = option;
  }
  return dns;
}

export function resolvConf({ nameservers, searches, options }: Dns): string {
  const lines: string[] = [];
  if (searches.length > 0) lines.push(`search ${searches.join(" ")}`);
  for (const nameserver of nameservers) lines.push(`nameserver ${nameserver}`);
  if (options.length > 0) {
    lines.push(`options ${options.map(({ name, value }) => (value ? `${name}:${value}` : name)).join(" ")}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** Pods on their node's network have a /etc/resolv.conf and a /etc/hosts of their own too. */
export function resolverId({ uid }: PodState): HostId {
  return `pod:${uid}`;
}

const SECOND_MS = 1000;

export function resolverConfig(state: PodState, dns: Dns): ResolverConfig {
  const { spec } = state.pod;
  const hosts: Record<string, string> = { localhost: "127.0.0.1" };
  const own = spec.hostNetwork ? [state.node] : [...fullNames(state), shortName(state)];
  if (state.ip) for (const name of own) hosts[name] = state.ip;
  for (const { ip, hostnames } of spec.hostAliases ?? []) {
    for (const name of hostnames ?? []) hosts[name] ??= ip;
  }
  const timeout = numberOption(dns, "timeout");
  const attempts = numberOption(dns, "attempts");
  return {
    nameservers: dns.nameservers,
    searches: dns.searches,
    ndots: numberOption(dns, "ndots") ?? 1,
    hosts,
    ...(timeout === undefined ? {} : { timeoutMs: timeout * SECOND_MS }),
    ...(attempts === undefined ? {} : { attempts }),
  };
}

/** The resolver ignores what is no number, and takes at least 1 second and one attempt. */
function numberOption({ options }: Dns, wanted: string): number | undefined {
  const value = options.find(({ name }) => name === wanted)?.value ?? "";
  return /^\d+$/.test(value) ? Math.max(wanted === "ndots" ? 0 : 1, Number(value)) : undefined;
}
