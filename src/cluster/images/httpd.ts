// httpd: Apache's server with its one page.
import { accessLog, byteLength, contentType, httpDate, splitTarget } from "./answers.ts";
import { defineImage, type ServerProgram } from "./image.ts";
import { DEBIAN_BASE_COMMANDS } from "./tools.ts";

const ROOT = "/usr/local/apache2/htdocs";

const program: ServerProgram = {
  title: "httpd",
  start: (server) => {
    const port = Number(
      /^\s*Listen\s+(?:\S*:)?(\d+)/m.exec(server.file("/usr/local/apache2/conf/httpd.conf") ?? "")?.[1] ?? 80,
    );
    const warning = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${server.ip}. Set the 'ServerName' directive globally to suppress this message`;
    return { listen: [{ port }], startMs: 60, stderr: [warning] };
  },
  answer: (request, server) => {
    const { path } = splitTarget(request.path);
    const file = `${ROOT}${path.endsWith("/") ? `${path}index.html` : path}`;
    const text = server.file(file);
    const missing =
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n';
    const status = text === undefined ? 404 : 200;
    const body = text ?? missing;
    const type = text === undefined ? "text/html; charset=iso-8859-1" : contentType(file);
    const headers = {
      Date: httpDate(server),
      Server: "Apache/2.4.65 (Unix)",
      "Content-Length": String(byteLength(body)),
      "Content-Type": type,
      "Keep-Alive": "timeout=5, max=100",
      Connection: "Keep-Alive",
    };
    const log = accessLog(request, server, status, byteLength(body)).replace(/ "-" "[^"]*"$/, "");
    return { answer: { status, headers, body: request.method === "HEAD" ? "" : body }, log: [log] };
  },
  signal: (signal) => {
    if (signal === 28) return { exit: 0, afterMs: 20 };
    return signal === 15 || signal === 2 ? { exit: 0 } : undefined;
  },
};

export const httpd = defineImage({
  repository: "docker.io/library/httpd",
  sizeBytes: 45_500_000,
  cmd: ["httpd-foreground"],
  stopSignal: "SIGWINCH",
  workingDir: "/usr/local/apache2",
  flavour: "gnu",
  commands: DEBIAN_BASE_COMMANDS,
  servers: { "httpd-foreground": program, httpd: program },
  files: {
    [`${ROOT}/index.html`]: "<html><body><h1>It works!</h1></body></html>\n",
    "/usr/local/apache2/conf/httpd.conf": 'Listen 80\nDocumentRoot "/usr/local/apache2/htdocs"\n',
  },
});
