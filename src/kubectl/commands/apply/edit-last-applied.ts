// `kubectl apply edit-last-applied`: changes in an editor what was applied last, and nothing else.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply_edit_last_applied.go (v1.35)
import type { Status } from "#api/meta";
import { deepEqual, type JsonObject } from "#base/json";
import { lastApplied, LAST_APPLIED, goJson } from "../../apply/last-applied.ts";
import { defineCommand } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError } from "../../errors.ts";
import { objectName, PRINT_FLAGS } from "../../printers/print.ts";
import { objectsOf, type Info } from "../../resources.ts";
import { aFlag, fieldManagerFlag, fileFlags, VALIDATE_FLAG } from "../../writing/flag-sets.ts";
import { edit } from "../edit/session.ts";

export const editLastApplied = defineCommand({
  name: "apply edit-last-applied",
  short: "Edit latest last-applied-configuration annotations of a resource/object",
  long: "Edit the latest last-applied-configuration annotations of resources from the default editor.",
  examples: "kubectl apply edit-last-applied svc/kubia",
  usage: "apply edit-last-applied (RESOURCE/NAME | -f FILENAME)",
  flags: [
    ...fileFlags("with the objects"),
    ...PRINT_FLAGS,
    aFlag("windows-line-endings", "bool", "false", "Windows line endings"),
    fieldManagerFlag("kubectl-client-side-apply"),
    VALIDATE_FLAG,
  ],
  run: async (args, flags, io) => {
    const infos = (await objectsOf(args, flags, io, { bareTypeIsList: true })).flatMap((info): Info[] => {
      const applied = lastApplied(info.object);
      return applied ? [{ ...info, object: applied }] : [];
    });
    if (infos.length === 0)
      throw plainError(
        "no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`",
      );
    return edit(io, flags, {
      infos,
      what: "the 'last-applied-configuration' annotations",
      save: (info: Info, edited: JsonObject) => {
        const { resource, namespace, name, object } = info;
        if (deepEqual(object, edited)) {
          io.stdout(`${objectName(edited)} skipped\n`);
          return { ok: true };
        }
        const response = io.handle({
          method: "PATCH",
          path: resourcePath(resource, namespace, name),
          contentType: "application/merge-patch+json",
          body: { metadata: { annotations: { [LAST_APPLIED]: `${goJson(edited)}\n` } } },
        });
        if (response.status >= 300) return { ok: false, status: response.body as unknown as Status };
        io.stdout(`${objectName(edited)} edited\n`);
        return { ok: true };
      },
    });
  },
});
