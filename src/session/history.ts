// What was done to a scenario's cluster and when: performs actions, keeps them for links, replays those of a link.
import { TYPES } from "#api/type-table";
import { isObject } from "#base/json";
import { actionProblem } from "#cluster/action-check";
import type { Action } from "#cluster/actions";
import type { Cluster } from "#cluster/cluster";
import { applyFile, deleteFile, type DocumentReport } from "#kubectl/manifests/run";
import type { Scenario, SessionAction, TimedAction } from "./protocol.ts";

export interface History {
  /** Performed so far, oldest first. */
  readonly actions: readonly TimedAction[];
  /** Performs an action now and keeps it. */
  perform(action: SessionAction): DocumentReport[];
  /** Keeps an action that somebody else performs. */
  note(action: SessionAction): void;
  /** Runs the cluster to `time`; the link's own actions happen at their times on the way. */
  runUntil(time: number): void;
  /** When the next thing happens, in the cluster or by an action of the link. */
  nextAt(): number | undefined;
}

/** Begins a scenario: its clients, and its files at time 0. */
export function beginHistory(cluster: Cluster, scenario: Scenario): History {
  const actions: TimedAction[] = [];
  // The next one last. Sorted forwards first, so that those of one moment stay in their order.
  const pending = scenario.actions.toSorted((a, b) => a.at - b.at).reverse();
  const run = (name: string, text: string, verb: typeof applyFile): DocumentReport[] =>
    verb(name, text, { handle: (request) => cluster.handle(request), namespace: "default", types: TYPES });
  const perform = (action: SessionAction): DocumentReport[] => {
    if (isFileAction(action)) {
      // It may have come by a link, where nothing is sure.
      if (typeof action.name !== "string" || typeof action.text !== "string") return [];
      actions.push({ at: cluster.now, action });
      return run(action.name, action.text, action.type === "applyFile" ? applyFile : deleteFile);
    }
    if (actionProblem(action)) return [];
    actions.push({ at: cluster.now, action });
    cluster.act(action);
    return [];
  };
  for (const client of scenario.clients) {
    if (!actionProblem({ type: "setClient", client })) cluster.act({ type: "setClient", client });
  }
  for (const { name, text } of scenario.files)
    if (scenario.applied.includes(name)) run(name, text, applyFile);
  return {
    actions,
    perform,
    note: (action) => void actions.push({ at: cluster.now, action }),
    runUntil: (time) => {
      for (let next = pending.at(-1); next && next.at <= time; next = pending.at(-1)) {
        pending.pop();
        cluster.runUntil(next.at);
        perform(next.action);
      }
      cluster.runUntil(time);
    },
    nextAt: () => {
      const [first, second] = [cluster.nextAt(), pending.at(-1)?.at];
      return first === undefined || second === undefined ? (first ?? second) : Math.min(first, second);
    },
  };
}

function isFileAction(action: SessionAction): action is Exclude<SessionAction, Action> {
  return isObject(action) && (action.type === "applyFile" || action.type === "deleteFile");
}
