// Serves the built site, gzipped as a web server would, and notes which script was asked for when.
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { createGzip, gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
};

export async function serve(folder) {
  let scripts = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = path.join(folder, pathname === "/" ? "index.html" : path.normalize(pathname));
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const ending = path.extname(file);
    if (ending === ".js") {
      const gzipped = gzipSync(readFileSync(file)).length;
      scripts.push({ name: path.basename(file), at: Date.now(), gzipped });
    }
    response.writeHead(200, {
      "Content-Type": TYPES[ending] ?? "application/octet-stream",
      "Content-Encoding": "gzip",
    });
    createReadStream(file)
      .pipe(createGzip({ level: 6 }))
      .pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    /** A list that fills with the scripts that are asked for from now on. */
    watchScripts: () => (scripts = []),
    close: () => server.close(),
  };
}
