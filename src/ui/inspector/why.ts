// "Why did it go there?": a journey's recorded steps as a list of checks, each with its evidence and the command that
// shows it on a real cluster. Pure; says only what was recorded.
import type { Journey, Step } from "#cluster/trace/types";
import type { GlyphName } from "../status/Glyph.tsx";
import type { StringKey, Values } from "../i18n/i18n.ts";
import { isSilent, splitAddress, type Of } from "./journey-steps.ts";
import { placeName } from "./place-name.ts";

export interface Said {
  key: StringKey;
  values?: Values;
}

export interface WhyStep {
  /** Stable within the journey, for React. */
  id: string;
  glyph: GlyphName;
  title: StringKey;
  brief: Said;
  /** Evidence, a paragraph each; `code` lines are shown as they are. */
  evidence: (Said | { code: string })[];
  command?: string;
  at: number;
}

/** "default/web" as `web`, or `web -n shop` outside the default namespace. */
function kubectlName(key: string): string {
  const [namespace = "", name = ""] = key.includes("/") ? key.split("/") : ["default", key];
  return namespace === "default" ? name : `${name} -n ${namespace}`;
}

export function whySteps(journey: Journey): WhyStep[] {
  return journey.steps.flatMap((step, index) => {
    const said = sayStep(step, journey);
    return said ? [{ ...said, id: `${index}`, at: step.at }] : [];
  });
}

type Body = Omit<WhyStep, "id" | "at">;

function sayStep(step: Step, journey: Journey): Body | undefined {
  switch (step.step) {
    case "dns":
      return dns(step);
    case "route":
      return {
        glyph: "ready",
        title: "whyRoute",
        brief: { key: "whyRouteTo", values: { place: placeName(step.to) } },
        evidence: [{ key: ROUTE_REASONS[step.reason] }],
        ...routeCommand(step),
      };
    case "service":
      return service(step);
    case "noRule":
      return noRule(step);
    case "endpoints":
      return endpoints(step);
    case "choice":
      return choice(step);
    case "rewrite":
      return rewrite(step);
    case "verdict":
      return verdict(step);
    case "ingress":
      return ingress(step);
    case "socket":
      return socket(step);
    case "tls":
      return {
        glyph: step.outcome === "ok" ? "ready" : "failing",
        title: "whyTls",
        brief: { key: TLS[step.outcome] },
        evidence: step.subject ? [{ code: `subject: ${step.subject}\nissuer: ${step.issuer ?? ""}` }] : [],
      };
    case "exchange":
      return exchange(step, journey);
  }
}

const ROUTE_REASONS = {
  loadBalancerPick: "whyRouteLoadBalancer",
  nodeAddress: "whyRouteNode",
  podNetwork: "whyRoutePods",
  serviceAddress: "whyRouteService",
  internet: "whyRouteInternet",
  local: "whyRouteLocal",
} as const;

/** The name that the records give to the load balancer in a node's place. */
const BALANCER = "load-balancer";

const NO_RULE = {
  portNotInService: { title: "whyPort", brief: "whyPortNotInService" },
  noListener: { title: "whyPort", brief: "whyNoListener" },
  addressGone: { title: "whyAddress", brief: "whyAddressGone" },
  sourceRange: { title: "whySource", brief: "whySourceRange" },
} as const;

function noRule({ node, address, reason }: Of<"noRule">): Body {
  const { title, brief } = NO_RULE[reason];
  const evidence: Said =
    node === BALANCER ? { key: "whyNoRuleBalancer" } : { key: "whyNoRuleNode", values: { node, address } };
  return {
    glyph: "failing",
    title,
    brief: { key: brief, values: { address, ...splitAddress(address) } },
    evidence: reason === "portNotInService" ? [evidence] : [],
    command: "kubectl get svc -A",
  };
}

const VERDICTS: Record<string, StringKey> = {
  noEndpoints: "whyNoEndpoints",
  noLocalEndpoints: "whyNoLocalEndpoints",
  noHealthyNode: "whyNoHealthyNode",
};

function verdict({ node, verdict: done, reason }: Of<"verdict">): Body {
  const drop = node === BALANCER ? "whyDropBalancer" : "whyDrop";
  const key = VERDICTS[reason];
  return {
    glyph: "failing",
    title: "whyVerdict",
    brief: { key: done === "reject" ? "whyReject" : drop, values: { node } },
    // The other reasons were said by the step before.
    evidence: key ? [{ key }] : [],
  };
}

