// Objects of files as they stand there, for --local.
import type { FlagValues, KubectlIo } from "../command.ts";
import { plainError, throwAll } from "../errors.ts";
import { list, text } from "../flags.ts";
import type { Info } from "../resources.ts";
import { readManifests } from "./manifest-check.ts";

/** --local works on files only. */
export function requireLocalFiles(flags: FlagValues): void {
  if (list(flags, "filename").length === 0 && !text(flags, "kustomize"))
    throw plainError(`you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`);
}

export async function localInfos(io: KubectlIo, flags: FlagValues): Promise<Info[]> {
  const { objects, errors } = await readManifests(io, { ...flags, validate: "ignore" });
  throwAll(errors);
  return objects.map((local) => {
    const { resource, namespace, name, object } = local;
    return { resource, namespace, name, object, local };
  });
}
