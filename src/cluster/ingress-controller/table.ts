// From Ingress objects to what nginx would be configured with: a server a host, each with its locations in the order
// in which they are tried. Pure; made anew when an Ingress, a class or a Secret changes.
import type { Ingress, IngressBackend, PathType } from "#api/ingress/types";
import type { Secret } from "#api/secret/types";
import type { Certificate } from "../network/types.ts";
import { locationConfig, type LocationConfig } from "./annotations.ts";
import { certificateFor } from "./certificates.ts";

export interface Backend {
  namespace: string;
  service: string;
  port: string | number;
}

export interface Location {
  /** "namespace/name" */
  ingress: string;
  host: string;
  path: string;
  pathType: PathType;
  match: "exact" | "prefix" | "text" | "regex";
  backend: Backend;
  /** It is the Ingress' spec.defaultBackend. */
  isDefault: boolean;
  config: LocationConfig;
}

export interface Server {
  host: string;
  locations: Location[];
  /** Stands in a TLS section: http:// is redirected. */
  tls: boolean;
  certificate?: Certificate;
}

export interface Table {
  /** By host; "" is the server for all other hosts. */
  servers: Map<string, Server>;
}

/** `ingresses`: those of this controller, oldest first; the first to claim a path of a host keeps it. */
export function makeTable(ingresses: readonly Ingress[], secrets: ReadonlyMap<string, Secret>): Table {
  const servers = new Map<string, Server>();
  const server = (host: string): Server => {
    let known = servers.get(host);
    if (!known) servers.set(host, (known = { host, locations: [], tls: false }));
    return known;
  };
  for (const ingress of ingresses) {
    const config = locationConfig(ingress.metadata.annotations);
    for (const rule of ingress.spec.rules ?? []) {
      const host = (rule.host ?? "").toLowerCase();
      for (const { path, pathType, backend } of rule.http?.paths ?? []) {
        addLocation(server(host), ingress, config, path || "/", pathType, backend, false);
      }
    }
    addTls(server, ingress, secrets);
  }
  for (const ingress of ingresses) addDefaultBackend(server, ingress);
  for (const { locations } of servers.values()) order(locations);
  return { servers };
}

function addLocation(
  server: Server,
  ingress: Ingress,
  config: LocationConfig,
  path: string,
  pathType: PathType,
  backend: IngressBackend,
  isDefault: boolean,
): void {
  // Simplified: as in ingress-nginx, backends that are no Services are left out.
  if (!backend.service) return;
  const { locations, host } = server;
  if (locations.some((other) => other.path === path && other.pathType === pathType)) return;
  const { namespace = "", name } = ingress.metadata;
  const { name: service, port = {} } = backend.service;
  const match = pathType === "Exact" ? "exact" : pathType === "Prefix" ? "prefix" : "text";
  const target = { namespace, service, port: port.name ?? port.number ?? 0 };
  locations.push({
    ingress: `${namespace}/${name}`,
    host,
    path,
    pathType,
    match,
    backend: target,
    isDefault,
    config,
  });
}

/** An Ingress' default backend serves what its hosts leave open; without rules, every host that nobody has. */
function addDefaultBackend(server: (host: string) => Server, ingress: Ingress): void {
  const { defaultBackend, rules = [] } = ingress.spec;
  if (!defaultBackend) return;
  const config = locationConfig(ingress.metadata.annotations);
  const hosts = rules.length === 0 ? [""] : rules.map(({ host }) => (host ?? "").toLowerCase());
  for (const host of new Set(hosts))
    addLocation(server(host), ingress, config, "/", "Prefix", defaultBackend, true);
}

function addTls(
  server: (host: string) => Server,
  ingress: Ingress,
  secrets: ReadonlyMap<string, Secret>,
): void {
  const { tls = [], rules = [] } = ingress.spec;
  if (tls.length === 0) return;
  for (const host of new Set(rules.map((rule) => (rule.host ?? "").toLowerCase()))) {
    const found = certificateFor(host, ingress.metadata.namespace ?? "", tls, secrets);
    if (!found) continue;
    const own = server(host);
    own.tls = true;
    if (found.certificate) own.certificate ??= found.certificate;
  }
}

/** Longest paths first. If any Ingress of the host rewrites or uses expressions, all its paths are expressions. */
function order(locations: Location[]): void {
  const regex = locations.some(({ config }) => config.useRegex || config.rewriteTarget !== undefined);
  if (regex) for (const location of locations) location.match = "regex";
  // Sorting is stable: of equal lengths the older Ingress' stays before.
  locations.sort((a, b) => b.path.length - a.path.length);
}
