// What curl prints beside the body: header lines, the trace of -v, the values of -w and the progress meter.
import { headerOf } from "../../../http-client/request.ts";
import type { HttpPhases } from "../../../http-client/types.ts";
import type { Certificate } from "../../../network/types.ts";
import { isNameOf } from "../../../tls/host-names.ts";
import { certificateTime } from "../../../tls/times.ts";
import type { CommandContext } from "../command.ts";
import { headerCase, reasonPhrase } from "../http-words.ts";

export interface Transfer {
  url: string;
  method: string;
  requestHeaders: [string, string][];
  status: number;
  headers: Record<string, string>;
  size: number;
  remote: string;
  local: string;
  totalMs: number;
  phases?: HttpPhases;
  /** Bytes of the request's body. */
  uploaded: number;
  connects: number;
  redirects: number;
  exit: number;
  error: string;
  /** Of a new connection over TLS. */
  certificate?: Certificate & { problem?: string };
}

export function statusLine(status: number): string {
  return `HTTP/1.1 ${status} ${reasonPhrase(status)}`;
}

export function headerLines(transfer: Transfer): string {
  const lines = Object.entries(transfer.headers).map(([name, value]) => `${headerCase(name)}: ${value}\r\n`);
  return `${statusLine(transfer.status)}\r\n${lines.join("")}\r\n`;
}

export interface About {
  host: string;
  reused: boolean;
  number: number;
  insecure: boolean;
  tty: boolean;
}

/** The lines of -v for one exchange. */
export function verboseLines(transfer: Transfer, about: About): string {
  const { host, reused, number, tty } = about;
  const at = transfer.remote.lastIndexOf(":");
  const [ip, port] = [transfer.remote.slice(0, at), transfer.remote.slice(at + 1)];
  const lines = reused
    ? [
        `* Re-using existing connection! (#${number}) with host ${host}`,
        `* Connected to ${host} (${ip}) port ${port} (#${number})`,
      ]
    : [`*   Trying ${ip}:${port}...`, `* Connected to ${host} (${ip}) port ${port} (#${number})`];
  if (transfer.certificate) lines.push(...tlsLines(transfer.certificate, host));
  lines.push(...requestLines(transfer));
  if (transfer.uploaded > 0 && !tty) lines.push(`} [${transfer.uploaded} bytes data]`);
  lines.push(`< ${statusLine(transfer.status)}`);
  for (const [name, value] of Object.entries(transfer.headers)) lines.push(`< ${headerCase(name)}: ${value}`);
  lines.push("< ");
  if (transfer.size > 0 && !tty) lines.push(`{ [${transfer.size} bytes data]`);
  lines.push(`* Connection #${number} to host ${host} left intact`);
  return `${lines.join("\n")}\n`;
}

export function requestLines({
  url,
  method,
  requestHeaders,
}: Pick<Transfer, "url" | "method" | "requestHeaders">): string[] {
  const path = /^[a-z]+:\/\/[^/?]*([^]*)$/i.exec(url)?.[1] || "/";
  const first = `> ${method} ${path.startsWith("/") ? path : `/${path}`} HTTP/1.1`;
  return [first, ...requestHeaders.map(([name, value]) => `> ${name}: ${value}`), "> "];
}

/** The lines of -v where no answer came. */
export function failureLines(
  { text, exit, tried, remote }: { text: string; exit: number; tried?: string[]; remote?: string },
  host: string,
  request: readonly string[],
): string {
  const what = text.split("\n", 1)[0]!;
  if (exit === 6) return `* ${what}\n* Closing connection 0\n`;
  const reason = exit === 7 ? "Connection refused" : "Connection timed out";
  const lines = (tried ?? []).flatMap((address) => {
    const [ip, port] = address.split(":");
    const failed = `* connect to ${ip} port ${port} failed: ${reason}`;
    return [`*   Trying ${address}...`, ...(exit === 7 && remote === undefined ? [failed] : [])];
  });
  if (remote !== undefined) {
    const [ip, port] = remote.split(":");
    lines.push(`* Connected to ${host} (${ip}) port ${port} (#0)`);
    // The request went out, but for what failed before.
    if (![35, 60].includes(exit)) lines.push(...request);
  }
  return `${[...lines, `* ${what}`, "* Closing connection 0"].join("\n")}\n`;
}

const HANDSHAKE = [
  "(OUT), TLS handshake, Client hello (1)",
  "(IN), TLS handshake, Server hello (2)",
  "(IN), TLS handshake, Encrypted Extensions (8)",
  "(IN), TLS handshake, Certificate (11)",
  "(IN), TLS handshake, CERT verify (15)",
  "(IN), TLS handshake, Finished (20)",
  "(OUT), TLS change cipher, Change cipher spec (1)",
  "(OUT), TLS handshake, Finished (20)",
];

const VERIFY_CODES: Record<string, number> = {
  "self-signed certificate": 18,
  "self-signed certificate in certificate chain": 19,
};

/** Simplified: servers speak HTTP/1.1 over TLS, never HTTP/2. */
function tlsLines(certificate: NonNullable<Transfer["certificate"]>, host: string): string[] {
  const { subject, issuer, names, problem, notBefore, notAfter } = certificate;
  const time = (ms: number | undefined): string => (ms === undefined ? "-" : certificateTime(ms));
  const reason = problem?.replace("SSL certificate problem: ", "");
  const code = reason === undefined ? undefined : VERIFY_CODES[reason];
  const matched = problem === undefined ? names.find((name) => isNameOf(name, host)) : undefined;
  return [
    "* ALPN: offers h2,http/1.1",
    ...HANDSHAKE.map((line) => `* TLSv1.3 ${line}:`),
    "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384",
    "* ALPN: server accepted http/1.1",
    "* Server certificate:",
    `*  subject: ${subject}`,
    `*  start date: ${time(notBefore)}`,
    `*  expire date: ${time(notAfter)}`,
    ...(matched === undefined ? [] : [`*  subjectAltName: host "${host}" matched cert's "${matched}"`]),
    `*  issuer: ${issuer}`,
    code === undefined
      ? "*  SSL certificate verify ok."
      : `*  SSL certificate verify result: ${reason} (${code}), continuing anyway.`,
    "* using HTTP/1.x",
  ];
}

