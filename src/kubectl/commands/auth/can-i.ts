// `kubectl auth can-i`: whether an action is allowed, and with --list all that is.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/auth/cani.go (v1.35)
import { isAllowed, rulesOf, type Rule, type User } from "#cluster/apiserver/access-rules";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { bool, string } from "../../common-flags.ts";
import { plainError, StatusError } from "../../errors.ts";
import { flag, text } from "../../flags.ts";
import { discoverResources, findResource, type ApiResource } from "../../mapper.ts";
import { align } from "../../printers/table.ts";
import { namespaceOf } from "../../selection.ts";
import { userOf } from "../../user.ts";

const VERBS: ReadonlySet<string> = new Set(
  "get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest".split(
    " ",
  ),
);
const PATH_VERBS: ReadonlySet<string> = new Set("get put post head options delete patch *".split(" "));
/** Resources that no discovery tells of. */
const UNLISTED: ReadonlySet<string> = new Set(["users", "groups"]);

export const canI = defineCommand({
  name: "auth can-i",
  short: "Check whether an action is allowed",
  long: "Says whether an action is allowed: a verb such as get, list, watch or delete, and a resource or a path. With --as it is another who asks.",
  examples: `# May I create pods in any namespace?
kubectl auth can-i create pods --all-namespaces

# May I list deployments in this one?
kubectl auth can-i list deployments.apps

# May the service account foo of the namespace dev list pods in prod?
kubectl auth can-i list pods --as=system:serviceaccount:dev:foo -n prod

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
  run: (args, flags, io) => Promise.resolve(run(args, flags, io)),
});

function run(args: readonly string[], flags: FlagValues, io: KubectlIo): number {
  const fail = (why: string): never => {
    throw plainError(why);
  };
  const isList = flag(flags, "list");
  const subresource = text(flags, "subresource");
  if (isList && args.length > 0) fail("list option must be specified with no arguments");
  if (!isList && args.length !== 2)
    fail(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  if (isList) {
    if (flag(flags, "quiet") || flag(flags, "all-namespaces") || subresource)
      fail("list option can't be specified with neither quiet, all-namespaces nor subresource options");
    io.stdout(allowedList(rulesOf(signedIn(io, flags)), flag(flags, "no-headers")));
    return 0;
  }
  const [verb = "", what = ""] = args;
  const warn = (warning: string): void => io.stderr(`Warning: ${warning}\n\n`);
  const attempt = what.startsWith("/")
    ? pathAttempt(verb, what)
    : resourceAttempt(verb, what, flags, io, warn);
  if ("path" in attempt) {
    if (subresource) fail("--subresource can not be used with NonResourceURL");
    if (!PATH_VERBS.has(verb)) warn(`verb '${verb}' is not a known verb`);
  }
  if (flag(flags, "no-headers")) fail("--no-headers cannot be set without --list specified");
  const allowed = isAllowed(signedIn(io, flags), attempt);
  if (!flag(flags, "quiet")) io.stdout(allowed ? "yes\n" : "no\n");
  return allowed ? 0 : 1;
}

function signedIn(io: KubectlIo, flags: FlagValues): User {
  const user = userOf(io, flags);
  if (user) return user;
  throw new StatusError({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    reason: "Unauthorized",
    message: "the server has asked for the client to provide credentials",
    code: 401,
  });
}

const pathAttempt = (verb: string, path: string): { verb: string; path: string } => ({ verb, path });

function resourceAttempt(
  verb: string,
  what: string,
  flags: FlagValues,
  io: KubectlIo,
  warn: (text: string) => void,
): Parameters<typeof isAllowed>[1] {
  const slash = what.indexOf("/");
  const [type, name] = slash < 0 ? [what, undefined] : [what.slice(0, slash), what.slice(slash + 1)];
  const found = type === "*" ? undefined : resourceOf(type, io, warn);
  const isEverywhere = flag(flags, "all-namespaces");
  if (!isEverywhere) {
    if (found && !found.namespaced) {
      const group = found.group ? ` in group '${found.group}'` : "";
      warn(`resource '${found.resource}' is not namespace scoped${group}`);
    }
    if (!VERBS.has(verb)) warn(`verb '${verb}' is not a known verb`);
  }
  return {
    verb,
    group: found?.group ?? "",
    resource: found?.resource ?? type,
    subresource: text(flags, "subresource") || undefined,
    name,
    namespace: isEverywhere ? undefined : namespaceOf(io, flags),
  };
}

function resourceOf(type: string, io: KubectlIo, warn: (text: string) => void): ApiResource | undefined {
  const found = findResource(discoverResources(io), type.toLowerCase());
  if (found || UNLISTED.has(type)) return found;
  const [resource, ...rest] = type.toLowerCase().split(".");
  const group = rest.length > 0 ? ` in group '${rest.join(".")}'` : "";
  warn(`the server doesn't have a resource type '${resource}'${group}`);
  return undefined;
}

/** A line for each resource and each path, in the order of the rules as Go writes them out. */
function allowedList(rules: readonly Rule[], noHeaders: boolean): string {
  const single = rules.flatMap(({ verbs, groups = [], resources = [], paths = [] }): Rule[] => [
    ...groups.flatMap((group) =>
      resources.map((resource) => ({ verbs, groups: [group], resources: [resource] })),
    ),
    ...paths.map((path) => ({ verbs, paths: [path] })),
  ]);
  const key = ({ verbs, groups = [], resources = [], paths = [] }: Rule): string =>
    `Verbs:[${verbs.join(" ")}],APIGroups:[${groups.join(" ")}],Resources:[${resources.join(" ")}],NonResourceURLs:[${paths.join(" ")}]`;
  const sorted = single.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const rows = sorted.map(({ verbs, groups = [], resources = [], paths = [] }) => [
    resources.map((resource) => (groups[0] ? `${resource}.${groups[0]}` : resource)).join(","),
    `[${paths.join(" ")}]`,
    "[]",
    `[${verbs.join(" ")}]`,
  ]);
  const headers = ["Resources", "Non-Resource URLs", "Resource Names", "Verbs"];
  return align(noHeaders ? rows : [headers, ...rows]);
}
