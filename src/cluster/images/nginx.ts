// nginx: serves files, and the plain parts of its configuration: listen, root, location with return.
import type { HttpAnswer } from "../network/types.ts";
import { formatDate } from "../process/commands/date.ts";
import { accessLog, byteLength, contentType, httpDate, splitTarget } from "./answers.ts";
import {
  defineImage,
  type Answer,
  type IncomingRequest,
  type ServerContext,
  type ServerProgram,
} from "./image.ts";
import { DEBIAN_BASE_COMMANDS } from "./tools.ts";

interface Location {
  exact: boolean;
  prefix: string;
  status?: number;
  text?: string;
  root?: string;
}

interface Site {
  ports: number[];
  root: string;
  locations: Location[];
  status?: number;
  text?: string;
}

const DEFAULT_ROOT = "/usr/share/nginx/html";
const ERROR_TITLES: Record<number, string> = {
  403: "403 Forbidden",
  404: "404 Not Found",
  405: "405 Not Allowed",
  500: "500 Internal Server Error",
  503: "503 Service Temporarily Unavailable",
};

const MAX_CONFIG = 30_000;

/** The server blocks of a configuration. */
function readConfig(text: string): Site[] {
  // Simplified: of a very long configuration only the beginning is read.
  const clean = text.slice(0, MAX_CONFIG).replace(/#[^\n]*/g, "");
  const sites: Site[] = [];
  for (const body of blocks(clean, /server\s*\{/g)) {
    const locations = blocksWithHead(body, /location\s+(=\s*)?([^\s{]+)\s*\{/g).map(
      ({ head, body: inner }): Location => {
        const returned = /return\s+(\d{3})(?:\s+("[^"]*"|'[^']*'|[^;]+))?\s*;/.exec(inner);
        const root = /root\s+([^;]+);/.exec(inner)?.[1]?.trim();
        return {
          exact: head[1] !== undefined,
          prefix: head[2]!,
          ...(returned ? { status: Number(returned[1]), text: unquote(returned[2] ?? "") } : {}),
          ...(root === undefined ? {} : { root }),
        };
      },
    );
    const outside = body.replace(/location[^{]*\{[^{}]*\}/g, "");
    const ports = [...outside.matchAll(/listen\s+(?:\S*:)?(\d+)[^;]*;/g)].map((match) => Number(match[1]));
    const returned = /return\s+(\d{3})(?:\s+("[^"]*"|'[^']*'|[^;]+))?\s*;/.exec(outside);
    sites.push({
      ports: ports.length > 0 ? ports : [80],
      root: /root\s+([^;]+);/.exec(outside)?.[1]?.trim() ?? DEFAULT_ROOT,
      locations,
      ...(returned ? { status: Number(returned[1]), text: unquote(returned[2] ?? "") } : {}),
    });
  }
  return sites;
}

function unquote(text: string): string {
  return text
    .trim()
    .replace(/^(["'])([^]*)\1$/, "$2")
    .replace(/\\n/g, "\n");
}

function blocks(text: string, start: RegExp): string[] {
  return blocksWithHead(text, start).map(({ body }) => body);
}

function blocksWithHead(text: string, start: RegExp): { head: RegExpExecArray; body: string }[] {
  const found: { head: RegExpExecArray; body: string }[] = [];
  for (let head = start.exec(text); head; head = start.exec(text)) {
    let depth = 1;
    let at = start.lastIndex;
    for (; at < text.length && depth > 0; at++) depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
    found.push({ head, body: text.slice(start.lastIndex, at - 1) });
    start.lastIndex = at;
  }
  return found;
}

function sitesOf(server: ServerContext): Site[] {
  const names = (server.list("/etc/nginx/conf.d") ?? []).filter((name) => name.endsWith(".conf"));
  const own = server.file("/etc/nginx/nginx.conf") ?? "";
  const parts = names.map((name) => server.file(`/etc/nginx/conf.d/${name}`) ?? "");
  return readConfig([own, ...(own === "" || own.includes("conf.d") ? parts : [])].join("\n"));
}

function errorPage(status: number): string {
  const title = ERROR_TITLES[status] ?? String(status);
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`.replace(
    "<center>nginx</center>",
    "<center>nginx/VERSION</center>",
  );
}

function versionOf(tag: string): string {
  const given = /^(\d+\.\d+)(\.\d+)?/.exec(tag);
  const latest: Record<string, string> = {
    "1.25": "1.25.5",
    "1.26": "1.26.3",
    "1.27": "1.27.5",
    "1.28": "1.28.0",
    "1.29": "1.29.3",
  };
  if (!given) return "1.29.3";
  return given[2] === undefined ? (latest[given[1]!] ?? `${given[1]}.0`) : given[0];
}

function answer(request: IncomingRequest, server: ServerContext): Answer {
  const { status, body, type, location } = content(request, server);
  const headers: Record<string, string> = {
    Server: `nginx/${versionOf(server.tag)}`,
    Date: httpDate(server),
    "Content-Type": type,
    "Content-Length": String(byteLength(body)),
    ...(location === undefined ? {} : { Location: location }),
    Connection: "keep-alive",
    ...(status === 200 && type === "text/html" ? { "Accept-Ranges": "bytes" } : {}),
  };
  const http: HttpAnswer = { status, headers, body: request.method === "HEAD" ? "" : body };
  return { answer: http, log: [`${accessLog(request, server, status, byteLength(body))} "-"`] };
}

function content(
  request: IncomingRequest,
  server: ServerContext,
): { status: number; body: string; type: string; location?: string } {
  const { path } = splitTarget(request.path);
  const sites = sitesOf(server);
  const site = sites.find((item) => item.ports.includes(request.port)) ?? sites[0];
  const fail = (status: number): { status: number; body: string; type: string } => ({
    status,
    body: errorPage(status).replace("VERSION", versionOf(server.tag)),
    type: "text/html",
  });
  const fits = (site?.locations ?? []).filter((item) =>
    item.exact ? path === item.prefix : path.startsWith(item.prefix),
  );
  const chosen = fits.find((item) => item.exact) ?? fits.sort((a, b) => b.prefix.length - a.prefix.length)[0];
  const rule = site?.status === undefined ? chosen : site;
  if (rule?.status !== undefined) {
    if (rule.status >= 300 && rule.status < 400) return { ...fail(rule.status), location: rule.text ?? "" };
    return rule.text === "" && rule.status >= 400
      ? fail(rule.status)
      : { status: rule.status, body: rule.text ?? "", type: "text/plain" };
  }
  if (!/^(GET|HEAD)$/.test(request.method)) return fail(405);
  const root = chosen?.root ?? site?.root ?? DEFAULT_ROOT;
  const full = `${root}${path}`.replace(/\/+/g, "/");
  const index = path.endsWith("/") ? `${full}index.html` : full;
  const text = server.file(index);
  if (text !== undefined) return { status: 200, body: text, type: contentType(index) };
  if (path.endsWith("/") && server.list(full)) return fail(403);
  return server.list(full) ? { ...fail(301), location: `${path}/` } : fail(404);
}

const program: ServerProgram = {
  title: "nginx",
  start: (server) => {
    if (server.args.includes("-t") || server.args.includes("-v")) {
      return { exit: 0, stderr: [`nginx version: nginx/${versionOf(server.tag)}`] };
    }
    const ports = [...new Set(sitesOf(server).flatMap((site) => site.ports))];
    const time = formatDate("%Y/%m/%d %H:%M:%S", server.epochNow);
    const notices = [
      'using the "epoll" event method',
      `nginx/${versionOf(server.tag)}`,
      "start worker processes",
    ];
    return {
      listen: ports.map((port) => ({ port })),
      startMs: 60,
      log: [
        "/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration",
        "/docker-entrypoint.sh: Configuration complete; ready for start up",
      ],
      stderr: notices.map((text) => `${time} [notice] 1#1: ${text}`),
    };
  },
  answer,
  // SIGQUIT, the image's stop signal, lets requests end; SIGTERM is the fast shutdown.
  signal: (signal) => {
    if (signal === 3) return { exit: 0, afterMs: 20 };
    if (signal === 15 || signal === 2) return { exit: 0 };
    return signal === 1 || signal === 28 ? "ignore" : undefined;
  },
};

const INDEX = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

const CONFIG = `server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }
}
`;

const NGINX = {
  repository: "docker.io/library/nginx",
  sizeBytes: 72_100_000,
  entrypoint: ["/docker-entrypoint.sh"],
  cmd: ["nginx", "-g", "daemon off;"],
  stopSignal: "SIGQUIT",
  flavour: "gnu",
  commands: [...DEBIAN_BASE_COMMANDS, "curl", "kill"],
  versions: { curl: "7.88.1" },
  servers: { nginx: program },
  files: {
    "/docker-entrypoint.sh": "",
    "/etc/nginx/conf.d/default.conf": CONFIG,
    "/usr/share/nginx/html/index.html": INDEX,
    "/usr/share/nginx/html/50x.html": "<html><body><h1>An error occurred.</h1></body></html>\n",
  },
} as const;

export const nginx = defineImage(NGINX);

export const nginxUnprivileged = defineImage({
  ...NGINX,
  repository: "docker.io/nginxinc/nginx-unprivileged",
  user: 101,
  files: { ...NGINX.files, "/etc/nginx/conf.d/default.conf": CONFIG.replace("80;", "8080;") },
});
