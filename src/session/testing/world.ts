// A cluster that tests speak to in sentences: `world().apply(yaml).advance("5s")`. After each sentence the invariants
// are checked, so that every scenario test is a test of them too.
import { TYPES } from "#api/type-table";
import type { KindMap, KindName } from "#api/kinds";
import { createCluster, type Cluster } from "#cluster/cluster";
import { DEFAULT_SETTINGS, type ClusterSettings } from "#cluster/settings";
import { violations, violationsAtRest } from "#cluster/testing/invariants";
import type { Journey } from "#cluster/trace/types";
import { applyFile, deleteFile } from "#kubectl/manifests/run";
import type { SessionAction } from "../protocol.ts";

export interface World {
  readonly cluster: Cluster;
  /** kubectl apply; fails the test unless every document is accepted. */
  apply(yaml: string): World;
  /** What kubectl apply prints, line by line, errors included. */
  tryApply(yaml: string): string[];
  delete(yaml: string): World;
  act(action: Exclude<SessionAction, { type: "applyFile" | "deleteFile" }>): World;
  /** "300ms", "5s", "2m". */
  advance(duration: string): World;
  /** Advances and then checks what holds at rest. */
  settle(duration?: string): World;
  objects<K extends KindName>(kind: K, labels?: Record<string, string>): readonly KindMap[K][];
  /** Ended requests of clients, oldest first. */
  requests(client?: string): Journey[];
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function parseDuration(text: string): number {
  const match = /^([\d.]+)(ms|s|m|h)$/.exec(text);
  if (!match) throw new Error(`not a duration: ${text}`);
  return Number(match[1]) * UNITS[match[2]!]!;
}

export function world(settings: Partial<ClusterSettings> = {}): World {
  const cluster = createCluster({ ...DEFAULT_SETTINGS, ...settings });
  const options = { handle: cluster.handle, namespace: "default", types: TYPES };
  const check = (found: string[]): World => {
    if (found.length > 0) throw new Error(`at ${cluster.now} ms:\n${found.join("\n")}`);
    return self;
  };
  const self: World = {
    cluster,
    apply: (yaml) => {
      const errors = applyFile("test.yaml", yaml, options).flatMap(({ error }) => error?.text ?? []);
      if (errors.length > 0) throw new Error(errors.join("\n"));
      return check(violations(cluster));
    },
    tryApply: (yaml) =>
      applyFile("test.yaml", yaml, options).flatMap(({ message, warnings, error }) => [
        ...warnings.map((warning) => `Warning: ${warning}`),
        ...(error ? error.text.split("\n") : [message]),
      ]),
    delete: (yaml) => {
      deleteFile("test.yaml", yaml, options);
      return check(violations(cluster));
    },
    act: (action) => {
      cluster.act(action);
      return self;
    },
    advance: (duration) => {
      cluster.advance(parseDuration(duration));
      return check(violations(cluster));
    },
    settle: (duration = "10s") => {
      cluster.advance(parseDuration(duration));
      return check(violationsAtRest(cluster));
    },
    objects: (kind, labels) => cluster.machine.context.api.list(kind, labels ? { labels } : {}),
    requests: (client) =>
      cluster.journeys().filter(({ end, parent, client: { place, program } }) => {
        const name = place.kind === "client" || place.kind === "pod" ? place.name : "";
        return (
          end && parent === undefined && program !== "probe" && (client === undefined || name === client)
        );
      }),
  };
  return self;
}
