// How a call ends: the answer to whoever asked, and the end of its journey.
import type { JsonObject } from "#base/json";
import type { Context } from "../machine/component.ts";
import type { JourneyEnd, Place } from "../trace/types.ts";
import { browserText } from "./browser-texts.ts";
import { giveBack } from "./connections.ts";
import type { CurlFailure } from "./curl-texts.ts";
import type { CallState, HttpState } from "./state.ts";
import type { HttpFailure } from "./types.ts";

type Failure = Extract<JourneyEnd, { kind: "failure" }>["failure"];

const JOURNEY_FAILURES: Record<HttpFailure, Failure> = {
  dns: "dns",
  refused: "refused",
  timeout: "timeout",
  connectTimeout: "timeout",
  reset: "reset",
  empty: "empty",
  garbage: "reset",
  partial: "reset",
  tls: "tls",
  tlsName: "tls",
  notTls: "tls",
  unreachable: "unreachable",
  badUrl: "badUrl",
};

export function elapsed(context: Context, item: CallState): number {
  return context.now - item.startedAt;
}

export function succeed(
  context: Context,
  state: HttpState,
  item: CallState,
  answer: { status: number; headers: Record<string, string>; body: string },
): void {
  state.calls.delete(item.id);
  giveBack(context, state, item);
  const { status, headers, body } = answer;
  if (item.journey !== null) context.trace.answered(item.journey, status, body);
  const { journey, remote, local, reused } = item;
  const elapsedMs = elapsed(context, item);
  const result: JsonObject = { ok: true, journey, status, headers, body, remote, local, elapsedMs, reused };
  if (item.phases) result["phases"] = { ...item.phases };
  if (item.certificate) result["certificate"] = item.certificate as unknown as JsonObject;
  context.reply(item.call.replyTo, result);
}

export function fail(
  context: Context,
  state: HttpState,
  item: CallState,
  failure: CurlFailure,
  place: Place = item.place,
  body?: string,
): void {
  state.calls.delete(item.id);
  if (item.connection !== undefined) context.network.disconnect(item.connection);
  const { exit } = failure;
  const text = item.call.program === "browser" ? browserText(failure.failure) : failure.text;
  if (item.journey !== null) {
    const words = text.split("\n", 1)[0]!;
    const kind = JOURNEY_FAILURES[failure.failure];
    context.trace.end(item.journey, {
      kind: "failure",
      at: context.now,
      failure: kind,
      text: words,
      exit,
      place,
    });
  }
  const { journey } = item;
  const answer = {
    ok: false,
    journey,
    failure: failure.failure,
    text,
    exit,
    elapsedMs: elapsed(context, item),
    ...(item.tried && { tried: item.tried.map((ip) => `${ip}:${item.url.port}`) }),
    ...(item.remote !== "" && { remote: item.remote }),
    ...(item.phases && { phases: { ...item.phases } }),
  };
  context.reply(item.call.replyTo, body === undefined ? answer : { ...answer, body });
}

/** Whoever asked is no longer there: nothing is answered. */
export function cancelCall(context: Context, state: HttpState, item: CallState): void {
  state.calls.delete(item.id);
  if (item.connection !== undefined) context.network.disconnect(item.connection);
  if (item.journey === null) return;
  const { place } = item;
  const text = "The client ended before an answer came";
  context.trace.end(item.journey, {
    kind: "failure",
    at: context.now,
    failure: "cancelled",
    text,
    exit: 130,
    place,
  });
}
