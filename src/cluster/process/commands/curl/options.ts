// curl's command line, as far as it is modelled: 7.88.1 of Debian 12.
export interface CurlOptions {
  urls: string[];
  silent: boolean;
  showErrors: boolean;
  verbose: boolean;
  include: boolean;
  head: boolean;
  fail: "no" | "quiet" | "withBody";
  follow: boolean;
  maxRedirects: number;
  insecure: boolean;
  method?: string;
  headers: string[];
  data: string[];
  /** -F: the parts of a multipart form. */
  form: string[];
  asQuery: boolean;
  cookies: string[];
  cookieJar?: string;
  output?: string;
  /** -D: where the header lines go. */
  headerFile?: string;
  remoteName: boolean;
  writeOut: string;
  maxTimeMs?: number;
  connectTimeoutMs?: number;
  resolve: string[];
  userAgent?: string;
  user?: string;
  referer?: string;
  caFile?: string;
  upload?: string;
  ipv4: boolean;
  ipv6: boolean;
  /** -#: a bar in place of the meter. */
  bar: boolean;
  /** --connect-to */
  connectTo: string[];
  retries: number;
  retryDelayMs?: number;
  retryAll: boolean;
  retryRefused: boolean;
  /** Milliseconds between the starts of two transfers. */
  rateMs?: number;
  noGlob: boolean;
}

const SHORT: Record<string, string> = {
  s: "silent",
  S: "show-error",
  v: "verbose",
  i: "include",
  I: "head",
  f: "fail",
  L: "location",
  k: "insecure",
  X: "request",
  H: "header",
  d: "data",
  G: "get",
  b: "cookie",
  c: "cookie-jar",
  o: "output",
  D: "dump-header",
  h: "help",
  O: "remote-name",
  w: "write-out",
  m: "max-time",
  A: "user-agent",
  u: "user",
  e: "referer",
  T: "upload-file",
  x: "proxy",
  F: "form",
  N: "no-buffer",
  g: "globoff",
  4: "ipv4",
  6: "ipv6",
  J: "remote-header-name",
  q: "disable",
  "#": "progress-bar",
  Z: "parallel",
  V: "version",
  r: "range",
  0: "http1.0",
  1: "tlsv1",
  E: "cert",
  U: "proxy-user",
  y: "speed-time",
  Y: "speed-limit",
  n: "netrc",
  R: "remote-time",
  a: "append",
  j: "junk-session-cookies",
  ":": "next",
};

const VALUED = new Set(
  "request header dump-header data data-raw data-binary data-ascii data-urlencode json cookie cookie-jar output write-out max-time connect-timeout resolve user-agent user referer cacert cert key upload-file proxy form retry retry-delay retry-max-time rate max-redirs url interface local-port connect-to noproxy limit-rate tls-max keepalive-time dns-servers range proxy-user speed-time speed-limit capath ciphers unix-socket url-query happy-eyeballs-timeout-ms expect100-timeout oauth2-bearer proto aws-sigv4 stderr trace trace-ascii".split(
    " ",
  ),
);

const FLAGS = new Set(
  "silent show-error verbose include head fail fail-with-body location location-trusted insecure get remote-name no-buffer globoff ipv4 ipv6 remote-header-name disable progress-bar retry-all-errors retry-connrefused compressed http1.0 http1.1 http2 http2-prior-knowledge http0.9 no-keepalive no-progress-meter tcp-nodelay parallel anyauth basic ssl-no-revoke tlsv1.2 tlsv1.3 path-as-is create-dirs version help tlsv1 tlsv1.0 tlsv1.1 netrc remote-time append junk-session-cookies next digest negotiate ntlm tr-encoding raw styled-output keepalive progress-meter http3 trace-time parallel-immediate fail-early tcp-fastopen".split(
    " ",
  ),
);

export type Parsed = { ok: true; options: CurlOptions } | { ok: false; text: string; exit: number };

const TRY = "curl: try 'curl --help' or 'curl --manual' for more information";

const defaults = (): CurlOptions => ({
  urls: [],
  silent: false,
  showErrors: false,
  verbose: false,
  include: false,
  head: false,
  fail: "no",
  follow: false,
  maxRedirects: 50,
  insecure: false,
  headers: [],
  data: [],
  form: [],
  asQuery: false,
  cookies: [],
  remoteName: false,
  writeOut: "",
  resolve: [],
  ipv4: false,
  ipv6: false,
  bar: false,
  connectTo: [],
  retries: 0,
  retryAll: false,
  retryRefused: false,
  noGlob: false,
});

