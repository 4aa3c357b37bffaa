// `kubectl auth`: what the user may do. There is one user, who may do everything.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/auth (v1.35)
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError, usageError } from "../../errors.ts";
import { flag } from "../../flags.ts";
import { defineGroup } from "../../group.ts";
import { discoverResources, findResource } from "../../mapper.ts";
import { PRINT_FLAGS, printerFor } from "../../printers/print.ts";
import { align } from "../../printers/table.ts";

export const auth = defineGroup({
  name: "auth",
  short: "Inspect authorization",
  long: "Inspect authorization.",
  examples: "",
  usage: "auth [flags]",
});

// Simplified: no authorization; everybody is the administrator that kubeadm makes.
const USER = { username: "kubernetes-admin", groups: ["kubeadm:cluster-admins", "system:authenticated"] };

export const canI = defineCommand({
  name: "auth can-i",
  short: "Check whether an action is allowed",
  long: "Says whether an action is allowed: a verb such as get, list, watch or delete, and a resource or a path.",
  examples: `# May I create pods in any namespace?
kubectl auth can-i create pods --all-namespaces

# May I list deployments in this one?
kubectl auth can-i list deployments.apps

# May I read the log of pods?
kubectl auth can-i get pods --subresource=log

# Everything that I may do here
kubectl auth can-i --list --namespace=foo`,
  usage: "auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL]",
  flags: [
    bool("all-namespaces", "Asks for all namespaces", { short: "A" }),
    bool("list", "Lists all that is allowed"),
    bool("no-headers", "Leaves the headers of the list out"),
    bool("quiet", "Prints nothing; the exit code tells", { short: "q" }),
    string("subresource", "Subresource such as log or scale"),
  ],
  run: (args, flags, io) => {
    if (flag(flags, "list")) {
      if (args.length > 0)
        return Promise.reject(plainError("list option must be specified with no arguments"));
      io.stdout(allowedList(flag(flags, "no-headers")));
      return Promise.resolve(0);
    }
    if (args.length < 1 || args.length > 2)
      return Promise.reject(
        plainError(
          "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
        ),
      );
    if (args.length === 1)
      return Promise.reject(
        plainError(
          "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
        ),
      );
    warn(args[1]!, flags, io);
    if (!flag(flags, "quiet")) io.stdout("yes\n");
    return Promise.resolve(0);
  },
});

function warn(what: string, flags: FlagValues, io: KubectlIo): void {
  if (what.startsWith("/") || what === "*") return;
  const resource = findResource(discoverResources(io), what.split("/")[0]!);
  if (!resource) io.stderr(`Warning: the server doesn't have a resource type '${what.split("/")[0]}'\n\n`);
  else if (!resource.namespaced && !flag(flags, "all-namespaces")) {
    const group = resource.group ? ` in group '${resource.group}'` : "";
    io.stderr(`Warning: resource '${resource.resource}' is not namespace scoped${group}\n\n`);
  }
}

function allowedList(noHeaders: boolean): string {
  const rows = [
    ["*.*", "[]", "[]", "[*]"],
    ["", "[*]", "[]", "[*]"],
  ];
  const headers = ["Resources", "Non-Resource URLs", "Resource Names", "Verbs"];
  return align(noHeaders ? rows : [headers, ...rows]);
}

export const whoami = defineCommand({
  name: "auth whoami",
  short: "Experimental: Check self subject attributes",
  long: "Shows who the server takes you for: user, groups and extra attributes.",
  examples: `# Who am I?
kubectl auth whoami`,
  usage: "auth whoami",
  flags: PRINT_FLAGS,
  run: (args, flags, io) => {
    if (args.length > 0)
      return Promise.reject(usageError("auth whoami", `unexpected arguments: [${args.join(" ")}]`));
    const print = printerFor(flags, io);
    if (print)
      io.stdout(
        print({
          apiVersion: "authentication.k8s.io/v1",
          kind: "SelfSubjectReview",
          metadata: { creationTimestamp: null },
          status: { userInfo: { groups: USER.groups, username: USER.username } },
        }),
      );
    else
      io.stdout(
        align([
          ["ATTRIBUTE", "VALUE"],
          ["Username", USER.username],
          ["Groups", `[${USER.groups.join(" ")}]`],
        ]),
      );
    return Promise.resolve(0);
  },
});
