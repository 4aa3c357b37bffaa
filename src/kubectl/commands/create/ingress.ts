// `kubectl create ingress`: rules as host/path=service:port[,tls[=secret]].
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create_ingress.go (v1.35)
import { emptyRecord, type JsonObject } from "#base/json";
import type { FlagValues } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { list, text } from "../../flags.ts";
import { ownNamespace } from "../../writing/create-object.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { intOrString } from "../../writing/numbers.ts";
import { defineGenerator } from "./generator.ts";

const RULE = /^([\w*\-.]*)(\/.*)=([\w-]+):([\w-]+)(?:,(tls)=?([\w-]+)?)?/;

interface Rule {
  host: string;
  path: string;
  service: string;
  port: string;
  /** Undefined without TLS, empty for the default certificate. */
  secret?: string;
}

export const createIngress = defineGenerator({
  name: "create ingress",
  aliases: ["ing"],
  short: "Create an ingress with the specified name",
  examples:
    '# Everything below / of a host, by prefix\nkubectl create ingress kubia --rule="kubia.example.com/*=kubia-nodeport:80"\n\n# With TLS\nkubectl create ingress kubia --rule="kubia.example.com/*=kubia-nodeport:80,tls=tls-secret"',
  usage: "create ingress NAME --rule=host/path=service:port[,tls[=secret]] ",
  flags: [
    aFlag("class", "string", "", "Ingress class"),
    aFlag(
      "rule",
      "stringArray",
      "[]",
      "Rule as host/path=service:port[,tls=secret]; a path that ends with * is a prefix",
    ),
    aFlag("default-backend", "string", "", "Service for everything else, as service:port"),
    aFlag("annotation", "stringArray", "[]", "Annotation as key=value"),
  ],
  plural: "ingresses",
  failure: "failed to create ingress: ",
  build: (name, flags) => {
    const { rules, annotations, backend } = read(flags);
    const tls = tlsOf(rules);
    return {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name, ...ownNamespace(flags), ...(Object.keys(annotations).length > 0 && { annotations }) },
      spec: {
        ...(text(flags, "class") && { ingressClassName: text(flags, "class") }),
        ...(backend && { defaultBackend: serviceBackend(backend[0]!, backend[1]!) }),
        ...(tls.length > 0 && { tls }),
        ...(rules.length > 0 && { rules: byHost(rules) }),
      },
    };
  },
});

function read(flags: FlagValues): {
  rules: Rule[];
  annotations: Record<string, string>;
  backend: string[] | undefined;
} {
  const words = list(flags, "rule");
  const fallback = text(flags, "default-backend");
  if (fallback === "" && words.length === 0)
    throw plainError(
      "not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)",
    );
  const rules = words.map(parseRule);
  const annotations = emptyRecord<string>();
  for (const word of list(flags, "annotation")) {
    const equals = word.indexOf("=");
    if (equals < 0) throw plainError(`annotation ${word} is invalid and should be in format key=[value]`);
    annotations[word.slice(0, equals)] = word.slice(equals + 1);
  }
  const backend = fallback === "" ? undefined : fallback.split(":");
  if (backend && backend.length !== 2)
    throw plainError("default-backend should be in format servicename:serviceport");
  return { rules, annotations, backend };
}

function parseRule(word: string): Rule {
  const match = RULE.exec(word);
  if (!match)
    throw plainError(
      `rule ${word} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
    );
  const [, host = "", path = "", service = "", port = "", tls, secret = ""] = match;
  return { host, path, service, port, ...(tls && { secret }) };
}

/** Hosts that share a secret stand in one entry; each host once. */
function tlsOf(rules: readonly Rule[]): JsonObject[] {
  const seen = new Set<string>();
  const entries: { hosts: string[]; secret: string }[] = [];
  for (const { host, secret } of rules) {
    if (secret === undefined || seen.has(host)) continue;
    seen.add(host);
    const same = entries.find((entry) => entry.secret === secret);
    if (same) same.hosts.push(host);
    else if (host !== "" || secret !== "") entries.push({ hosts: host === "" ? [] : [host], secret });
  }
  return entries.map(({ hosts, secret }) => ({
    ...(hosts.length > 0 && { hosts }),
    ...(secret && { secretName: secret }),
  }));
}

function byHost(rules: readonly Rule[]): JsonObject[] {
  const hosts = new Map<string, JsonObject[]>();
  for (const { host, path, service, port } of rules) {
    const isPrefix = path.endsWith("*");
    const entry = {
      path: isPrefix ? path.slice(0, -1) : path,
      pathType: isPrefix ? "Prefix" : "Exact",
      backend: serviceBackend(service, port),
    };
    hosts.set(host, [...(hosts.get(host) ?? []), entry]);
  }
  return [...hosts].map(([host, paths]) => ({ ...(host && { host }), http: { paths } }));
}

function serviceBackend(name: string, port: string): JsonObject {
  const value = intOrString(port);
  return { service: { name, port: typeof value === "number" ? { number: value } : { name: value } } };
}
