// What became of a journey, in a word and in a sentence.
import type { Journey, Step } from "#cluster/trace/types";
import type { StringKey, Translate, Values } from "../i18n/i18n.ts";
import type { GlyphName } from "../status/Glyph.tsx";
import { placeName } from "./why.ts";

export interface OutcomeLook {
  tone: "request" | "ok" | "warn" | "bad";
  glyph: GlyphName;
  word: StringKey;
  values?: Values;
}

const FAILURES = {
  dns: "outcomeDns",
  refused: "outcomeRefused",
  timeout: "outcomeTimeout",
  reset: "outcomeReset",
  empty: "outcomeEmpty",
  tls: "outcomeTls",
  unreachable: "outcomeUnreachable",
  cancelled: "outcomeCancelled",
  badUrl: "outcomeBadUrl",
  unsent: "outcomeUnsent",
} as const;

export function outcomeOf(journey: Journey): OutcomeLook {
  const { end } = journey;
  if (!end) return { tone: "request", glyph: "pending", word: "outcomeInFlight" };
  if (end.kind === "failure") return { tone: "bad", glyph: "failing", word: FAILURES[end.failure] };
  const values = { status: end.status };
  if (end.status >= 500) return { tone: "bad", glyph: "failing", word: "outcomeStatus", values };
  if (end.status >= 400) return { tone: "warn", glyph: "notReady", word: "outcomeStatus", values };
  return { tone: "ok", glyph: "ready", word: "outcomeStatus", values };
}

type Of<K extends Step["step"]> = Extract<Step, { step: K }>;

function last<K extends Step["step"]>(journey: Journey, kind: K): Of<K> | undefined {
  return journey.steps.findLast((step) => step.step === kind) as Of<K> | undefined;
}

/** One sentence that sums the journey up, from its own records. */
export function verdictOf(journey: Journey, t: Translate): string {
  const { end } = journey;
  const choice = last(journey, "choice");
  const target = choice ? (choice.pod ?? choice.endpoint) : "";
  if (end?.kind === "failure") return failureVerdict(journey, t);
  const entered = journey.steps.find((step): step is Of<"service"> => step.step === "service");
  const socket = last(journey, "socket");
  const answering = socket?.place.kind === "pod" ? socket.place.name : target;
  if (
    entered &&
    answering &&
    choice?.node &&
    entered.matched !== "clusterIP" &&
    entered.matched !== "ingressEndpoints"
  ) {
    const key = choice.node === entered.node ? "verdictSameNode" : "verdictOtherNode";
    return t(key, { entered: entered.node, pod: answering, node: choice.node });
  }
  // An Ingress controller reads a Service's endpoints; none of the Service's rules is on its way.
  if (entered && answering && entered.matched !== "ingressEndpoints")
    return t("verdictService", { service: entered.service.split("/")[1] ?? "", pod: answering });
  const ingress = last(journey, "ingress");
  if (ingress) return ingressVerdict(ingress, end?.status ?? "", t);
  const named = namedVerdict(journey, socket ? placeName(socket.place) : answering, t);
  if (named !== undefined) return named;
  if (answering || socket) return t("verdictDirect", { place: socket ? placeName(socket.place) : answering });
  return t(end ? "verdictDone" : "verdictUnderWay");
}

const INGRESS_VERDICTS = {
  matched: "verdictIngress",
  defaultBackend: "verdictIngress",
  noRule: "verdictIngressNoRule",
  noEndpoints: "verdictIngressNoEndpoints",
  tlsRedirect: "verdictIngressRedirect",
} as const satisfies Record<Of<"ingress">["outcome"], StringKey>;

function ingressVerdict(step: Of<"ingress">, status: number | string, t: Translate): string {
  const { host, path, backend = "" } = step;
  return t(INGRESS_VERDICTS[step.outcome], { host, path, backend, status });
}

const SERVICE_NAME = /^(?:[^.]+\.)?([^.]+)\.[^.]+\.svc\.cluster\.local\.?$/;

/** A Service that took part as a name only: a headless one, or one that stands for a name elsewhere. */
function namedVerdict(journey: Journey, place: string, t: Translate): string | undefined {
  const answered = last(journey, "dns")?.queries.find(({ answer }) => answer.length > 0);
  const service = SERVICE_NAME.exec(answered?.name ?? "")?.[1];
  if (!answered || service === undefined || place === "") return undefined;
  const alias = answered.answer.find((item) => item.endsWith("."));
  return alias === undefined
    ? t("verdictHeadless", { service, place })
    : t("verdictAlias", { service, place, alias: alias.slice(0, -1) });
}

function failureVerdict(journey: Journey, t: Translate): string {
  const { end } = journey;
  if (end?.kind !== "failure") return "";
  const noRule = last(journey, "noRule");
  const verdict = last(journey, "verdict");
  const socket = last(journey, "socket");
  const endpoints = last(journey, "endpoints");
  const dns = last(journey, "dns");
  if (end.failure === "badUrl") return t("failBadUrl");
  if (end.failure === "unsent") return t("failUnsent");
  if (end.failure === "dns") return t("failDns", { name: dns?.name ?? "" });
  if (verdict && endpoints && endpoints.pool === "none") {
    const service = endpoints.service.split("/")[1] ?? "";
    if (verdict.verdict === "drop") return t("failLocal", { node: verdict.node, service });
    return endpoints.candidates.length === 0
      ? t("failNoPods", { service })
      : t("failNotReady", { service, total: endpoints.candidates.length });
  }
  if (noRule?.reason === "portNotInService") return t("failPort", { address: noRule.address });
  if (noRule?.reason === "addressGone") return t("failGone", { address: noRule.address });
  if (socket && !socket.found) {
    const local = socket.listening.some((item) => item.includes("127.0.0.1"));
    return t(local ? "failLocalhost" : "failSocket", {
      address: socket.address,
      place: placeName(socket.place),
    });
  }
  if (end.failure === "tls") return t("failTls");
  if (end.failure === "timeout") return t("failTimeout", { place: placeName(end.place) });
  if (end.failure === "reset" || end.failure === "empty")
    return t("failReset", { place: placeName(end.place) });
  return t("failOther", { place: placeName(end.place) });
}
