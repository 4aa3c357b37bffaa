// Why a request failed, in one sentence, from what was recorded of it. Used by the journey panel.
import type { Journey, JourneyEnd, Place } from "#cluster/trace/types";
import type { StringKey, Translate } from "../i18n/i18n.ts";
import { isSilent, last, servedByName, splitAddress, type Of } from "./journey-steps.ts";
import { placeName } from "./place-name.ts";

type Failure = Extract<JourneyEnd, { kind: "failure" }>;

export function failureVerdict(journey: Journey, end: Failure, t: Translate): string {
  const { failure } = end;
  if (failure === "badUrl") return t("failBadUrl");
  if (failure === "unsent") return t("failUnsent");
  if (failure === "cancelled") return t("failCancelled");
  const dns = last(journey, "dns");
  if (dns && (failure === "dns" || isUnresolved(dns))) return nameVerdict(dns, t);
  const noRule = last(journey, "noRule");
  if (noRule?.reason === "portNotInService") return t("failPort", splitAddress(noRule.address));
  if (noRule?.reason === "addressGone") return t("failGone", splitAddress(noRule.address));
  const ruled = ruleVerdict(journey, t);
  if (ruled !== undefined) return ruled;
  const socket = last(journey, "socket");
  if (socket && !socket.found) return socketVerdict(journey, socket, t);
  if (failure === "tls") return t(TLS[last(journey, "tls")?.outcome ?? "ok"]);
  // Where a connection stands the client gives up itself; what it waited for is at the other end.
  const place = socket?.place ?? end.place;
  if (failure === "timeout") return timeoutVerdict(place, socket !== undefined, journey, t);
  if (failure === "reset" || failure === "empty")
    return t(end.exit === 1 ? "failNotHttp" : "failReset", { place: placeName(place) });
  return t("failOther", { place: placeName(place) });
}

const isUnresolved = (dns: Of<"dns">): boolean => dns.source === "dns" && dns.result === undefined;

function nameVerdict(dns: Of<"dns">, t: Translate): string {
  const { name, server } = dns;
  return t(isSilent(dns) ? "failDnsSilent" : "failDns", { name, server });
}

/** What a node's rules, or the load balancer, did not let through. */
function ruleVerdict(journey: Journey, t: Translate): string | undefined {
  const verdict = last(journey, "verdict");
  const endpoints = last(journey, "endpoints");
  if (verdict?.reason === "noHealthyNode") return t("failNoHealthyNode");
  if (verdict?.reason === "sourceRange") return t("failSourceRange", { node: verdict.node });
  if (!verdict || endpoints?.pool !== "none") return undefined;
  const service = endpoints.service.split("/")[1] ?? "";
  if (verdict.verdict === "drop") return t("failLocal", { node: verdict.node, service });
  const { candidates, omitted = 0 } = endpoints;
  if (candidates.length === 0) return t("failNoPods", { service });
  if (candidates.some(({ reason }) => reason === "portUnresolved")) return t("failPortName", { service });
  return t("failNotReady", { service, total: candidates.length + omitted });
}

function socketVerdict(journey: Journey, socket: Of<"socket">, t: Translate): string {
  const { address, listening } = socket;
  const { port } = splitAddress(address);
  const values = { address, port, place: placeName(socket.place) };
  if (listening.includes(`127.0.0.1:${port}`)) return t("failLocalhost", values);
  if (last(journey, "service") || journey.parent !== undefined) return t("failSocket", values);
  const named = servedByName(journey);
  if (named && named.alias === undefined) return t("failHeadlessPort", values);
  const isNodePort = socket.place.kind === "node" && Number(port) >= 30_000 && Number(port) <= 32_767;
  return t(isNodePort ? "failSocketNode" : "failSocketDirect", values);
}

const TLS = {
  ok: "failTls",
  selfSigned: "failTlsSelfSigned",
  nameMismatch: "failTlsName",
  notTls: "failTlsNot",
} as const satisfies Record<Of<"tls">["outcome"], StringKey>;

/** `connected`: somebody took the connection and then kept silent. */
function timeoutVerdict(place: Place, connected: boolean, journey: Journey, t: Translate): string {
  if (place.kind !== "internet" || connected) return t("failTimeout", { place: placeName(place) });
  const isInside = place.ip.startsWith("10.") && journey.client.place.kind === "client";
  return t(isInside ? "failInside" : "failNobody", { ip: place.ip });
}
