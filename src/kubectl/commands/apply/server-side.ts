// `kubectl apply --server-side`: the manifest goes to the server as an apply patch, and the server merges it.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go (v1.35)
import type { Status } from "#api/meta";
import type { JsonObject } from "#base/json";
import type { ApiResponse } from "#cluster/apiserver/client";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError, StatusError } from "../../errors.ts";
import type { LocalObject } from "../../files.ts";
import { changed, flag, text } from "../../flags.ts";
import { dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import { fieldValidationOf } from "../../writing/manifest-check.ts";
import { DEFAULT_MANAGER, takeOver } from "./take-over.ts";

const CONFLICT_HELP = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

export function applyOnServer(
  io: KubectlIo,
  flags: FlagValues,
  local: LocalObject,
  dryRun: DryRun,
): JsonObject {
  const { resource, namespace, name, object } = local;
  const subresource = text(flags, "subresource");
  const path = resourcePath(resource, namespace, name);
  const metadata = { ...(object["metadata"] as JsonObject), ...(namespace && { namespace }) };
  const manager = changed(flags, "field-manager") ? text(flags, "field-manager") : DEFAULT_MANAGER;
  const apply = (): ApiResponse =>
    io.handle({
      method: "PATCH",
      path: subresource ? `${path}/${subresource}` : path,
      contentType: "application/apply-patch+yaml",
      query: {
        fieldManager: manager,
        force: String(flag(flags, "force-conflicts")),
        // `kubectl diff` has no such flag.
        fieldValidation: "validate" in flags ? fieldValidationOf(flags) : "Strict",
        ...dryRunQuery(dryRun),
      },
      body: { ...object, metadata },
    });
  let response = apply();
  if (response.status < 300 && dryRun === "none" && takeOver(io, path, manager, response.body as JsonObject))
    response = apply();
  if (response.status < 300) return response.body as JsonObject;
  const status = response.body as unknown as Status;
  if (response.status === 415)
    throw plainError(`Server-side apply not available on the server: (${status.message ?? ""})`);
  if (status.reason === "Conflict") throw plainError(`${status.message ?? ""}\n${CONFLICT_HELP}`);
  throw new StatusError(status);
}
