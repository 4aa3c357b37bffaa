// The pages that nginx answers with by itself.
import type { HttpAnswer } from "../network/types.ts";

const TITLES = {
  308: "308 Permanent Redirect",
  404: "404 Not Found",
  502: "502 Bad Gateway",
  503: "503 Service Temporarily Unavailable",
  504: "504 Gateway Time-out",
} as const;

export function page(status: keyof typeof TITLES, headers: Record<string, string> = {}): HttpAnswer {
  const title = TITLES[status];
  const lines = [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "<hr><center>nginx</center>",
    "</body>",
    "</html>",
    "",
  ];
  const body = lines.join("\r\n");
  return {
    status,
    headers: { "Content-Type": "text/html", "Content-Length": String(body.length), ...headers },
    body,
  };
}
