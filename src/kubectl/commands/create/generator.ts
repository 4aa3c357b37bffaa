// The frame of `kubectl create KIND NAME`: flags that all generators share, the name, the request and what is printed.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create (v1.35)
import type { JsonObject } from "#base/json";
import type { Command, Flag, FlagValues, KubectlIo } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { argsBeforeDash } from "../../flags.ts";
import { createObject } from "../../writing/create-object.ts";
import { writingMode } from "../../writing/announce.ts";
import { fieldManagerFlag, SAVE_CONFIG_FLAG, VALIDATE_FLAG, WRITING_FLAGS } from "../../writing/flag-sets.ts";

export interface Generator {
  /** "create deployment" */
  name: string;
  aliases?: readonly string[];
  short: string;
  examples: string;
  usage: string;
  flags: readonly Flag[];
  plural: string;
  namespaced?: boolean;
  /** Before the server's refusal: "failed to create deployment: ". */
  failure?: string;
  /** The object to send; throws what kubectl complains of. `rest` stands behind the name. */
  build(name: string, flags: FlagValues, io: KubectlIo, rest: readonly string[]): JsonObject;
}

export function defineGenerator(generator: Generator): Command {
  const { name, short, examples, usage, plural, namespaced = true, failure } = generator;
  return {
    name,
    ...(generator.aliases && { aliases: generator.aliases }),
    short,
    long: `${short}.`,
    examples,
    usage,
    flags: [
      ...generator.flags,
      ...WRITING_FLAGS,
      fieldManagerFlag("kubectl-create"),
      SAVE_CONFIG_FLAG,
      VALIDATE_FLAG,
    ],
    run: (args, flags, io) => {
      const [own = "", ...rest] = nameFrom(name, args, flags);
      const dryRun = writingMode(flags, io);
      const object = generator.build(own, flags, io, rest);
      createObject(io, flags, { object, plural, namespaced, dryRun, ...(failure && { failure }) });
      return Promise.resolve(0);
    },
  };
}

/** The name, and what stands behind `--`. */
function nameFrom(command: string, args: readonly string[], flags: FlagValues): readonly string[] {
  const dash = argsBeforeDash(flags);
  const count = dash < 0 ? args.length : dash;
  if (count !== 1) throw usageError(command, `exactly one NAME is required, got ${count}`);
  return args;
}
