// `kubectl create token`: asks the server for a token of a service account.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create_token.go (v1.35)
import type { Status } from "#api/meta";
import type { JsonObject } from "#base/json";
import { defineCommand } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { list, number } from "../../flags.ts";
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
    const seconds = number(flags, "duration") / 1000;
    const spec = {
      ...(list(flags, "audience").length > 0 && { audiences: list(flags, "audience") }),
      ...(seconds > 0 && { expirationSeconds: Math.floor(seconds) }),
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
    else io.stdout(`${String((answer["status"] as JsonObject)["token"])}\n`);
    return Promise.resolve(0);
  },
});
