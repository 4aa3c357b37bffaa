// Objects of files as they stand there, for --local.
import type { FlagValues, KubectlIo } from "../command.ts";
import { plainError, throwAll } from "../errors.ts";
import { list, text } from "../flags.ts";
import type { Info } from "../resources.ts";
import { MISSING_RESOURCE } from "../selection.ts";
import { readManifests } from "./manifest-check.ts";

/** --local works on files only. `words` of a command that refuses them are said before the files that lack. */
export function requireLocalFiles(flags: FlagValues, words: readonly string[] = []): void {
  if (words.length > 0)
    throw plainError(`you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`);
  if (list(flags, "filename").length === 0 && !text(flags, "kustomize")) throw plainError(MISSING_RESOURCE);
}

export async function localInfos(io: KubectlIo, flags: FlagValues): Promise<Info[]> {
  const { objects, errors } = await readManifests(io, { ...flags, validate: "ignore" });
  throwAll(errors);
  return objects.map((local) => {
    const { resource, namespace, name, object } = local;
    return { resource, namespace, name, object, local };
  });
}
