// What each card is called for people who hear the page, and what selecting it selects.
import type { Selection } from "#session/store";
import type { Translate } from "../i18n/i18n.ts";
import type { Card } from "../layout/cards.ts";
import { lookWord } from "../status/words.ts";

export function cardName(card: Card, t: Translate): string {
  switch (card.type) {
    case "client":
      return t("nameClient", {
        name: card.name,
        program: t(card.program === "curl" ? "cardCurl" : "cardBrowser"),
        url: card.url,
      });
    case "loadBalancer":
      return t("nameLoadBalancer", { name: card.name, ip: card.ip ?? t("cardLbPending") });
    case "door":
      return card.count > 1
        ? t("nameDoors", { count: card.count, ports: card.ports.join(", ") })
        : t("nameDoor", { node: card.node, ports: card.ports.join(", ") });
    case "ingress":
      return card.key === null ? t("nameIngressController") : t("nameIngress", { name: card.name });
    case "service":
      return t("nameService", {
        name: card.name,
        type: card.headless ? t("cardHeadless") : card.serviceType,
        ready: card.ready,
        total: card.total,
      });
    case "node":
      return t("nameNode", { name: card.name, ip: card.ip, count: card.pods });
    case "pod":
      return t("namePod", { name: card.name, status: lookWord(card.look, t), ip: card.ip ?? "-" });
    case "group":
      return t("nameGroup", { name: card.name, ready: card.ready, total: card.total });
    case "target":
      return t("nameTarget", { name: card.title });
  }
}

/** What a click on a card selects. */
export function selectionOf(card: Card): Selection {
  switch (card.type) {
    case "client":
      return { kind: "client", name: card.name };
    case "loadBalancer":
      return { kind: "object", objectKind: "Service", key: card.service };
    case "door":
      return card.node === "" ? null : { kind: "object", objectKind: "Node", key: card.node };
    case "ingress":
      return card.key === null ? null : { kind: "object", objectKind: "Ingress", key: card.key };
    case "service":
      return { kind: "object", objectKind: "Service", key: card.key };
    case "node":
      return { kind: "object", objectKind: "Node", key: card.name };
    case "pod":
      return { kind: "object", objectKind: "Pod", key: card.key };
    case "group":
      // Pods of nobody have no object above them.
      return card.kind === "Pod" ? null : { kind: "object", objectKind: card.kind, key: card.key };
    case "target":
      return { kind: "object", objectKind: "Service", key: card.service };
  }
}

export function isSelected(card: Card, selection: Selection): boolean {
  if (selection === null || selection.kind === "journey") return false;
  const own = selectionOf(card);
  if (own === null) return false;
  if (selection.kind === "client") return own.kind === "client" && own.name === selection.name;
  return own.kind === "object" && own.objectKind === selection.objectKind && own.key === selection.key;
}
