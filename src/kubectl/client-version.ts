// The release that this kubectl follows, and --match-server-version, which insists on a server of the same one.
// Kubernetes: staging/src/k8s.io/client-go/discovery/helper.go MatchesServerVersion (v1.35)
import type { JsonObject } from "#base/json";
import type { KubectlIo } from "./command.ts";
import { plainError } from "./errors.ts";

export const CLIENT_VERSION: Record<string, string> = {
  major: "1",
  minor: "35",
  gitVersion: "v1.35.2",
  gitCommit: "fdc9d74cbf2da6754ebf81d56f80ae2948cd6425",
  gitTreeState: "clean",
  buildDate: "2026-02-26T20:05:34Z",
  goVersion: "go1.25.7",
  compiler: "gc",
  platform: "linux/amd64",
};

const COMPARED = ["gitVersion", "gitCommit", "gitTreeState"];

export function requireSameVersion(io: Pick<KubectlIo, "handle">): void {
  const server = io.handle({ method: "GET", path: "/version" }).body as JsonObject;
  if (COMPARED.every((field) => server[field] === CLIENT_VERSION[field])) return;
  throw plainError(
    `server version (&${goVersion(server)}) differs from client version (${goVersion(CLIENT_VERSION)})`,
  );
}

const FIELDS = [
  "major",
  "minor",
  "emulationMajor",
  "emulationMinor",
  "minCompatibilityMajor",
  "minCompatibilityMinor",
  "gitVersion",
  "gitCommit",
  "gitTreeState",
  "buildDate",
  "goVersion",
  "compiler",
  "platform",
];

/** As Go's %#v prints it. */
function goVersion(version: JsonObject): string {
  const fields = FIELDS.map(
    (field) => `${field[0]!.toUpperCase()}${field.slice(1)}:${JSON.stringify(version[field] ?? "")}`,
  );
  return `version.Info{${fields.join(", ")}}`;
}
