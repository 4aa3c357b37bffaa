// The request as the client program writes it: its own headers first, then the caller's, which win.
import type { HttpCall } from "./types.ts";
import type { ParsedUrl } from "./url.ts";
import { BROWSER_AGENT } from "./browser-texts.ts";
import { DEFAULT_CURL_VERSION } from "./curl-texts.ts";

export function requestHeaders(call: HttpCall, url: ParsedUrl): Record<string, string> {
  const own = call.bareHeaders ? {} : programHeaders(call, url);
  if (call.body === undefined && isEmpty(call.headers)) return own;
  const last = merged.get(own);
  if (last?.given === call.headers && call.body === undefined) return last.headers;
  const headers = mergeHeaders(own, call);
  if (call.body === undefined) merged.set(own, { given: call.headers, headers });
  return headers;
}

/** The last that were made of a program's own: a probe gives the same every time. */
const merged = new WeakMap<
  Record<string, string>,
  { given: Record<string, string>; headers: Record<string, string> }
>();

function mergeHeaders(own: Record<string, string>, call: HttpCall): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in own) headers[name] = lastHeaderOf(call.headers, name) ?? own[name]!;
  for (const name in call.headers) if (!hasHeader(own, name)) headers[name] = call.headers[name]!;
  if (call.body !== undefined && !call.bareHeaders && !hasHeader(headers, "content-length")) {
    headers["Content-Length"] = String(call.body.length);
    if (!hasHeader(headers, "content-type")) headers["Content-Type"] = "application/x-www-form-urlencoded";
  }
  return headers;
}

function isEmpty(headers: Record<string, string>): boolean {
  for (const _ in headers) return false;
  return true;
}

/** The last that were written for a URL: a client's requests share them, and so do their journeys. */
const written = new WeakMap<ParsedUrl, { program: string; headers: Record<string, string> }>();

function programHeaders(call: HttpCall, url: ParsedUrl): Record<string, string> {
  const program = call.curlVersion === undefined ? call.program : `${call.program}/${call.curlVersion}`;
  const last = written.get(url);
  if (last?.program === program) return last.headers;
  const headers = writeHeaders(call, url);
  written.set(url, { program, headers });
  return headers;
}

function writeHeaders(call: HttpCall, url: ParsedUrl): Record<string, string> {
  if (call.program === "browser") {
    return {
      Host: url.authority,
      "User-Agent": BROWSER_AGENT,
      Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
      Connection: "keep-alive",
    };
  }
  const agent = call.program === "curl" ? `curl/${call.curlVersion ?? DEFAULT_CURL_VERSION}` : call.program;
  return { Host: url.authority, "User-Agent": agent, Accept: "*/*" };
}

export function hasHeader(headers: Record<string, string>, name: string): boolean {
  return headerOf(headers, name) !== undefined;
}

/** Of several that differ only in case. */
function lastHeaderOf(headers: Record<string, string>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  let last: string | undefined;
  for (const key in headers) {
    if (key.length === wanted.length && key.toLowerCase() === wanted) last = headers[key];
  }
  return last;
}

/** A header's value, whatever the case of its name. */
export function headerOf(headers: Record<string, string>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const key in headers) {
    if (key.length === wanted.length && key.toLowerCase() === wanted) return headers[key];
  }
  return undefined;
}
