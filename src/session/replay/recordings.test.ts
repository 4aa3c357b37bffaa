// Recordings of a real cluster, replayed: what kubectl prints is compared word by word, but for what chance decides.
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { replay } from "./replay.ts";
import type { Recording, ScenarioFile, Step } from "./scenario.ts";

const folder = new URL("./fixtures/", import.meta.url);
const recordings = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Recording);

// What this cluster does not have: field owners (they stand in the explanation of a failed template), volumes and jobs,
// and kinds that only the control plane itself needs.
const LEFT_OUT: Record<string, readonly string[]> = {
  "get-nothing": ["kubectl get pv,svc -l app=none"],
  "get-output-errors": [
    "kubectl get svc kubia -o jsonpath='{.spec.ports[3].port}'",
    "kubectl get svc kubia --allow-missing-template-keys=false -o jsonpath='{.spec.nothing}'",
  ],
  "apply-basic": ["kubectl apply -f v1.yaml -o yaml --show-managed-fields"],
  // How far the rollouts before it have come is chance.
  "set-commands": ["kubectl set image deploy/web main=nginx:1.27 --dry-run=client -o yaml"],
  "cluster-version-config": ["kubectl get componentstatuses"],
  "top-events-others": ["kubectl certificate approve nothing"],
};

const CONTROLS = ["settle", "ready", "lb", "sleep"];

/** The steps of a recording are named by what was run. */
function stepOf({ cmd, stdin }: Recording["steps"][number]): Step {
  const [kind = "", ...rest] = cmd.split(" ");
  if (CONTROLS.includes(kind)) return { [kind]: JSON.parse(rest.join(" ")) as unknown };
  return { run: cmd, ...(stdin !== undefined && { stdin }) };
}

/** Ages, times, ids and addresses are masked, and columns are cells whatever their width. */
function masked(text: string, server: string): string[] {
  return (
    text
      .replaceAll(server, "SERVER")
      .replaceAll("127.0.0.1:6443", "SERVER")
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "UID")
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "TIME")
      .replace(/(resourceVersion"?: ?)"\d+"/g, "$1RV")
      .replace(/\b\d+[sm](\d+s)?(?= |$)/gm, "AGE")
      .replace(/-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, "-NAME")
      .replace(/[-=][bcdfghjklmnpqrstvwxz2456789]{8,10}\b/gm, "-HASH")
      .replace(/zone-[abc]/g, "ZONE")
      // What scenarios name themselves lies in 10.96.0.
      .replace(/\b10\.96\.[1-9]\d*\.\d+\b/g, "CLUSTER-IP")
      .replace(/:3\d{4}\//g, ":NODE-PORT/")
      .replace(/(resource version to be \d+, was )\d+/g, "$1RV")
      .replace(/^([EW])\d{4} [\d:.]+ +\d+ /gm, "$1 ")
      .replace(/(LIVE|MERGED)-\d+/g, "$1")
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9} \+0000/g, "TIME")
      .split("\n")
      .map((line) => line.trimEnd().replace(/(\S) {2,}/g, "$1 | "))
  );
}

test.each(recordings.map((recording) => [recording.name, recording] as const))(
  "KUBECTL-60: %s prints what the real kubectl printed",
  async (name, recording) => {
    const scenario: ScenarioFile = {
      name,
      about: recording.about,
      files: recording.files,
      steps: recording.steps.map(stepOf),
      ...(recording.namespace === "default" && { namespace: "default" }),
    };
    const ours = await replay(scenario, { bare: true });
    const shown = (of: Recording): unknown[] =>
      of.steps
        .filter(({ cmd }) => !LEFT_OUT[name]?.includes(cmd))
        .map(({ cmd, stdout = "", stderr = "", exit }) => ({
          cmd,
          stdout: masked(stdout, of.server),
          stderr: masked(stderr, of.server),
          exit,
        }));
    expect(shown(ours)).toEqual(shown(recording));
  },
);
