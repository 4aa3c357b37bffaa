// `kubectl rollout status`: follows a rollout until it is done.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_status.go (v1.35)
import type { JsonObject } from "#base/json";
import {
  defineCommand,
  KubectlError,
  type FlagValues,
  type KubectlIo,
  type WatchEvent,
} from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError } from "../../errors.ts";
import { flag, number } from "../../flags.ts";
import { visit, type Info } from "../../resources.ts";
import { aFlag, fileFlags, SELECTOR_FLAG } from "../../writing/flag-sets.ts";
import { stateOf, type RolloutState } from "./state.ts";
import { nothingFound, requireResource, rolloutItems } from "./targets.ts";

export const rolloutStatus = defineCommand({
  name: "rollout status",
  short: "Show the status of the rollout",
  long: "Show the status of the rollout.\n\n Watches the latest rollout until it is done, unless --watch=false.",
  examples: "kubectl rollout status deployment/web",
  usage: "rollout status (TYPE NAME | TYPE/NAME) [flags]",
  flags: [
    ...fileFlags("with the objects"),
    SELECTOR_FLAG,
    aFlag("revision", "int", "0", "Only this revision; an error once another one runs"),
    aFlag("timeout", "duration", "0s", "How long to watch; 0 means until it is done"),
    aFlag("watch", "bool", "true", "Follows the rollout until it is done", { short: "w" }),
  ],
  run: async (args, flags, io) => {
    requireResource(args, flags);
    if (number(flags, "revision") < 0)
      throw plainError(`revision must be a positive integer: ${number(flags, "revision")}`);
    const count = await visit(await rolloutItems(args, flags, io), (info) => follow(io, flags, info));
    return count === 0 ? nothingFound(io, flags) : 0;
  },
});

async function follow(io: KubectlIo, flags: FlagValues, info: Info): Promise<void> {
  const revision = number(flags, "revision");
  const look = (object: JsonObject): boolean => {
    const state: RolloutState = stateOf(info.resource.kind, object, revision);
    io.stdout(state.text);
    return state.done;
  };
  if (look(info.object) || !flag(flags, "watch")) return;
  const { resource, namespace, name } = info;
  const { resourceVersion = "" } = info.object["metadata"] as { resourceVersion?: string };
  const query = { watch: "true", fieldSelector: `metadata.name=${name}`, resourceVersion };
  const timeout = number(flags, "timeout");
  let stop = (): void => {};
  const end = await new Promise<"done" | "timeout" | "aborted" | Error>((resolve) => {
    const hear = ({ type, object }: WatchEvent): void => {
      try {
        if (type === "DELETED") resolve(plainError("object has been deleted"));
        else if ((type === "MODIFIED" || type === "ADDED") && look(object as JsonObject)) resolve("done");
      } catch (error) {
        resolve(error as Error);
      }
    };
    const watch = io.watch({ method: "GET", path: resourcePath(resource, namespace), query }, hear);
    stop = () => watch.stop();
    if (timeout > 0) void io.sleep(timeout).then(() => resolve("timeout"));
    io.signal.addEventListener("abort", () => resolve("aborted"));
  });
  stop();
  if (end === "timeout") throw plainError("timed out waiting for the condition");
  if (end === "aborted") throw new KubectlError("", 130);
  if (end instanceof Error) throw end;
}
