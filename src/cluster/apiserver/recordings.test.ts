// Manifests that were applied to a real 1.35 server, and what it answered: the same manifests, the same answers here.
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Status } from "#api/meta";
import type { JsonObject } from "#base/json";
import type { ApiResponse } from "./client.ts";
import { createApiMachine } from "./testing/api-machine.ts";

interface Recording {
  name: string;
  namespace: string;
  files: Record<string, string>;
  steps: { cmd: string; stdout: string; stderr: string }[];
}

const DIRECTORY = new URL("./fixtures/", import.meta.url);

/** What kubectl prints on stderr when this is the only document that it applies. */
function printed(file: string, { status, body, warnings }: ApiResponse): string {
  const lines = warnings.map((warning) => `Warning: ${warning}`);
  if (status >= 300) {
    const { reason, message = "", details } = body as unknown as Status;
    const causes = (details?.causes ?? []).map((cause) => `${cause.field}: ${cause.message}`);
    const list = causes.length === 1 ? causes[0]! : causes.map((cause) => `\n* ${cause}`).join("");
    lines.push(
      reason === "Invalid"
        ? `The ${details?.kind} "${details?.name}" is invalid: ${list}`
        : `Error from server (${reason}): error when creating "${file}": ${message}`,
    );
  }
  return lines.join("\n");
}

for (const fixture of readdirSync(DIRECTORY)) {
  const recording = JSON.parse(readFileSync(new URL(fixture, DIRECTORY), "utf8")) as Recording;
  test(`API-95: ${recording.name}: every manifest gets the recorded answer`, () => {
    const { api } = createApiMachine(["default", recording.namespace]);
    const kubernetes = {
      metadata: { name: "kubernetes" },
      spec: { clusterIP: "10.96.0.1", ports: [{ port: 443 }] },
    };
    api.create("Service", "default", kubernetes);
    const answers = recording.steps.map(({ cmd }) => {
      const file = cmd.replace("kubectl apply -f ", "");
      const response = api.handle({
        method: "POST",
        path: `/api/v1/namespaces/${recording.namespace}/services`,
        query: { fieldValidation: "Strict" },
        body: parse(recording.files[file]!) as JsonObject,
      });
      return [file, printed(file, response)];
    });
    expect(answers).toEqual(
      recording.steps.map(({ cmd, stderr }) => [cmd.replace("kubectl apply -f ", ""), stderr.trimEnd()]),
    );
  });
}
