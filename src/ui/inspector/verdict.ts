// What became of a journey, in a sentence. Comes with the inspector.
import type { Journey } from "#cluster/trace/types";
import type { StringKey, Translate } from "../i18n/i18n.ts";
import { failureVerdict } from "./failure.ts";
import { last, servedByName, type Of } from "./journey-steps.ts";
import { placeName } from "./place-name.ts";

/** One sentence that sums the journey up, from its own records; `child` is the request to a pod on its behalf. */
export function verdictOf(journey: Journey, t: Translate, child?: Journey): string {
  const { end } = journey;
  if (end?.kind === "failure") return failureVerdict(journey, end, t);
  const choice = last(journey, "choice");
  const entered = journey.steps.find((step): step is Of<"service"> => step.step === "service");
  const socket = last(journey, "socket");
  const target = choice ? (choice.pod ?? choice.endpoint) : "";
  const answering = socket?.place.kind === "pod" ? socket.place.name : target;
  const place = socket ? placeName(socket.place) : answering;
  // An Ingress controller reads a Service's endpoints; none of the Service's rules is on its way.
  if (entered && answering && entered.matched !== "ingressEndpoints") {
    const node = choice?.node;
    const door = entered.matched !== "clusterIP" && journey.client.place.kind === "client";
    if (door && node !== undefined)
      return t(doorVerdict(entered, choice!), { entered: entered.node, pod: answering, node });
    return t("verdictService", { service: entered.service.split("/")[1] ?? "", pod: answering });
  }
  const ingress = last(journey, "ingress");
  if (ingress) return ingressVerdict(ingress, end?.status ?? "", child, t);
  if (journey.parent !== undefined && place !== "") return t("verdictFromIngress", { place });
  const named = place === "" ? undefined : servedByName(journey);
  if (named)
    return named.alias === undefined
      ? t("verdictHeadless", { service: named.service, place })
      : t("verdictAlias", { service: named.service, place, alias: named.alias });
  if (place !== "") return t("verdictDirect", { place });
  return t(end ? "verdictDone" : "verdictUnderWay");
}

/** From outside through a node port or a load balancer: whether any other pod could have answered. */
function doorVerdict(entered: Of<"service">, choice: Of<"choice">): StringKey {
  if (choice.how === "affinity") return "verdictAffinity";
  if (entered.policy === "Local") return "verdictLocalNode";
  return choice.node === entered.node ? "verdictSameNode" : "verdictOtherNode";
}

const INGRESS_VERDICTS = {
  matched: "verdictIngress",
  defaultBackend: "verdictIngressDefault",
  noRule: "verdictIngressNoRule",
  noEndpoints: "verdictIngressNoEndpoints",
  tlsRedirect: "verdictIngressRedirect",
} as const satisfies Record<Of<"ingress">["outcome"], StringKey>;

function ingressVerdict(
  step: Of<"ingress">,
  status: number | string,
  child: Journey | undefined,
  t: Translate,
): string {
  const { host, path, backend = "" } = step;
  const failed = child?.end?.kind === "failure" && (status === 502 || status === 504);
  if (failed) return t("verdictIngressFailed", { host, path, backend, status, id: child.id });
  return t(INGRESS_VERDICTS[step.outcome], { host, path, backend, status });
}
