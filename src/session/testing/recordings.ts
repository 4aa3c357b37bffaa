// Recordings as tests use them: the scenario that they come from, and what they print without what chance decides.
import type { Recording, ScenarioFile, Step } from "../replay/scenario.ts";

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
      .replace(/[0-9a-f]{64}/g, "ID")
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

export function scenarioOf({ name, about, files, steps, namespace }: Recording): ScenarioFile {
  return {
    name,
    about,
    files,
    steps: steps.map(stepOf),
    ...(namespace === "default" && { namespace: "default" }),
  };
}

/** Steps that `leftOut` does not name and that could be run. */
export function shownBy(recording: Recording, leftOut: readonly string[]): unknown[] {
  return recording.steps
    .filter(({ cmd }) => !leftOut.includes(cmd))
    .map(({ cmd, stdout = "", stderr = "", exit }) => ({
      cmd,
      stdout: masked(stdout, recording.server),
      stderr: masked(stderr, recording.server),
      exit,
    }));
}
