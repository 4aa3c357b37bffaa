import { expect, test } from "vitest";
import { createCluster } from "#cluster/cluster";
import { DEFAULT_SETTINGS } from "#cluster/settings";
import { beginHistory } from "./history.ts";
import { MODEL } from "./model.ts";
import type { Scenario, TimedAction } from "./protocol.ts";

const configMap = (name: string, word: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  word: ${word}\n`;

const apply = (at: number, name: string, word: string): TimedAction => ({
  at,
  action: { type: "applyFile", name: `${name}.yaml`, text: configMap(name, word) },
});

function scenario(actions: TimedAction[]): Scenario {
  const settings = { ...DEFAULT_SETTINGS, dns: false, ingressController: false };
  return { model: MODEL, settings, files: [], clients: [], applied: [], actions };
}

test("HISTORY-1: actions happen at their times, those of one moment in the order in which they were done", () => {
  const given = scenario([
    apply(200, "a", "third"),
    apply(100, "a", "first"),
    apply(100, "a", "second"),
    apply(100, "b", "only"),
  ]);
  const cluster = createCluster(given.settings);
  const history = beginHistory(cluster, given);
  const word = (): string | undefined =>
    cluster.machine.context.api.get("ConfigMap", "default", "a")?.data?.["word"];
  history.runUntil(150);
  expect(word()).toBe("second");
  history.runUntil(300);
  expect(word()).toBe("third");
  const done = history.actions.map(({ at, action }) => [
    at,
    "text" in action && action.text.trim().split(" ").at(-1),
  ]);
  expect(done).toEqual([
    [100, "first"],
    [100, "second"],
    [100, "only"],
    [200, "third"],
  ]);
});
