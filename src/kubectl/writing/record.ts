// --record: the line itself becomes an annotation, which rollout history shows as the cause of a change.
// Kubernetes: staging/src/k8s.io/cli-runtime/pkg/genericclioptions/record_flags.go (v1.35)
import type { JsonObject } from "#base/json";
import type { Command, FlagValues } from "../command.ts";
import { flag, GIVEN } from "../flags.ts";

const CHANGE_CAUSE = "kubernetes.io/change-cause";

/** The line that flags came from. */
const CAUSES = new WeakMap<FlagValues, string>();

/** A command that knows its own line while it runs. */
export function remembering(command: Command): Command {
  return {
    ...command,
    run: (args, flags, io) => {
      if (flag(flags, "record")) CAUSES.set(flags, lineOf(command.name, args, flags));
      return command.run(args, flags, io);
    },
  };
}

/** Words first, then flags by their long names in the order in which they were given. */
function lineOf(name: string, args: readonly string[], flags: FlagValues): string {
  const given = ((flags[GIVEN] ?? []) as string[]).flatMap((flagName) => {
    const value = flags[flagName];
    return (Array.isArray(value) ? value : [value]).map((one) => `--${flagName}=${String(one)}`);
  });
  return ["kubectl", name, ...args, ...given].join(" ");
}

/** The object with the annotation, if --record was given. */
export function recorded(flags: FlagValues, object: JsonObject): JsonObject {
  const cause = CAUSES.get(flags);
  if (cause === undefined) return object;
  const metadata = (object["metadata"] ?? {}) as JsonObject;
  const annotations = { ...(metadata["annotations"] as JsonObject | undefined), [CHANGE_CAUSE]: cause };
  return { ...object, metadata: { ...metadata, annotations } };
}

/** For commands that change something else than the object itself: the merge patch that records the line. */
export function recordPatch(flags: FlagValues): JsonObject | undefined {
  const cause = CAUSES.get(flags);
  return cause === undefined ? undefined : { metadata: { annotations: { [CHANGE_CAUSE]: cause } } };
}
