// Recordings of a real cluster, replayed: what kubectl prints is compared word by word, but for what chance decides.
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { replay } from "./replay.ts";
import { scenarioOf, shownBy } from "../testing/recordings.ts";
import type { Recording } from "./scenario.ts";

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
  "top-events-others": ["kubectl certificate approve nothing"],
};

test.each(recordings.map((recording) => [recording.name, recording] as const))(
  "KUBECTL-60: %s prints what the real kubectl printed",
  async (name, recording) => {
    const ours = await replay(scenarioOf(recording), { bare: true });
    const left = LEFT_OUT[name] ?? [];
    expect(shownBy(ours, left)).toEqual(shownBy(recording, left));
  },
);
