// A scenario as compact text: a JSON head without what is default, then the files' texts verbatim, so that the
// dictionary can match them.
import { isObject } from "#base/json";
import { parseRfc3339 } from "#base/time";
import type { ClientSpec } from "#cluster/clients/types";
import { DEFAULT_SETTINGS, type ClusterSettings } from "#cluster/settings";
import type { Scenario, TimedAction } from "../protocol.ts";

const SEPARATOR = "\u0000";

/** An hour is simulated in seconds. Whatever was done later than that happens while the reader looks on. */
const LONGEST_WARM_UP_MS = 3_600_000;

interface Head {
  /** Model. */
  m: number;
  /** Title. */
  t?: string;
  /** Settings that differ from the defaults. */
  s?: Partial<ClusterSettings>;
  /** File names; their texts follow the head. */
  f: string[];
  /** Indices of the applied files, absent when all are applied in order. */
  p?: number[];
  c?: ClientSpec[];
  /** Actions with times relative to the one before. */
  a?: [number, TimedAction["action"]][];
  w?: number;
}

export function toPayload(scenario: Scenario): string {
  const names = scenario.files.map((file) => file.name);
  const applied = scenario.applied.map((name) => names.indexOf(name));
  const all = applied.length === names.length && applied.every((value, index) => value === index);
  const settings = changedSettings(scenario.settings);
  let before = 0;
  const actions = scenario.actions.map(({ at, action }): [number, TimedAction["action"]] => {
    // Up, never down: an action must not come before what it answered.
    const time = Math.ceil(at * 1000 - 1e-6) / 1000;
    const gap = microseconds(time - before);
    before = time;
    return [gap, action];
  });
  const head: Head = {
    m: scenario.model,
    ...(scenario.title ? { t: scenario.title } : {}),
    ...(Object.keys(settings).length > 0 ? { s: settings } : {}),
    f: names,
    ...(all ? {} : { p: applied }),
    ...(scenario.clients.length > 0 ? { c: scenario.clients } : {}),
    ...(actions.length > 0 ? { a: actions } : {}),
    ...(scenario.warmUpMs ? { w: scenario.warmUpMs } : {}),
  };
  return [JSON.stringify(head), ...scenario.files.map((file) => file.text.replaceAll(SEPARATOR, ""))].join(
    SEPARATOR,
  );
}

/** Sums of milliseconds without the last digits that adding brings. */
const microseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

function changedSettings(settings: ClusterSettings): Partial<ClusterSettings> {
  const keys = Object.keys(DEFAULT_SETTINGS) as (keyof ClusterSettings)[];
  return Object.fromEntries(
    keys.filter((key) => settings[key] !== DEFAULT_SETTINGS[key]).map((key) => [key, settings[key]]),
  );
}

/** Throws on anything that is not a payload; the caller turns that into "this is no link of ours". */
export function fromPayload(text: string): Scenario {
  const [headText = "", ...texts] = text.split(SEPARATOR);
  const head = JSON.parse(headText) as Head;
  if (!isObject(head) || !Array.isArray(head.f) || head.f.length !== texts.length)
    throw new Error("not a scenario");
  const files = head.f.map((name, index) => ({ name: String(name).slice(0, 200), text: texts[index]! }));
  const applied = head.p ?? files.map((_, index) => index);
  let at = 0;
  return {
    model: Number(head.m) || 1,
    ...(head.t ? { title: String(head.t).slice(0, 200) } : {}),
    settings: checkedSettings(head.s),
    files,
    applied: applied.map((index) => files[index]?.name).filter((name) => name !== undefined),
    clients: (head.c ?? []).slice(0, 50),
    actions: (head.a ?? []).map(([gap, action]) => ({
      at: (at = microseconds(at + (Number(gap) || 0))),
      action,
    })),
    ...(head.w ? { warmUpMs: Math.min(Math.max(Number(head.w) || 0, 0), LONGEST_WARM_UP_MS) } : {}),
  };
}

/** Links are hostile input: only known settings, of the right type, within bounds. */
function checkedSettings(given: unknown): ClusterSettings {
  const settings = { ...DEFAULT_SETTINGS };
  if (!isObject(given)) return settings;
  for (const key of Object.keys(settings) as (keyof ClusterSettings)[]) {
    const value = given[key];
    if (typeof value === typeof settings[key]) Object.assign(settings, { [key]: value });
  }
  settings.nodeCount = Math.min(Math.max(Math.trunc(settings.nodeCount) || 1, 1), 100);
  settings.zoneCount = Math.min(Math.max(Math.trunc(settings.zoneCount) || 1, 1), 26);
  settings.hopMs = Math.min(Math.max(settings.hopMs, 0.01), 2000);
  if (parseRfc3339(settings.startedAt) === undefined) settings.startedAt = DEFAULT_SETTINGS.startedAt;
  settings.seed = settings.seed.slice(0, 100);
  return settings;
}
