import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

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

export default defineConfig({
  base: "./",
  plugins: [react(), contentSecurityPolicy],
  resolve: {
    // monaco-yaml still imports the deep paths that monaco-editor 0.57 moved up by two folders.
    alias: [{ find: /^monaco-editor\/esm\/vs\/(.*)$/, replacement: "monaco-editor/$1" }],
  },
  worker: { format: "es" },
  optimizeDeps: { entries: ["index.html", "src/**/*.worker.ts"] },
  build: { target: "es2023", chunkSizeWarningLimit: 4000 },
});
