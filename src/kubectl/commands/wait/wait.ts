// `kubectl wait`: watches objects until each meets a condition, is deleted or exists.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/wait/wait.go (v1.35)
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import {
  ALL_NAMESPACES_FLAG,
  bool,
  FIELD_SELECTOR_FLAG,
  fileFlags,
  SELECTOR_FLAG,
  string,
} from "../../common-flags.ts";
import { KubectlError } from "../../command.ts";
import { plainError, StatusError, throwAll } from "../../errors.ts";
import { flag, number, text } from "../../flags.ts";
import { requireLocalFiles } from "../../writing/local-infos.ts";
import { objectName, PRINT_FLAGS, printerFor } from "../../printers/print.ts";
import { fetchInfos, targetsOf, type Info, type Target } from "../../resources.ts";
import { untilObject } from "../../watching.ts";
import { meets, parseGoal, type Goal } from "./conditions.ts";

const WEEK_MS = 7 * 24 * 3_600_000;
const POLL_MS = 500;

export const wait = defineCommand({
  name: "wait",
  short: "Wait for a specific condition on one or many resources",
  long: `Waits until objects meet a condition.

 The condition is one that stands in their status, a field that JSONPath finds, or that they exist or are gone. The command looks at each object as it is now and then watches it.

 Where it has happened, a line says so for each object; with -o the object is printed.`,
  examples: `# Until the pod "busybox1" is ready
kubectl wait --for=condition=Ready pod/busybox1

# Until it is not
kubectl wait --for=condition=Ready=false pod/busybox1

# Until a field has a value
kubectl wait --for=jsonpath='{.status.phase}'=Running pod/busybox1

# Until a load balancer has an address
kubectl wait --for=jsonpath='{.status.loadBalancer.ingress}' service/loadbalancer

# Until a Secret exists
kubectl create secret generic "my-secret" --from-literal=key=value & kubectl wait --for=create secret/my-secret

# Until a pod is gone, at most a minute
kubectl wait --for=delete pod/busybox1 --timeout=60s`,
  usage:
    "wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  flags: [
    bool("all", "Takes all objects of the types in the namespace"),
    ALL_NAMESPACES_FLAG,
    FIELD_SELECTOR_FLAG,
    ...fileFlags("of what to wait for")
      .map((flag) => (flag.name === "recursive" ? { ...flag, default: "true" } : flag))
      .filter(({ name }) => name !== "kustomize"),
    string(
      "for",
      "What to wait for: create, delete, condition=NAME[=VALUE] or jsonpath='{EXPRESSION}'[=VALUE]; VALUE is true by default",
    ),
    bool("local", "Works on what -f holds, without the API server"),
    ...PRINT_FLAGS,
    SELECTOR_FLAG,
    {
      name: "timeout",
      type: "duration",
      default: "30s",
      help: "How long to wait; 0 looks once, a negative value waits for a week",
    },
  ],
  run: async (args, flags, io) => {
    const goal = parseGoal(text(flags, "for"));
    if (flag(flags, "local")) requireLocalFiles(flags, args);
    const timeout = number(flags, "timeout");
    const end = io.nowMs() + (timeout < 0 ? WEEK_MS : timeout);
    const { targets, errors } = await present(args, flags, io, goal, end);
    const print = printerFor(flags, io) ?? ((object: JsonObject) => `${objectName(object)} condition met\n`);
    let visited = 0;
    for (const target of targets) {
      const fetched = fetchInfos(io, [target], goal.kind === "delete");
      errors.push(...fetched.errors);
      for (const info of fetched.infos) {
        visited++;
        try {
          io.stdout(print(await waitFor(info, goal, timeout, end, io)));
        } catch (error) {
          if (!(error instanceof KubectlError || error instanceof StatusError)) throw error;
          errors.push(error);
        }
      }
    }
    throwAll(errors);
    if (visited === 0 && goal.kind !== "delete") throw plainError("no matching resources found");
    return io.signal.aborted ? 130 : 0;
  },
});

/** What is meant; with --for=create it is asked for until it is there. */
async function present(
  args: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
  goal: Goal,
  end: number,
): Promise<{ targets: Target[]; errors: Error[] }> {
  for (;;) {
    const { targets, errors } = await targetsOf(args, flags, io);
    if (goal.kind !== "create") return { targets, errors: [...errors] };
    const fetched = fetchInfos(io, targets);
    const missing = fetched.errors.some(
      (error) => error instanceof StatusError && error.status.reason === "NotFound",
    );
    if (!missing && fetched.infos.length > 0) return { targets, errors: [...errors] };
    if (io.signal.aborted) throw new KubectlError("", 130);
    if (io.nowMs() + POLL_MS > end) throw plainError("timed out waiting for the condition");
    await io.sleep(POLL_MS);
  }
}

async function waitFor(
  { resource, namespace, name, object }: Info,
  goal: Goal,
  timeout: number,
  end: number,
  io: KubectlIo,
): Promise<JsonObject> {
  if (goal.kind === "create") return object;
  const shown = `${resource.resource}/${name}`;
  if (timeout === 0) {
    if (goal.kind === "delete" || !meets(goal, object)) throw plainError(`condition not met for ${shown}`);
    return object;
  }
  const uid = (object["metadata"] as { uid?: string }).uid;
  const left = end - io.nowMs();
  // One time counts for all objects.
  if (left <= 0) throw plainError(`timed out waiting for the condition on ${shown}`);
  const met = await untilObject(io, resource, { namespace, name }, left, (event): JsonObject | undefined => {
    if (goal.kind !== "delete")
      return event.object && event.type !== "DELETED" && meets(goal, event.object) ? event.object : undefined;
    const replaced = event.object && (event.object["metadata"] as { uid?: string }).uid !== uid;
    return event.type === "ABSENT" || event.type === "DELETED" || replaced ? object : undefined;
  });
  if (!met) throw plainError(`timed out waiting for the condition on ${shown}`);
  return met;
}
