// `kubectl create --edit`: objects from files are changed in an editor before they are made.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create.go RunEditOnCreate (v1.35)
import type { Status } from "#api/meta";
import type { JsonObject } from "#base/json";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { throwAll } from "../../errors.ts";
import { text } from "../../flags.ts";
import { objectName } from "../../printers/print.ts";
import { dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import { fieldValidationOf, readManifests } from "../../writing/manifest-check.ts";
import { edit, type Saved } from "./session.ts";
import { withoutVersion } from "../../writing/without-version.ts";

export async function editManifests(io: KubectlIo, flags: FlagValues, dryRun: DryRun): Promise<number> {
  const { objects, errors } = await readManifests(io, flags);
  throwAll(errors);
  for (const local of objects) {
    const { resource, namespace, name, object } = local;
    const info = { resource, namespace, name, object, local };
    const save = (_: unknown, edited: JsonObject): Saved => {
      const response = io.handle({
        method: "POST",
        path: resourcePath(resource, namespace),
        query: {
          fieldManager: text(flags, "field-manager"),
          fieldValidation: fieldValidationOf(flags),
          ...dryRunQuery(dryRun),
        },
        body: withoutVersion(edited),
      });
      if (response.status >= 300) return { ok: false, status: response.body as unknown as Status };
      io.stdout(`${objectName(response.body as JsonObject)} created\n`);
      return { ok: true };
    };
    const exit = await edit(io, flags, { infos: [info], what: "the object", save });
    if (exit !== 0) return exit;
  }
  return 0;
}
