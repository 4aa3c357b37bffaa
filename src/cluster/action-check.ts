// Actions come from links too, so their shape is checked before they reach the machine.
import { isObject } from "#base/json";
import { parsePerl } from "#base/regexp/perl";
import { compile } from "#base/regexp/program";

const TEXT = 2000;
const isText = (value: unknown, limit = TEXT): boolean => typeof value === "string" && value.length <= limit;
const isOptionalText = (value: unknown): boolean => value === undefined || isText(value);
const isTexts = (value: unknown): boolean =>
  isObject(value) && Object.values(value).every((item) => isText(item));
const isNumber = (value: unknown, low: number, high: number): boolean =>
  typeof value === "number" && value >= low && value <= high;

/** What is wrong with an action, or undefined if it can be performed. */
export function actionProblem(action: unknown): string | undefined {
  if (!isObject(action)) return "an action is an object";
  switch (action["type"]) {
    case "api":
      return isObject(action["request"]) &&
        isText(action["request"]["method"]) &&
        isText(action["request"]["path"])
        ? undefined
        : "an api action needs a request";
    case "exec":
      return isPod(action) &&
        Array.isArray(action["command"]) &&
        action["command"].every((item) => isText(item, 10_000))
        ? undefined
        : "an exec action needs a pod and a command";
    case "crash":
      return isPod(action) ? undefined : "a crash action needs a pod";
    case "setFaults":
      return isPod(action) && isFaults(action["faults"])
        ? undefined
        : "a setFaults action needs a pod and faults";
    case "setClient":
      return clientProblem(action["client"]);
    case "removeClient":
      return isText(action["name"]) ? undefined : "a removeClient action needs a name";
    case "send":
      return isText(action["client"]) && isNumber(action["count"], 1, 10_000)
        ? undefined
        : "a send action needs a client and a count";
    case "nodePower":
      return isText(action["node"]) && typeof action["up"] === "boolean"
        ? undefined
        : "a nodePower action needs a node";
    case "openSession":
      return isText(action["session"], 100) &&
        isPod(action) &&
        (action["command"] === undefined ||
          (Array.isArray(action["command"]) && action["command"].every((item) => isText(item, 10_000))))
        ? undefined
        : "an openSession action needs a session and a pod";
    case "typeIntoSession":
      return isText(action["session"], 100) && isText(action["text"], 1_000_000)
        ? undefined
        : "a typeIntoSession action needs a session and a text";
    case "interruptSession":
    case "closeSession":
      return isText(action["session"], 100) ? undefined : `a ${action["type"]} action needs a session`;
    case "workstation":
      return workstationProblem(action);
    case "loadBalancerProvider":
      return typeof action["on"] === "boolean" ? undefined : "a loadBalancerProvider action says on or off";
    default:
      return `unknown action ${String(action["type"])}`;
  }
}

function workstationProblem(action: Record<string, unknown>): string | undefined {
  const { spec } = action;
  switch (action["do"]) {
    case "call":
      return isNumber(action["id"], 0, 1e12) && isObject(spec) && isCall(action["call"], spec)
        ? undefined
        : "a workstation call needs an id and a specification";
    case "forget":
      return isText(action["key"]) ? undefined : "forget needs a key";
    case "disconnect":
      return isNumber(action["connection"], 0, 1e12) ? undefined : "disconnect needs a connection";
    case "forward":
      return isPod(action) &&
        isNumber(action["id"], 0, 1e12) &&
        isNumber(action["localPort"], 1, 65_535) &&
        isNumber(action["port"], 1, 65_535)
        ? undefined
        : "forward needs a pod and ports";
    case "proxy":
      return isNumber(action["id"], 0, 1e12) &&
        isNumber(action["localPort"], 1, 65_535) &&
        isProxyRules(action["rules"])
        ? undefined
        : "proxy needs a port and rules";
    case "stopForward":
      return isNumber(action["id"], 0, 1e12) ? undefined : "stopForward needs an id";
    default:
      return `unknown workstation action ${String(action["do"])}`;
  }
}

const LONGEST_PATTERN = 200;

function isProxyRules(rules: unknown): boolean {
  if (!isObject(rules) || !isText(rules["prefix"])) return false;
  return ["hosts", "paths", "notPaths", "notMethods"].every((name) => {
    const patterns = rules[name];
    return Array.isArray(patterns) && patterns.every(isPattern);
  });
}

function isPattern(text: unknown): boolean {
  if (typeof text !== "string" || text.length > LONGEST_PATTERN) return false;
  try {
    compile(parsePerl(text, "go"));
    return true;
  } catch {
    return false;
  }
}

function isCall(call: unknown, spec: Record<string, unknown>): boolean {
  const { to } = spec;
  const isAddressed = isObject(to) && isText(to["ip"], 60) && isNumber(to["port"], 0, 65_535);
  switch (call) {
    case "http":
      return (
        isText(spec["url"], 20_000) &&
        isText(spec["method"], 40) &&
        isText(spec["program"], 40) &&
        isTexts(spec["headers"])
      );
    case "resolve":
      return isText(spec["name"], 1000);
    case "connect":
      return isAddressed && (spec["protocol"] === "TCP" || spec["protocol"] === "UDP");
    case "datagram":
      return isAddressed && isText(spec["payload"], 100_000);
    case "exchange":
      return isNumber(spec["connection"], 0, 1e12) && isObject(spec["request"]);
    case "ping":
      return isText(spec["ip"], 60) && isNumber(spec["timeoutMs"], 0, 1e9);
    case "watchPackets":
      return isText(spec["key"]);
    default:
      return false;
  }
}

function isPod(action: Record<string, unknown>): boolean {
  return isText(action["namespace"]) && isText(action["pod"]) && isOptionalText(action["container"]);
}

function isFaults(faults: unknown): boolean {
  if (!isObject(faults)) return false;
  const { slowMs, localhostOnly, failStatus } = faults;
  return (
    (slowMs === undefined || isNumber(slowMs, 0, 600_000)) &&
    (localhostOnly === undefined || typeof localhostOnly === "boolean") &&
    (failStatus === undefined || isNumber(failStatus, 100, 599))
  );
}

function clientProblem(client: unknown): string | undefined {
  if (!isObject(client)) return "a client is an object";
  const { location } = client;
  const checks: [boolean, string][] = [
    [isText(client["name"], 60) && client["name"] !== "", "a client needs a name"],
    [
      isObject(location) && ["outside", "pod", "node"].includes(String(location["kind"])),
      "a client needs a location",
    ],
    [client["program"] === "curl" || client["program"] === "browser", "a client is curl or a browser"],
    [isText(client["url"]) && isText(client["method"], 20), "a client needs a url and a method"],
    [isTexts(client["headers"]), "headers are texts"],
    [isNumber(client["rate"], 0, 1000), "rate lies between 0 and 1000"],
    [client["count"] === undefined || isNumber(client["count"], 0, 1_000_000), "count is a number"],
    [client["hosts"] === undefined || isTexts(client["hosts"]), "hosts are texts"],
  ];
  return checks.find(([holds]) => !holds)?.[1];
}
