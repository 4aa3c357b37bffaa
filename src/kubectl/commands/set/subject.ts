// `kubectl set subject`: more subjects for a role binding.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/set/set_subject.go (v1.35)
import { defineCommand, type FlagValues } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { writingMode } from "../../writing/announce.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { forEachItem, infosToSet, SetError, shownName } from "../../writing/pod-spec-change.ts";
import { SET_FLAGS } from "./flags.ts";

export const setSubject = defineCommand({
  name: "set subject",
  short: "Update the user, group, or service account in a role binding or cluster role binding",
  long: "Update the user, group, or service account in a role binding or cluster role binding. The subjects that are there stay.",
  examples:
    "kubectl set subject rolebinding admin --user=jane --group=staff\n\n# A service account\nkubectl set subject clusterrolebinding admin --serviceaccount=shop:robot",
  usage:
    "set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]",
  flags: [
    ...SET_FLAGS.filter(({ name }) => name !== "record"),
    aFlag("group", "stringArray", "[]", "Groups to bind to the role"),
    aFlag("serviceaccount", "stringArray", "[]", "Service accounts to bind to the role, as namespace:name"),
    aFlag("user", "stringArray", "[]", "Users to bind to the role"),
  ],
  run: async (args, flags, io) => {
    const dryRun = writingMode(flags, io);
    const infos = await infosToSet(args, flags, io);
    if (flag(flags, "local") && dryRun === "server")
      throw plainError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
    checkSubjects(flags);
    // Simplified: the server has no role bindings, so whatever it has is of another kind.
    forEachItem(infos, (info) => {
      throw new SetError(
        `${shownName(info)} setting subjects is only supported for RoleBinding/ClusterRoleBinding\n`,
      );
    });
    return 0;
  },
});

function checkSubjects(flags: FlagValues): void {
  if (flag(flags, "all") && text(flags, "selector"))
    throw plainError("cannot set --all and --selector at the same time");
  const accounts = list(flags, "serviceaccount");
  if (accounts.length + list(flags, "user").length + list(flags, "group").length === 0)
    throw plainError("you must specify at least one value of user, group or serviceaccount");
  if (accounts.some((account) => !/^[^:]*:[^:]+$/.test(account)))
    throw plainError("serviceaccount must be <namespace>:<name>");
}
