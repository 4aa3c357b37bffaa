// `kubectl create -f`: new objects from files; an object that is there already is an error.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create.go (v1.35)
import type { JsonObject } from "#base/json";
import { withLastApplied } from "../../apply/last-applied.ts";
import { defineCommand, type Command, type FlagValues, type KubectlIo } from "../../command.ts";
import { resourcePath } from "../../discovery.ts";
import { plainError, throwAll, usageError } from "../../errors.ts";
import type { LocalObject } from "../../files.ts";
import { flag, text } from "../../flags.ts";
import { request } from "../../resources.ts";
import { announce, writingMode } from "../../writing/announce.ts";
import { dryRunQuery, type DryRun } from "../../writing/dry-run.ts";
import {
  aFlag,
  fieldManagerFlag,
  fileFlags,
  RECORD_FLAG,
  SAVE_CONFIG_FLAG,
  SELECTOR_FLAG,
  VALIDATE_FLAG,
  WRITING_FLAGS,
} from "../../writing/flag-sets.ts";
import { fieldValidationOf, readManifests, readRaw, requireFiles } from "../../writing/manifest-check.ts";
import { recorded } from "../../writing/record.ts";
import { inNamespace } from "../../writing/in-namespace.ts";
import { editManifests } from "../edit/edit-new.ts";
import { createConfigMap } from "./configmap.ts";
import { createDeployment } from "./deployment.ts";
import { createIngress } from "./ingress.ts";
import { createCronJob, createJob } from "./jobs.ts";
import { createPlain } from "./plain.ts";
import { createSecret } from "./secret.ts";
import { createService } from "./service.ts";
import { createToken } from "./token.ts";
import { withoutVersion } from "../../writing/without-version.ts";

const create: Command = defineCommand({
  name: "create",
  short: "Create a resource from a file or from stdin",
  long: "Create a resource from a file or from stdin.\n\n JSON and YAML formats are accepted.",
  examples:
    "# From a file\nkubectl create -f ./kubia-svc.yaml\n\n# From stdin\ncat kubia-svc.yaml | kubectl create -f -",
  usage: "create -f FILENAME",
  flags: [
    ...fileFlags("with what to create"),
    ...WRITING_FLAGS,
    aFlag("edit", "bool", "false", "Opens the editor before anything is created"),
    aFlag("raw", "string", "", "Path of the server to which the file is sent as it is"),
    aFlag("windows-line-endings", "bool", "false", "For --edit: Windows line endings"),
    SELECTOR_FLAG,
    RECORD_FLAG,
    fieldManagerFlag("kubectl-create"),
    SAVE_CONFIG_FLAG,
    VALIDATE_FLAG,
  ],
  run: async (args, flags, io) => {
    if (args.length > 0) throw usageError("create", `Unexpected args: [${args.join(" ")}]`);
    requireFiles(flags);
    const dryRun = writingMode(flags, io);
    if (text(flags, "raw")) return createRaw(flags, io);
    if (flag(flags, "edit")) return editManifests(io, flags, dryRun);
    const { objects, errors } = await readManifests(io, flags);
    const failed: Error[] = [];
    for (const local of objects) {
      try {
        createOne(io, flags, local, dryRun);
      } catch (error) {
        failed.push(error as Error);
      }
    }
    throwAll([...failed, ...errors]);
    if (objects.length === 0) throw plainError("no objects passed to create");
    return 0;
  },
});

async function createRaw(flags: FlagValues, io: KubectlIo): Promise<number> {
  const body = await readRaw(io, flags);
  io.stdout(JSON.stringify(request(io, { method: "POST", path: text(flags, "raw"), body }).body));
  return 0;
}

function createOne(io: KubectlIo, flags: FlagValues, local: LocalObject, dryRun: DryRun): void {
  const { resource, namespace, source } = local;
  const saved = flag(flags, "save-config") ? withLastApplied(local.object, namespace) : inNamespace(local);
  const body = recorded(flags, saved);
  const object =
    dryRun === "client"
      ? body
      : (request(
          io,
          {
            method: "POST",
            path: resourcePath(resource, namespace),
            query: {
              fieldManager: text(flags, "field-manager"),
              fieldValidation: fieldValidationOf(flags),
              ...dryRunQuery(dryRun),
            },
            body: withoutVersion(body),
          },
          `error when creating "${source}"`,
        ).body as JsonObject);
  announce(io, flags, { resource, object, operation: "created", dryRun });
}

export const createCommands: readonly Command[] = [
  create,
  ...createPlain,
  ...createSecret,
  createConfigMap,
  ...createService,
  createDeployment,
  createJob,
  createCronJob,
  createIngress,
  createToken,
];
