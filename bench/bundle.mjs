// Kubelanes' cluster and links as one module that Node can run; both halves of the benchmark import it.
import path from "node:path";
import { build } from "esbuild";
import { root } from "../tools/install.mjs";

export const BUILT = path.join(root, "bench", "node_modules", ".bench");
export const BUNDLING = {
  bundle: true,
  format: "esm",
  logLevel: "error",
  absWorkingDir: path.join(root, "bench", "node"),
};

export async function bundleOurs() {
  const outfile = path.join(BUILT, "ours.mjs");
  await build({
    ...BUNDLING,
    entryPoints: ["ours-entry.ts"],
    outfile,
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  return outfile;
}
