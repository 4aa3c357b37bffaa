// Flags that many writing commands share, so that each is described once.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go (v1.35)
import type { Flag, FlagType } from "../command.ts";
import { PRINT_FLAGS } from "../printers/print.ts";
import { DRY_RUN_FLAG } from "../common-flags.ts";

export {
  ALL_NAMESPACES_FLAG,
  FIELD_SELECTOR_FLAG,
  fieldManagerFlag,
  SELECTOR_FLAG,
} from "../common-flags.ts";

/** A flag in one line. */
export function aFlag(
  name: string,
  type: FlagType,
  preset: string,
  help: string,
  more: Partial<Flag> = {},
): Flag {
  return { name, type, default: preset, help, ...more };
}

export const fileFlags = (usage: string): Flag[] => [
  aFlag("filename", "stringList", "[]", `Files, folders or URLs ${usage}`, { short: "f" }),
  aFlag("kustomize", "string", "", "Folder with a kustomization; cannot stand beside -f or -R", {
    short: "k",
  }),
  aFlag("recursive", "bool", "false", "Goes through the folders below those given with -f", { short: "R" }),
];

export const ALL_FLAG: Flag = aFlag(
  "all",
  "bool",
  "false",
  "Every object of the types that are named, in the namespace",
);
export const LOCAL_FLAG: Flag = aFlag("local", "bool", "false", "Works on files only and asks no server");
export const RECORD_FLAG: Flag = aFlag(
  "record",
  "bool",
  "false",
  "Writes the command into an annotation of the object",
  {
    deprecated: "--record will be removed in the future",
    hidden: true,
  },
);
export const SAVE_CONFIG_FLAG: Flag = aFlag(
  "save-config",
  "bool",
  "false",
  "Keeps the configuration in an annotation, for a later kubectl apply",
);
export const VALIDATE_FLAG: Flag = aFlag(
  "validate",
  "string",
  "strict",
  'One of "strict" (or true), "warn", "ignore" (or false): how unknown and duplicate fields are met',
  {
    bare: "strict",
  },
);
export const podRunningTimeoutFlag = (preset: string): Flag =>
  aFlag("pod-running-timeout", "duration", preset, "How long to wait until a pod runs (such as 5s, 2m, 3h)");

/** For commands that print what they wrote and know dry runs. */
export const WRITING_FLAGS: readonly Flag[] = [...PRINT_FLAGS, DRY_RUN_FLAG];