export function parseCurl(argv: readonly string[]): Parsed {
  const options = defaults();
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index]!;
    if (!word.startsWith("-") || word === "-") {
      options.urls.push(word);
      continue;
    }
    const names = word.startsWith("--") ? [word.slice(2)] : [];
    let attached: string | undefined;
    if (names.length === 0) {
      for (let at = 1; at < word.length; at++) {
        const name = SHORT[word[at]!];
        if (name === undefined) return unknown(`-${word[at]}`);
        names.push(name);
        if (!VALUED.has(name)) continue;
        if (at + 1 < word.length) attached = word.slice(at + 1);
        break;
      }
    }
    for (const name of names) {
      if (VALUED.has(name)) {
        const value = attached ?? argv[++index];
        if (value === undefined)
          return { ok: false, text: `curl: option ${word}: requires parameter\n${TRY}`, exit: 2 };
        const failed = setValue(options, name, value);
        if (failed !== undefined)
          return { ok: false, text: `curl: option ${word}: ${failed}\n${TRY}`, exit: 2 };
      } else if (FLAGS.has(name) || FLAGS.has(name.replace(/^no-/, ""))) setFlag(options, name);
      else return unknown(word);
    }
  }
  return { ok: true, options };
}

function unknown(word: string): Parsed {
  return { ok: false, text: `curl: option ${word}: is unknown\n${TRY}`, exit: 2 };
}

function setFlag(options: CurlOptions, name: string): void {
  if (name === "silent") options.silent = true;
  else if (name === "show-error") options.showErrors = true;
  else if (name === "verbose") options.verbose = true;
  else if (name === "include") options.include = true;
  else if (name === "head") options.head = true;
  else if (name === "fail") options.fail = "quiet";
  else if (name === "fail-with-body") options.fail = "withBody";
  else if (name === "location" || name === "location-trusted") options.follow = true;
  else if (name === "insecure") options.insecure = true;
  else if (name === "get") options.asQuery = true;
  else if (name === "remote-name") options.remoteName = true;
  else if (name === "globoff") options.noGlob = true;
  else if (name === "ipv4") options.ipv4 = true;
  else if (name === "ipv6") options.ipv6 = true;
  else if (name === "progress-bar") options.bar = true;
  else if (name === "compressed") options.headers.push("Accept-Encoding: deflate, gzip, br, zstd");
  else if (name === "retry-all-errors") options.retryAll = true;
  else if (name === "retry-connrefused") options.retryRefused = true;
  else if (name === "no-progress-meter") {
    options.silent = true;
    options.showErrors = true;
  }
}

function setValue(options: CurlOptions, name: string, value: string): string | undefined {
  const seconds = (): number => Number(value) * 1000;
  if (/^(max-time|connect-timeout|retry|retry-delay|max-redirs)$/.test(name) && !/^\d*\.?\d+$/.test(value)) {
    return "expected a proper numerical parameter";
  }
  if (name === "request") options.method = value;
  else if (name === "header") options.headers.push(value);
  else if (name === "json") {
    options.data.push(value);
    options.headers.push("Content-Type: application/json", "Accept: application/json");
  } else if (name === "data-urlencode") {
    const at = value.indexOf("=");
    options.data.push(value.slice(at === 0 ? 1 : 0, at + 1) + formEncoded(value.slice(at + 1)));
  } else if (name === "data-raw") options.data.push(value.startsWith("@") ? `\0${value}` : value);
  else if (name === "data" || name.startsWith("data-")) options.data.push(value);
  else if (name === "form") options.form.push(value);
  else if (name === "range") options.headers.push(`Range: bytes=${value}`);
  else if (name === "oauth2-bearer") options.headers.push(`Authorization: Bearer ${value}`);
  else if (name === "connect-to") options.connectTo.push(value);
  else if (name === "cookie") options.cookies.push(value);
  else if (name === "cookie-jar") options.cookieJar = value;
  else if (name === "output") options.output = value;
  else if (name === "dump-header") options.headerFile = value;
  else if (name === "write-out") options.writeOut = value;
  else if (name === "max-time") options.maxTimeMs = seconds();
  else if (name === "connect-timeout") options.connectTimeoutMs = seconds();
  else if (name === "resolve") options.resolve.push(value);
  else if (name === "user-agent") options.userAgent = value;
  else if (name === "user") options.user = value;
  else if (name === "referer") options.referer = value;
  else if (name === "cacert") options.caFile = value;
  else if (name === "upload-file") options.upload = value;
  else if (name === "retry") options.retries = Number(value);
  else if (name === "retry-delay") options.retryDelayMs = seconds();
  else if (name === "max-redirs") options.maxRedirects = Number(value);
  else if (name === "url") options.urls.push(value);
  else if (name === "rate") return setRate(options, value);
  return undefined;
}

/** As forms write it: a space is a plus. */
function formEncoded(text: string): string {
  const strict = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return strict.replaceAll("%20", "+");
}

const RATE_UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function setRate(options: CurlOptions, value: string): string | undefined {
  const match = /^(\d+)(?:\/(\d*)([smhd]))?$/.exec(value);
  if (!match) return "invalid number of transfers";
  options.rateMs = (Number(match[2] || 1) * RATE_UNITS[match[3] ?? "h"]!) / Number(match[1]);
  return undefined;
}
