// The second half of a call: the request goes out on the open connection, and what comes back is judged as curl does.
import type { Context } from "../machine/component.ts";
import type { ExchangeAnswer, HttpMessage } from "../network/types.ts";
import { startFresh } from "./call.ts";
import {
  cutShort,
  emptyReply,
  notHttp,
  operationTimedOut,
  receiveFailure,
  tlsBroken,
  wrongVersion,
} from "./curl-texts.ts";
import { elapsed, fail, succeed } from "./finish.ts";
import { headerOf } from "./request.ts";
import { toSelf, type CallState, type HttpState } from "./state.ts";

export function exchange(context: Context, item: CallState): void {
  const { call, url } = item;
  item.phase = "exchanging";
  if (item.phases) item.phases.sentMs = elapsed(context, item);
  const left =
    call.maxTimeMs === undefined ? undefined : Math.max(0, call.maxTimeMs - elapsed(context, item));
  context.network.exchange({
    connection: item.connection!,
    request: messageOf(call.method, url.path, item.headers, call.body ?? ""),
    replyTo: toSelf("exchanged", { id: item.id }),
    journey: item.journey ?? undefined,
    tls: url.scheme === "https" ? { serverName: url.host } : undefined,
    timeoutMs: left,
  });
}

/** The last with these headers: what a client asks again and again is one message. */
const messages = new WeakMap<Record<string, string>, HttpMessage>();

function messageOf(method: string, path: string, headers: Record<string, string>, body: string): HttpMessage {
  const last = messages.get(headers);
  if (last && last.method === method && last.path === path && last.body === body) return last;
  const message = { method, path, headers, body };
  messages.set(headers, message);
  return message;
}

export function onExchanged(context: Context, state: HttpState, data: ExchangeAnswer & { id: number }): void {
  const item = state.calls.get(data.id);
  if (!item) return;
  switch (data.outcome) {
    case "response":
      succeed(context, state, item, { status: data.status, headers: data.headers, body: data.body });
      return;
    case "garbage":
      onRaw(context, state, item, data.raw);
      return;
    case "timeout":
      fail(context, state, item, operationTimedOut(elapsed(context, item)));
      return;
    case "notTls":
      if (item.journey !== null)
        context.trace.step(item.journey, { at: context.now, step: "tls", outcome: "notTls" });
      fail(context, state, item, wrongVersion());
      return;
    case "tlsClosed":
    case "tlsReset":
      if (item.journey !== null)
        context.trace.step(item.journey, { at: context.now, step: "tls", outcome: "notTls" });
      fail(context, state, item, tlsBroken(item.url.host, item.url.port, data.outcome === "tlsReset"));
      return;
    case "reset":
    case "empty":
      // A kept connection that has died is no failure yet: curl dials again.
      if (item.reused) startFresh(context, state, item);
      else fail(context, state, item, data.outcome === "reset" ? receiveFailure() : emptyReply());
  }
}

/** Bytes that a program wrote by hand: an HTTP answer, perhaps cut short, or none. */
function onRaw(context: Context, state: HttpState, item: CallState, raw: string): void {
  const head =
    /^HTTP\/1\.[01] (\d{3})[^\n]*\n(.*?)\r?\n\r?\n(.*)$/s.exec(raw) ??
    /^HTTP\/1\.[01] (\d{3})[^\n]*\n()\r?\n(.*)$/s.exec(raw);
  if (!head) {
    fail(context, state, item, notHttp(), undefined, raw);
    return;
  }
  const [, status, lines = "", body = ""] = head;
  const headers: Record<string, string> = {};
  for (const line of lines.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  const length = headerOf(headers, "content-length");
  const missing = length === undefined ? 0 : Number(length) - body.length;
  if (missing > 0) fail(context, state, item, cutShort(missing), undefined, body);
  else succeed(context, state, item, { status: Number(status), headers, body });
}