const TLS = {
  ok: "whyTlsOk",
  selfSigned: "whyTlsSelfSigned",
  nameMismatch: "whyTlsName",
  notTls: "whyTlsNot",
} as const;

function routeCommand(step: Of<"route">): { command?: string } {
  if (step.reason === "loadBalancerPick" || step.reason === "nodeAddress")
    return { command: "kubectl get nodes -o wide" };
  return {};
}

function dns(step: Of<"dns">): Body {
  if (step.source === "literal")
    return {
      glyph: "skipped",
      title: "whyDns",
      brief: { key: "whyDnsLiteral", values: { name: step.name } },
      evidence: [],
    };
  if (step.source === "hosts") {
    return {
      glyph: "ready",
      title: "whyDns",
      brief: { key: "whyDnsHosts", values: { name: step.name, ip: step.result ?? "" } },
      evidence: [],
    };
  }
  const lines = step.queries.map(
    ({ name, type, answer, rcode }) =>
      `${name} ${type}  ${answer.length > 0 ? answer.join(", ") : rcode === "NOERROR" ? "-" : rcode}`,
  );
  const found = step.result !== undefined;
  const { name, server } = step;
  const brief: Said = found
    ? { key: "whyDnsFound", values: { name, ip: step.result! } }
    : { key: isSilent(step) ? "whyDnsSilent" : "whyDnsMissing", values: { name, server } };
  const searched = new Set(step.queries.map((query) => query.name)).size > 1;
  return {
    glyph: found ? "ready" : "failing",
    title: "whyDns",
    brief,
    evidence: [
      { key: searched ? "whyDnsSearch" : "whyDnsQueries", values: { count: step.queries.length, server } },
      { code: lines.join("\n") },
    ],
    command: `nslookup ${name}`,
  };
}

function service(step: Of<"service">): Body {
  const port = step.portName ? `${step.port} (${step.portName})` : String(step.port);
  return {
    glyph: "ready",
    title: "whyService",
    brief: {
      key: MATCHED[step.matched],
      values: { service: step.service.split("/")[1] ?? step.service, port },
    },
    evidence: [
      {
        key: step.matched === "ingressEndpoints" ? "whyServiceIngress" : "whyServiceNode",
        values: { node: step.node },
      },
      ...(step.policy === "Local" ? [{ key: "whyPolicyLocal" as const, values: { node: step.node } }] : []),
    ],
    command: `kubectl describe svc ${kubectlName(step.service)}`,
  };
}

const MATCHED = {
  clusterIP: "whyMatchedClusterIp",
  nodePort: "whyMatchedNodePort",
  loadBalancer: "whyMatchedLoadBalancer",
  externalIP: "whyMatchedExternalIp",
  ingressEndpoints: "whyMatchedIngress",
} as const;

const OUT_REASONS: Record<string, StringKey> = {
  notReady: "whyOutNotReady",
  terminating: "whyOutTerminating",
  notOnThisNode: "whyOutOtherNode",
  portUnresolved: "whyOutPort",
  otherZone: "whyOutZone",
};

function endpoints(step: Of<"endpoints">): Body {
  const inside = step.candidates.filter((candidate) => candidate.in);
  const outside = step.candidates.filter((candidate) => !candidate.in);
  const glyph: GlyphName = inside.length === 0 ? "failing" : outside.length > 0 ? "notReady" : "ready";
  return {
    glyph,
    title: "whyEndpoints",
    brief: { key: "whyEndpointsCount", values: { ready: inside.length, total: step.candidates.length } },
    evidence: [
      ...(step.candidates.length === 0 ? [{ key: "whyEndpointsNone" as const }] : []),
      ...(step.pool === "terminating" ? [{ key: "whyEndpointsTerminating" as const }] : []),
      ...outside.slice(0, 6).map((candidate) => ({
        key: OUT_REASONS[candidate.reason] ?? ("whyOutOther" as const),
        values: { pod: candidate.pod ?? candidate.address, reason: candidate.reason },
      })),
      ...(outside.length > 6 ? [{ key: "whyOutMore" as const, values: { count: outside.length - 6 } }] : []),
      ...(step.omitted ? [{ key: "whyEndpointsOmitted" as const, values: { count: step.omitted } }] : []),
    ],
    command: `kubectl get endpointslices -l kubernetes.io/service-name=${kubectlName(step.service)}`,
  };
}