const seconds = (ms: number | undefined): string => ((ms ?? 0) / 1000).toFixed(6);
const perSecond = (bytes: number, ms: number): number => (ms > 0 ? Math.round(bytes / (ms / 1000)) : 0);

/** -w, with %{stderr} and %{stdout} as switches. */
export function writeOut(context: CommandContext, given: string, transfer: Transfer): void {
  const format = given.startsWith("@") ? formatFile(context, given.slice(1)) : given;
  const values = valuesOf(transfer);
  let put = (text: string): void => context.out(text);
  const pieces = format
    .replace(/\\n/g, "\n")
    .replace(/\\t/g, "\t")
    .replace(/\\r/g, "\r")
    .split(/(%header\{[\w-]+\}|%\{\w+\}|%%)/);
  for (const piece of pieces) {
    const header = /^%header\{(.*)\}$/.exec(piece)?.[1];
    const name = /^%\{(.*)\}$/.exec(piece)?.[1];
    if (header !== undefined) put(headerOf(transfer.headers, header.toLowerCase()) ?? "");
    else if (name === "stderr") put = (text) => context.err(text);
    else if (name === "stdout") put = (text) => context.out(text);
    else if (name === "json") put(asJson(values));
    else if (name !== undefined && values[name] === undefined)
      context.err(`curl: unknown --write-out variable: '${name}'\n`);
    else put(piece === "%%" ? "%" : name === undefined ? piece : values[name]!);
  }
}

function formatFile(context: CommandContext, path: string): string {
  const file = path === "-" ? context.input() : context.files.read(path);
  return "text" in file ? file.text : "";
}

/** Simplified: of the values that curl has, those that are modelled. */
function asJson(values: Record<string, string>): string {
  const texts =
    /^(content_type|errormsg|http_version|local_ip|method|redirect_url|remote_ip|scheme|url|url_effective)$/;
  const entries = Object.keys(values)
    .sort()
    .map((name) => {
      const value = values[name]!;
      const shown = texts.test(name)
        ? value === ""
          ? "null"
          : JSON.stringify(value)
        : value.replace(/^0+(?=\d)/, "");
      return `"${name}":${shown}`;
    });
  return `{${entries.join(",")}}`;
}

function valuesOf(transfer: Transfer): Record<string, string> {
  const split = (address: string): [string, string] => {
    const at = address.lastIndexOf(":");
    return at < 0 ? ["", "0"] : [address.slice(0, at), address.slice(at + 1)];
  };
  const total = (transfer.totalMs / 1000).toFixed(6);
  const { phases } = transfer;
  const ready = transfer.exit === 7 || transfer.exit === 6 ? "0.000000" : total;
  return {
    http_code: String(transfer.status).padStart(3, "0"),
    response_code: String(transfer.status).padStart(3, "0"),
    http_version: transfer.status === 0 ? "0" : "1.1",
    num_connects: String(transfer.connects),
    num_redirects: String(transfer.redirects),
    num_headers: String(Object.keys(transfer.headers).length),
    remote_ip: split(transfer.remote)[0],
    remote_port: split(transfer.remote)[1],
    local_ip: split(transfer.local)[0],
    local_port: split(transfer.local)[1],
    size_download: String(transfer.size),
    size_header: String(transfer.status === 0 ? 0 : headerLines(transfer).length),
    time_total: total,
    size_upload: String(transfer.uploaded),
    size_request: String(
      transfer.status === 0
        ? 0
        : requestLines(transfer).join("\r\n").length - 2 * transfer.requestHeaders.length,
    ),
    speed_download: String(perSecond(transfer.size, transfer.totalMs)),
    speed_upload: String(perSecond(transfer.uploaded, transfer.totalMs)),
    time_namelookup: seconds(phases?.lookedUpMs),
    time_connect: seconds(phases?.connectedMs),
    time_appconnect: transfer.url.startsWith("https") ? seconds(phases?.sentMs) : "0.000000",
    time_pretransfer: seconds(phases?.sentMs),
    time_redirect: "0.000000",
    urlnum: "0",
    http_connect: "000",
    num_certs: transfer.certificate ? "1" : "0",
    time_starttransfer: ready,
    url: transfer.url,
    url_effective: transfer.url,
    redirect_url: headerOf(transfer.headers, "location") ?? "",
    content_type: headerOf(transfer.headers, "content-type") ?? "",
    method: transfer.method,
    scheme: transfer.url.startsWith("https") ? "HTTPS" : "HTTP",
    exitcode: String(transfer.exit),
    errormsg: transfer.error,
    ssl_verify_result: "0",
  };
}

export const PROGRESS_BAR = `\r${"#".repeat(72)} 100.0%`;

export const PROGRESS_HEAD =
  "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n";

export function progressLine(size: number | undefined, ms: number): string {
  if (size === undefined)
    return "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\n";
  const speed = String(ms > 0 ? Math.round(size / (ms / 1000)) : size);
  const total = String(size);
  return `\r100 ${total.padStart(5)}  100 ${total.padStart(5)}    0     0 ${speed.padStart(6)}      0 --:--:-- --:--:-- --:--:-- ${speed.padStart(5)}\n`;
}
