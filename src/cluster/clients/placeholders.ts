// Addresses that are known only when a request is sent: "{ingress}", "{lb:namespace/name}", "{node:1}" in a client's
// URL and hosts lines.
import type { Context } from "../machine/component.ts";
import { WORLD, type ClusterSettings } from "../settings.ts";

/** `text` of one that fails has kubectl's <pending> or <none> where there is no address. */
export type Filled = { ok: true; text: string } | { ok: false; text: string; problem: string };

type Found = string | { problem: string; shown: "<pending>" | "<none>" };

const PLACEHOLDER = /^(ingress|lb:.*|node:.*)$/s;

/** `outside`: nodes are meant by their external addresses. */
export function fillPlaceholders(context: Context, text: string, outside: boolean): Filled {
  if (!text.includes("{")) return { ok: true, text };
  // A load balancer's address may change, all others stay.
  if (text.includes("{lb:")) return fill(context, text, outside);
  let known = filledBefore.get(context.settings);
  if (!known) filledBefore.set(context.settings, (known = { outside: new Map(), inside: new Map() }));
  const texts = outside ? known.outside : known.inside;
  let filled = texts.get(text);
  if (!filled) {
    if (texts.size >= MOST_KEPT) texts.clear();
    texts.set(text, (filled = fill(context, text, outside)));
  }
  return filled;
}

/** Every request asks; and a text that is the same one is found again at once by whoever takes the URL apart. */
const filledBefore = new WeakMap<ClusterSettings, Record<"outside" | "inside", Map<string, Filled>>>();
const MOST_KEPT = 500;

function fill(context: Context, text: string, outside: boolean): Filled {
  let filled = "";
  let copied = 0;
  let problem: string | undefined;
  for (let open = text.indexOf("{"); open >= 0; open = text.indexOf("{", open + 1)) {
    const close = text.indexOf("}", open);
    if (close < 0) break;
    const inner = text.slice(open + 1, close);
    if (inner.includes("{") || !PLACEHOLDER.test(inner)) continue;
    const found = addressFor(context, inner, outside);
    if (typeof found !== "string") problem ??= found.problem;
    filled += text.slice(copied, open) + (typeof found === "string" ? found : found.shown);
    copied = close + 1;
  }
  if (copied === 0) return { ok: true, text };
  const whole = filled + text.slice(copied);
  return problem === undefined ? { ok: true, text: whole } : { ok: false, text: whole, problem };
}

function addressFor(context: Context, inner: string, outside: boolean): Found {
  if (inner === "ingress") {
    return context.settings.ingressController
      ? WORLD.ingressIp
      : { problem: "The cluster has no Ingress controller", shown: "<none>" };
  }
  const argument = inner.slice(inner.indexOf(":") + 1);
  return inner.startsWith("lb:")
    ? loadBalancerAddress(context, argument)
    : nodeAddress(context, argument, outside);
}

function loadBalancerAddress(context: Context, argument: string): Found {
  const [namespace = "", name = ""] = argument.split("/", 2);
  const service = context.api.get("Service", namespace, name);
  if (!service) return { problem: `There is no Service ${namespace}/${name}`, shown: "<none>" };
  const ip = service.status.loadBalancer.ingress?.[0]?.ip;
  return ip ?? { problem: `Service ${namespace}/${name} has no external IP yet`, shown: "<pending>" };
}

function nodeAddress(context: Context, argument: string, outside: boolean): Found {
  const index = Number(argument.startsWith("node-") ? argument.slice(5) : argument);
  if (!Number.isInteger(index) || index < 1 || index > context.settings.nodeCount) {
    return { problem: `There is no node ${argument}`, shown: "<none>" };
  }
  return outside ? WORLD.nodeExternalIp(index) : WORLD.nodeInternalIp(index);
}