const HOW = {
  random: "whyChoiceRandom",
  roundRobin: "whyChoiceRoundRobin",
  affinity: "whyChoiceAffinity",
  conntrack: "whyChoiceConntrack",
  cookie: "whyChoiceCookie",
  only: "whyChoiceOnly",
  keepAlive: "whyChoiceKeepAlive",
} as const;

function choice(step: Of<"choice">): Body {
  return {
    glyph: "ready",
    title: "whyChoice",
    brief: { key: "whyChoiceTo", values: { endpoint: step.pod ?? step.endpoint } },
    evidence: [{ key: HOW[step.how], values: { among: step.among } }],
  };
}

function rewrite(step: Of<"rewrite">): Body | undefined {
  if (step.kind === "reverse") return undefined;
  const lines = [
    ...(step.before.dst === step.after.dst ? [] : [`dst  ${step.before.dst}\n  →  ${step.after.dst}`]),
    ...(step.before.src === step.after.src ? [] : [`src  ${step.before.src}\n  →  ${step.after.src}`]),
  ];
  return {
    glyph: "ready",
    title: "whyRewrite",
    brief: { key: "whyRewriteBy", values: { node: step.node, kind: step.kind } },
    evidence: [{ code: lines.join("\n") }],
  };
}

function ingress(step: Of<"ingress">): Body {
  const good = step.outcome === "matched" || step.outcome === "defaultBackend";
  const rule = step.rule
    ? `${step.rule.host ?? "*"}${step.rule.path ?? "/"} (${step.rule.pathType ?? "Prefix"})`
    : "";
  const name = step.ingress ? kubectlName(step.ingress) : "";
  return {
    glyph: good ? "ready" : step.outcome === "tlsRedirect" ? "skipped" : "failing",
    title: "whyIngress",
    brief: {
      key: INGRESS[step.outcome],
      values: { host: step.host, path: step.path, backend: step.backend ?? "" },
    },
    evidence: rule
      ? [{ key: "whyIngressRule", values: { rule, ingress: step.ingress?.split("/")[1] ?? "" } }]
      : [],
    command: name ? `kubectl describe ingress ${name}` : "kubectl get ingress -A",
  };
}

const INGRESS = {
  matched: "whyIngressMatched",
  defaultBackend: "whyIngressDefault",
  noRule: "whyIngressNoRule",
  noEndpoints: "whyIngressNoEndpoints",
  tlsRedirect: "whyIngressRedirect",
} as const;

function socket(step: Of<"socket">): Body {
  const pod = step.place.kind === "pod" ? step.place : undefined;
  const listening =
    step.listening.length > 0
      ? [{ key: "whySocketInstead" as const, values: { sockets: step.listening.join(", ") } }]
      : [{ key: "whySocketNothing" as const }];
  return {
    glyph: step.found ? "ready" : "failing",
    title: "whySocket",
    brief: { key: step.found ? "whySocketFound" : "whySocketMissing", values: { address: step.address } },
    evidence: step.found
      ? step.process
        ? [{ key: "whySocketProcess", values: { process: step.process } }]
        : []
      : listening,
    ...(pod
      ? {
          command: `kubectl exec ${kubectlName(`${pod.namespace}/${pod.name}`).replace(/^(\S+)/, "$1")} -- ss -ltn`,
        }
      : {}),
  };
}

function exchange(step: Of<"exchange">, journey: Journey): Body {
  const status = typeof step.response?.["status"] === "number" ? step.response["status"] : undefined;
  return {
    glyph: status === undefined ? (journey.end ? "failing" : "pending") : status < 400 ? "ready" : "failing",
    title: "whyExchange",
    brief:
      status === undefined
        ? {
            key: journey.end ? "whyExchangeNone" : "whyExchangeWaiting",
            values: { place: placeName(step.place) },
          }
        : { key: "whyExchangeStatus", values: { place: placeName(step.place), status } },
    evidence: [],
  };
}
