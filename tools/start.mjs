// `npm start`: installs what is missing, then serves the playground and prints its address.
import { spawn } from "node:child_process";
import { installIfNeeded, root } from "./install.mjs";

await installIfNeeded();
const server = spawn(process.execPath, ["node_modules/vite/bin/vite.js", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
server.on("close", (code) => {
  process.exitCode = code ?? 0;
});
