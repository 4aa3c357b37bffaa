// `kubectl auth`: who one is to the server, and what one may do there.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/auth (v1.35)
import { formatRfc3339 } from "#base/time";
import { defineCommand } from "../../command.ts";
import { plainError, usageError } from "../../errors.ts";
import { defineGroup } from "../../group.ts";
import { PRINT_FLAGS, printerFor } from "../../printers/print.ts";
import { align } from "../../printers/table.ts";
import { userOf } from "../../user.ts";

export const auth = defineGroup({
  name: "auth",
  short: "Inspect authorization",
  long: "Inspect authorization.",
  examples: "",
  usage: "auth [flags]",
});

export const whoami = defineCommand({
  name: "auth whoami",
  short: "Experimental: Check self subject attributes",
  long: "Shows who the server takes you for: user, groups and extra attributes.",
  examples: `# Who am I?
kubectl auth whoami

# As JSON
kubectl auth whoami -o json`,
  usage: "auth whoami",
  flags: PRINT_FLAGS,
  run: (args, flags, io) => {
    if (args.length > 0)
      return Promise.reject(usageError("auth whoami", `unexpected arguments: [${args.join(" ")}]`));
    const user = userOf(io, flags);
    if (!user)
      return Promise.reject(
        plainError(
          "You must be logged in to the server (the server has asked for the client to provide credentials)",
        ),
      );
    const { name, uid, groups, extra = {} } = user;
    const print = printerFor(flags, io);
    const keys = Object.keys(extra).sort();
    const userInfo = {
      ...(keys.length > 0 && { extra: Object.fromEntries(keys.map((key) => [key, [...extra[key]!]])) }),
      groups: [...groups],
      ...(uid && { uid }),
      username: name,
    };
    if (print)
      io.stdout(
        print({
          apiVersion: "authentication.k8s.io/v1",
          kind: "SelfSubjectReview",
          metadata: { creationTimestamp: formatRfc3339(io.nowMs()) },
          status: { userInfo },
        }),
      );
    else
      io.stdout(
        align([
          ["ATTRIBUTE", "VALUE"],
          ["Username", name],
          ...(uid ? [["UID", uid]] : []),
          ["Groups", `[${groups.join(" ")}]`],
          ...keys.map((key) => [`Extra: ${key}`, `[${extra[key]!.join(" ")}]`]),
        ]),
      );
    return Promise.resolve(0);
  },
});
