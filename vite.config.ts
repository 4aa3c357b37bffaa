import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  plugins: [react()],
  resolve: {
    // monaco-yaml still imports the deep paths that monaco-editor 0.57 moved up by two folders.
    alias: [{ find: /^monaco-editor\/esm\/vs\/(.*)$/, replacement: "monaco-editor/$1" }],
  },
  worker: { format: "es" },
  optimizeDeps: { entries: ["index.html", "src/**/*.worker.ts"] },
  build: { target: "es2023", chunkSizeWarningLimit: 4000 },
  server: { open: false },
});
