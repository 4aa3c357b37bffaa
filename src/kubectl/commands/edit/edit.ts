// `kubectl edit`: changes objects of the server in an editor.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/edit/edit.go (v1.35)
import type { Status } from "#api/meta";
import { TYPES } from "#api/type-table";
import { deepEqual, type JsonObject } from "#base/json";
import { withLastApplied } from "../../apply/last-applied.ts";
import { threeWayPatch } from "../../apply/three-way.ts";
import { defineCommand, type FlagValues, type KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError, throwAll } from "../../errors.ts";
import { flag, text } from "../../flags.ts";
import { objectName, PRINT_FLAGS, withoutManagedFields } from "../../printers/print.ts";
import { fetchInfos, targetsOf, withSubresource, type Info } from "../../resources.ts";
import { announce } from "../../writing/announce.ts";
import {
  aFlag,
  fieldManagerFlag,
  fileFlags,
  SAVE_CONFIG_FLAG,
  VALIDATE_FLAG,
} from "../../writing/flag-sets.ts";
import { fieldValidationOf } from "../../writing/manifest-check.ts";
import { edit, type Saved } from "./session.ts";

export const editCommand = defineCommand({
  name: "edit",
  short: "Edit a resource on the server",
  long: "Edit a resource from the default editor.\n\n What the server refuses is shown above the text, which opens again.",
  examples: "kubectl edit svc/kubia",
  usage: "edit (RESOURCE/NAME | -f FILENAME)",
  flags: [
    ...fileFlags("with the objects to edit"),
    ...PRINT_FLAGS,
    aFlag("output-patch", "bool", "false", "Prints the patch if anything was changed"),
    aFlag("subresource", "string", "", "The subresource to edit, such as status or scale"),
    aFlag("windows-line-endings", "bool", "false", "Windows line endings"),
    fieldManagerFlag("kubectl-edit"),
    SAVE_CONFIG_FLAG,
    VALIDATE_FLAG,
  ],
  run: async (args, flags, io) => {
    const infos = await infosToEdit(args, flags, io);
    fieldValidationOf(flags);
    if (infos.length === 0) throw plainError("edit cancelled, no objects found");
    return edit(io, flags, {
      infos,
      what: "the object",
      save: (info, edited) => save(io, flags, info, edited),
    });
  },
});

/** The objects, or with --subresource what the server has below them. */
async function infosToEdit(args: readonly string[], flags: FlagValues, io: KubectlIo): Promise<Info[]> {
  const { targets, errors } = await targetsOf(args, flags, io, { bareTypeIsList: true });
  const fetched = fetchInfos(io, withSubresource(targets, text(flags, "subresource")));
  throwAll([...errors, ...fetched.errors]);
  return fetched.infos.map((info) => ({ ...info, object: withoutManagedFields(info.object) }));
}

function save(io: KubectlIo, flags: FlagValues, info: Info, edited: JsonObject): Saved {
  const { resource, namespace, name, object } = info;
  if (deepEqual(object, edited)) {
    io.stdout(`${objectName(edited)} skipped\n`);
    return { ok: true };
  }
  const sameName = (edited["metadata"] as JsonObject)["name"] === name;
  if (edited["apiVersion"] !== object["apiVersion"] || edited["kind"] !== object["kind"] || !sameName)
    throw plainError("At least one of apiVersion, kind and name was changed");
  const wanted = flag(flags, "save-config") ? withLastApplied(edited, namespace) : edited;
  const patch = threeWayPatch(object, wanted, object, { types: TYPES, root: String(object["kind"]) });
  if (flag(flags, "output-patch")) io.stdout(`Patch: ${JSON.stringify(patch)}\n`);
  const base = resourcePath(resource, namespace, name);
  const subresource = text(flags, "subresource");
  const response = io.handle({
    method: "PATCH",
    path: subresource ? `${base}/${subresource}` : base,
    contentType: "application/strategic-merge-patch+json",
    query: { fieldManager: text(flags, "field-manager"), fieldValidation: fieldValidationOf(flags) },
    body: patch,
  });
  if (response.status >= 300) return { ok: false, status: response.body as unknown as Status };
  announce(io, flags, { resource, object: response.body as JsonObject, operation: "edited" });
  return { ok: true };
}
