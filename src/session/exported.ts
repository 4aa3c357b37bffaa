// What a link or a draft carries of a scenario after a while: the files as they are now, and all that was done.
import { MODEL } from "./model.ts";
import type { Scenario, ScenarioFile, TimedAction } from "./protocol.ts";

/** Files whose first text is still what is in the editor are applied at the start; others keep theirs as an action. */
export function exportedScenario(
  scenario: Scenario,
  files: readonly ScenarioFile[],
  actions: readonly TimedAction[],
  now: number,
): Scenario {
  const current = new Map(files.map((file) => [file.name, file.text]));
  const first = scenario.files.filter((file) => scenario.applied.includes(file.name));
  const unchanged = first.every((file) => current.get(file.name) === file.text);
  // All or none, because the order of the first applies decides what they find.
  const starts = unchanged
    ? []
    : first.map(({ name, text }): TimedAction => ({ at: 0, action: { type: "applyFile", name, text } }));
  return {
    model: MODEL,
    ...(scenario.title ? { title: scenario.title } : {}),
    settings: scenario.settings,
    files: files.map(({ name, text }) => ({ name, text })),
    clients: scenario.clients,
    actions: [...starts, ...actions],
    applied: unchanged ? first.map(({ name }) => name) : [],
    warmUpMs: Math.round(now),
  };
}
