// -v=6 and more: which requests kubectl makes, and from 8 on what goes to and fro, as its log tells on stderr.
// Kubernetes: staging/src/k8s.io/client-go/transport/round_trippers.go, rest/request.go (v1.35)
// Simplified: discovery counts as cached, as it mostly is, and requests take no time; headers are not shown.
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import { goJson } from "./apply/last-applied.ts";
import type { FlagValues, KubectlIo } from "./command.ts";
import { number, text } from "./flags.ts";
import { goQuote } from "./go-values.ts";
import { klogLine } from "./writing/klog.ts";

const WITH_REQUESTS = 6;
const WITH_BODIES = 8;
/** Longer bodies are cut at this level. */
const SHORTENED_AT = 8;
const SHORT = 1024;

const STATUS: Record<number, string> = {
  200: "OK",
  201: "Created",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  415: "Unsupported Media Type",
  422: "Unprocessable Entity",
  500: "Internal Server Error",
};

type Door = (request: ApiRequest) => ApiResponse;

export function loggingDoor(io: KubectlIo, flags: FlagValues, door: Door): Door {
  const level = number(flags, "v");
  if (level < WITH_REQUESTS) return door;
  const context = io.config.contexts[text(flags, "context") || io.config.currentContext];
  const server = io.config.clusters[context?.cluster ?? ""]?.server ?? "";
  const log = (source: string, message: string): void => io.stderr(klogLine(io, "I", source, message));
  log("loader.go:402", "Config loaded from file:  /root/.kube/config");
  return (request) => {
    const response = door(request);
    if (isDiscovery(request)) return response;
    if (level >= WITH_BODIES) log("helper.go:115", `"Request Body" body=${bodyText(request.body, level)}`);
    const status = `${response.status} ${STATUS[response.status] ?? ""}`.trim();
    log(
      "round_trippers.go:632",
      `"Response" verb=${goQuote(request.method)} url=${goQuote(server + addressOf(request))} status=${goQuote(status)} milliseconds=0`,
    );
    if (level >= WITH_BODIES) log("helper.go:115", `"Response Body" body=${bodyText(response.body, level)}`);
    return response;
  };
}

const isDiscovery = ({ path, method }: ApiRequest): boolean =>
  method === "GET" && /^\/(api(\/[^/]+)?|apis(\/[^/]+){0,2})$/.test(path);

function addressOf({ path, query = {} }: ApiRequest): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return pairs.length > 0 ? `${path}?${pairs.join("&")}` : path;
}

function bodyText(body: unknown, level: number): string {
  const whole = body === undefined ? "" : typeof body === "string" ? body : goJson(body);
  const cut = level === SHORTENED_AT && whole.length > SHORT;
  return goQuote(cut ? `${whole.slice(0, SHORT)} [truncated ${whole.length - SHORT} chars]` : whole);
}
