import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig, runnerImport, type Plugin } from "vite";

// 'unsafe-inline' for styles only: Monaco, xterm and React Flow set style attributes and elements at run time.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The built page carries its own policy; the dev server injects inline scripts that the policy would refuse. */
const contentSecurityPolicy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: POLICY },
      injectTo: "head-prepend",
    },
  ],
};

const OPENING = "virtual:opening";
const OPENING_MS = 6000;

/** Records the first example's first seconds, which the built page shows while the cluster's worker is on its way. */
const recordedOpening: Plugin = {
  name: "recorded-opening",
  resolveId: (id) => (id === OPENING ? `\0${OPENING}` : undefined),
  async load(id) {
    if (id !== `\0${OPENING}`) return undefined;
    if (this.environment.mode !== "build") return "export default null;";
    const source = fileURLToPath(new URL("src/session/opening/record.ts", import.meta.url));
    type Recorder = typeof import("./src/session/opening/record.ts");
    const { module } = await runnerImport<Recorder>(source, { configFile: false, logLevel: "error" });
    const text = JSON.stringify(JSON.stringify(module.recordOpening(OPENING_MS)));
    return `export default JSON.parse(${text});`;
  },
};

export default defineConfig({
  base: "./",
  plugins: [react(), contentSecurityPolicy, recordedOpening],
  resolve: {
    // monaco-yaml still imports the deep paths that monaco-editor 0.57 moved up by two folders.
    alias: [{ find: /^monaco-editor\/esm\/vs\/(.*)$/, replacement: "monaco-editor/$1" }],
  },
  worker: { format: "es" },
  optimizeDeps: { entries: ["index.html", "src/**/*.worker.ts"] },
  build: { target: "es2023", chunkSizeWarningLimit: 4000 },
});
