// Objects of files as they stand there, for --local.
import type { FlagValues, KubectlIo } from "../command.ts";
import { throwAll } from "../errors.ts";
import type { Info } from "../resources.ts";
import { readManifests } from "./manifest-check.ts";

export async function localInfos(io: KubectlIo, flags: FlagValues): Promise<Info[]> {
  const { objects, errors } = await readManifests(io, { ...flags, validate: "ignore" });
  throwAll(errors);
  return objects.map((local) => {
    const { resource, namespace, name, object } = local;
    return { resource, namespace, name, object, local };
  });
}
