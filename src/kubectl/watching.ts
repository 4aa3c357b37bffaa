// Waiting for one object: a watch that begins with its present state, until a condition holds or the time is over.
// Kubernetes: staging/src/k8s.io/client-go/tools/watch/until.go (v1.35)
import type { JsonObject } from "#base/json";
import type { KubectlIo, WatchEvent } from "./command.ts";
import { resourcePath, type ResourceMapping } from "./discovery.ts";

export interface ObjectEvent {
  type: "ADDED" | "MODIFIED" | "DELETED" | "ABSENT";
  /** Undefined where there is no such object when the watch begins. */
  object: JsonObject | undefined;
}

/**
 * Calls `check` with the object's present state and with each change until it returns something; undefined when the
 * time is over, or on Ctrl-C. What `check` throws ends the wait.
 */
export function untilObject<T>(
  io: KubectlIo,
  resource: ResourceMapping,
  place: { namespace: string | undefined; name: string },
  timeoutMs: number,
  check: (event: ObjectEvent) => T | undefined,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    let stopped = false;
    // Filled once the watch is open; its first events come before that.
    const open: { watch?: { stop(): void } } = {};
    let initial = true;
    let seen = false;
    const finish = (act: () => void): void => {
      if (stopped) return;
      stopped = true;
      open.watch?.stop();
      act();
    };
    const look = (event: ObjectEvent): void => {
      if (stopped) return;
      try {
        const found = check(event);
        if (found !== undefined) finish(() => resolve(found));
      } catch (error) {
        finish(() => reject(error as Error));
      }
    };
    const onEvent = ({ type, object }: WatchEvent): void => {
      if (type === "BOOKMARK") {
        if (initial && !seen) look({ type: "ABSENT", object: undefined });
        initial = false;
      } else if (type !== "ERROR") {
        seen = true;
        look({ type, object: object as JsonObject });
      }
    };
    const query = {
      watch: "true",
      allowWatchBookmarks: "true",
      sendInitialEvents: "true",
      resourceVersionMatch: "NotOlderThan",
      fieldSelector: `metadata.name=${place.name}`,
    };
    open.watch = io.watch({ method: "GET", path: resourcePath(resource, place.namespace), query }, onEvent);
    if (stopped) open.watch.stop();
    else void io.sleep(timeoutMs).then(() => finish(() => resolve(undefined)));
  });
}
