// The pod, and with --expose the Service, that `kubectl run` makes from its flags.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/generate/versioned/run.go (v1.35)
import type { JsonObject } from "#base/json";
import type { FlagValues } from "../../command.ts";
import { plainError, usageError } from "../../errors.ts";
import { argsBeforeDash, flag, list, text } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import { envNameProblem } from "../../writing/env-name.ts";
import { ownNamespace } from "../../writing/create-object.ts";
import { isImageName } from "../../writing/image-name.ts";
import { atoi } from "../../writing/numbers.ts";
import { overridden } from "../../writing/overrides.ts";
import { parseLabels, parsePairs } from "../../writing/pairs.ts";

/** What is wrong with the line, in kubectl's order. */
export function checkRun(
  args: readonly string[],
  flags: FlagValues,
  attach: boolean,
  isDryRun: boolean,
): void {
  const fail = (why: string): never => {
    throw usageError("run", why);
  };
  if (args.length === 0 || argsBeforeDash(flags) === 0) fail("NAME is required for run");
  const image = text(flags, "image");
  if (image === "") throw plainError("--image is required");
  if (!isImageName(image)) throw plainError(`Invalid image name ${goQuote(image)}: invalid reference format`);
  const stdin = flag(flags, "stdin");
  if (flag(flags, "tty") && !stdin) fail("-i/--stdin is required for containers with -t/--tty=true");
  if (flag(flags, "expose") && text(flags, "port") === "") fail("--port must be set when exposing a service");
  const restart = text(flags, "restart");
  if (!["", "Always", "OnFailure", "Never"].includes(restart)) fail(`invalid restart policy: ${restart}`);
  if (!attach && flag(flags, "rm")) fail("--rm should only be used for attached containers");
  if (attach && isDryRun)
    fail(
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    );
  const pull = text(flags, "image-pull-policy");
  if (!["", "Always", "IfNotPresent", "Never"].includes(pull)) fail(`invalid image pull policy: ${pull}`);
}

export function restartPolicyOf(flags: FlagValues): string {
  return text(flags, "restart") || (flag(flags, "stdin") ? "OnFailure" : "Always");
}

export function podFromFlags(name: string, rest: readonly string[], flags: FlagValues): JsonObject {
  const annotations = parsePairs(list(flags, "annotations"), "annotations", false).set;
  const env = list(flags, "env").map(parseEnv);
  const port = text(flags, "port");
  const stdin = flag(flags, "stdin");
  const pull = text(flags, "image-pull-policy");
  const container: JsonObject = {
    name,
    image: text(flags, "image"),
    ...(rest.length > 0 && { [flag(flags, "command") ? "command" : "args"]: [...rest] }),
    ...(port !== "" && { ports: [{ containerPort: atoi(port) }] }),
    ...(env.length > 0 && { env }),
    ...(pull && { imagePullPolicy: pull }),
    ...(flag(flags, "privileged") && { securityContext: { privileged: true } }),
    ...(stdin && { stdin: true, ...(!flag(flags, "leave-stdin-open") && { stdinOnce: true }) }),
    ...(flag(flags, "tty") && { tty: true }),
  };
  return overridden(flags, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      ...ownNamespace(flags),
      labels: labelsOf(name, flags),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: { containers: [container], restartPolicy: restartPolicyOf(flags), dnsPolicy: "ClusterFirst" },
  });
}

function labelsOf(name: string, flags: FlagValues): Record<string, string> {
  const words = text(flags, "labels");
  return words === "" ? { run: name } : parseLabels(words);
}

function parseEnv(word: string): JsonObject {
  const equals = word.indexOf("=");
  const name = word.slice(0, Math.max(equals, 0));
  if (equals < 1 || envNameProblem(name)) throw plainError(`invalid env: ${word}`);
  const value = word.slice(equals + 1);
  return { name, ...(value !== "" && { value }) };
}

export function serviceForPod(name: string, flags: FlagValues): JsonObject {
  const port = atoi(text(flags, "port"));
  const own = text(flags, "labels");
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, ...ownNamespace(flags), ...(own && { labels: parseLabels(own) }) },
    spec: { ports: [{ protocol: "TCP", port, targetPort: port }], selector: labelsOf(name, flags) },
  };
}
