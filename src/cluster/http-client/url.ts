// URLs as curl takes them apart: scheme guessed where there is none, default ports, what it calls malformed.
import { parseIp } from "#base/ipv4";

export interface ParsedUrl {
  scheme: "http" | "https" | "ftp" | "telnet";
  host: string;
  /** The host is an address: nothing is looked up. */
  isIp: boolean;
  port: number;
  /** With the query, without the fragment. */
  path: string;
  /** For the Host header: the port only where it is not the scheme's own. */
  authority: string;
}

type UrlResult = { ok: true; url: ParsedUrl } | { ok: false; text: string; exit: number };

const DEFAULT_PORTS = { http: 80, https: 443, ftp: 21, telnet: 23 } as const;
const MALFORMED: UrlResult = { ok: false, text: "URL using bad/illegal format or missing URL", exit: 3 };
const HOST = /^[A-Za-z0-9._~!$&'()*+,;=%-]+$/;

/** What was taken apart before; clients and probes ask for the same few again and again. */
const known = new Map<string, UrlResult>();
/** Enough for the probes of a few thousand pods. */
const MOST_KNOWN = 5000;

export function parseUrl(text: string): UrlResult {
  const found = known.get(text);
  if (found) return found;
  const result = takeApart(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, result);
  return result;
}

function takeApart(text: string): UrlResult {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text);
  const name = scheme ? scheme[1]!.toLowerCase() : "http";
  const rest = scheme ? text.slice(scheme[0].length) : text;
  if (!isScheme(name)) {
    return { ok: false, text: `Protocol "${name}" not supported or disabled in libcurl`, exit: 1 };
  }
  const [, authority = "", tail = ""] = /^([^/?#]*)(.*)$/s.exec(rest) ?? [];
  const hostPort = authority.slice(authority.lastIndexOf("@") + 1);
  const [host = "", portText, ...more] = hostPort.split(":");
  if (host === "" || more.length > 0 || !HOST.test(host) || /\s/.test(text)) return MALFORMED;
  const port = portText === undefined || portText === "" ? DEFAULT_PORTS[name] : Number(portText);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return MALFORMED;
  const noFragment = tail.split("#", 1)[0]!;
  const path = noFragment.startsWith("/") ? noFragment : `/${noFragment}`;
  const isIp = parseIp(host) !== undefined;
  const shown = port === DEFAULT_PORTS[name] ? host : `${host}:${port}`;
  return { ok: true, url: { scheme: name, host, isIp, port, path, authority: shown } };
}

function isScheme(name: string): name is ParsedUrl["scheme"] {
  return Object.hasOwn(DEFAULT_PORTS, name);
}
