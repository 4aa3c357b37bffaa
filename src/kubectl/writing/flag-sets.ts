// Flags that many writing commands share, so that each is described once.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go (v1.35)
import type { Flag, FlagType } from "../command.ts";
import { PRINT_FLAGS } from "../printers/print.ts";
import { DRY_RUN_FLAG } from "./dry-run.ts";

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

export const SELECTOR_FLAG: Flag = aFlag(
  "selector",
  "string",
  "",
  "Label selector: '=', '==', '!=', 'in', 'notin' (such as -l key1=value1,key2=value2)",
  { short: "l" },
);
export const FIELD_SELECTOR_FLAG: Flag = aFlag(
  "field-selector",
  "string",
  "",
  "Field selector: '=', '==' and '!=' (such as --field-selector key1=value1,key2=value2)",
);
export const ALL_FLAG: Flag = aFlag(
  "all",
  "bool",
  "false",
  "Every object of the types that are named, in the namespace",
);
export const ALL_NAMESPACES_FLAG: Flag = aFlag(
  "all-namespaces",
  "bool",
  "false",
  "Looks in all namespaces, whatever --namespace says",
  { short: "A" },
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
export const fieldManagerFlag = (name: string): Flag =>
  aFlag("field-manager", "string", name, "Name under which the server tracks who owns fields");
export const podRunningTimeoutFlag = (preset: string): Flag =>
  aFlag("pod-running-timeout", "duration", preset, "How long to wait until a pod runs (such as 5s, 2m, 3h)");

/** For commands that print what they wrote and know dry runs. */
export const WRITING_FLAGS: readonly Flag[] = [...PRINT_FLAGS, DRY_RUN_FLAG];
