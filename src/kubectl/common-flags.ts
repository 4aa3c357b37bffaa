// Flags that many commands share: files, selectors, namespaces, dry runs.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go (v1.35)
import type { Flag } from "./command.ts";

export const bool = (name: string, help: string, extra: Partial<Flag> = {}): Flag => ({
  name,
  type: "bool",
  default: "false",
  help,
  ...extra,
});

export const string = (name: string, help: string, extra: Partial<Flag> = {}): Flag => ({
  name,
  type: "string",
  default: "",
  help,
  ...extra,
});

/** -f, -k and -R; `what` completes "that identify the resource ...". */
export const fileFlags = (what: string): Flag[] => [
  {
    name: "filename",
    short: "f",
    type: "stringList",
    default: "[]",
    help: `File, folder or URL with the manifests ${what}`,
  },
  string("kustomize", "Kustomization folder to process; not together with -f or -R", { short: "k" }),
  bool("recursive", "Takes folders of -f with everything below them", { short: "R" }),
];

export const SELECTOR_FLAG: Flag = string(
  "selector",
  "Label selector: =, ==, !=, in, notin (such as -l key1=value1,key2=value2,key3 in (value3))",
  { short: "l" },
);

export const FIELD_SELECTOR_FLAG: Flag = string(
  "field-selector",
  "Field selector: =, == and != (such as --field-selector key1=value1); each type knows only some fields",
);

export const ALL_NAMESPACES_FLAG: Flag = bool(
  "all-namespaces",
  "Takes the objects of all namespaces; the context's namespace and --namespace do not count then",
  { short: "A" },
);

export const DRY_RUN_FLAG: Flag = string(
  "dry-run",
  "none, server or client. With client the object is only printed, with server it is sent but not stored",
  { default: "none", bare: "unchanged" },
);

export const fieldManagerFlag = (preset: string): Flag =>
  string("field-manager", "Name that keeps track of who owns which field", { default: preset });
