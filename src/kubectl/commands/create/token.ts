// `kubectl create token`: asks the server for a token of a service account.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create_token.go (v1.35)
import type { Status } from "#api/meta";
import type { JsonObject } from "#base/json";
import { defineCommand, type FlagValues } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { list, number, text } from "../../flags.ts";
import { PRINT_FLAGS } from "../../printers/print.ts";
import { namespaceOf } from "../../selection.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { isStructured } from "../../writing/announce.ts";
import { printStructured } from "../../writing/structured.ts";
import { usageError } from "../../errors.ts";

export const createToken = defineCommand({
  name: "create token",
  short: "Request a service account token",
  long: "Request a service account token.",
  examples: "kubectl create token default",
  usage: "create token SERVICE_ACCOUNT_NAME",
  flags: [
    aFlag("audience", "stringArray", "[]", "Who is meant to accept the token"),
    aFlag("duration", "duration", "0s", "How long the token is to be valid"),
    aFlag("bound-object-kind", "string", "", "Kind of an object whose life bounds the token's"),
    aFlag("bound-object-name", "string", "", "Name of that object"),
    aFlag("bound-object-uid", "string", "", "UID of that object"),
    ...PRINT_FLAGS,
  ],
  run: (args, flags, io) => {
    if (args.length !== 1)
      throw usageError("create token", `exactly one NAME is required, got ${args.length}`);
    checkToken(flags);
    const seconds = number(flags, "duration") / 1000;
    const [kind, boundName, uid] = ["kind", "name", "uid"].map((name) => text(flags, `bound-object-${name}`));
    const spec = {
      ...(list(flags, "audience").length > 0 && { audiences: list(flags, "audience") }),
      ...(seconds > 0 && { expirationSeconds: seconds }),
      ...(kind && {
        boundObjectRef: { kind, apiVersion: "v1", name: boundName ?? "", ...(uid && { uid }) },
      }),
    };
    const response = io.handle({
      method: "POST",
      path: `/api/v1/namespaces/${encodeURIComponent(namespaceOf(io, flags))}/serviceaccounts/${encodeURIComponent(args[0]!)}/token`,
      body: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec },
    });
    if (response.status >= 300) {
      const { message = "" } = response.body as unknown as Status;
      throw plainError(`failed to create token: ${message}`);
    }
    const answer = response.body as JsonObject;
    if (isStructured(flags)) printStructured(io, flags, answer);
    // Only a person needs the end of the line.
    else io.stdout(`${String((answer["status"] as JsonObject)["token"])}${io.tty ? "\n" : ""}`);
    return Promise.resolve(0);
  },
});

const KINDS = ["Node", "Pod", "Secret"];

function checkToken(flags: FlagValues): void {
  const fail = (why: string): never => {
    throw plainError(why);
  };
  const duration = number(flags, "duration");
  if (duration < 0) fail("--duration must be greater than or equal to 0");
  if (duration % 1000 !== 0) fail("--duration cannot be expressed in units less than seconds");
  if (list(flags, "audience").includes("")) fail("--audience must not be an empty string");
  const [kind, name, uid] = ["kind", "name", "uid"].map((part) => text(flags, `bound-object-${part}`));
  if (kind) {
    if (!KINDS.includes(kind)) fail(`supported --bound-object-kind values are ${KINDS.join(", ")}`);
    if (!name) fail("--bound-object-name is required if --bound-object-kind is provided");
  } else {
    if (name) fail("--bound-object-name can only be set if --bound-object-kind is provided");
    if (uid) fail("--bound-object-uid can only be set if --bound-object-kind is provided");
  }
}
