// --dry-run as every writing command reads it: none, client (nothing is sent) or server (nothing is kept).
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go GetDryRunStrategy (v1.35)
import type { FlagValues, KubectlIo } from "../command.ts";
import { plainError } from "../errors.ts";
import { text } from "../flags.ts";
import { parseGoBool } from "../go-values.ts";
import { klogLine } from "./klog.ts";

export { DRY_RUN_FLAG } from "../common-flags.ts";

export type DryRun = "none" | "client" | "server";

export function dryRunOf(flags: FlagValues, io: KubectlIo): DryRun {
  const asked = text(flags, "dry-run");
  const deprecated = (form: string, instead: DryRun, line: number): DryRun => {
    io.stderr(
      klogLine(
        io,
        "W",
        `helpers.go:${line}`,
        `${form} is deprecated${form.includes("=") ? " (boolean value)" : ""} and can be replaced with --dry-run=${instead}.`,
      ),
    );
    return instead;
  };
  if (asked === "unchanged") return deprecated("--dry-run", "client", 719);
  if (asked === "none" || asked === "client" || asked === "server") return asked;
  const asBool = parseGoBool(asked);
  if (!asBool.ok)
    throw plainError(`Invalid dry-run value (${asked}). Must be "none", "server", or "client".`);
  return asBool.value
    ? deprecated(`--dry-run=${asked}`, "client", 733)
    : deprecated(`--dry-run=${asked}`, "none", 736);
}

/** " (dry run)" behind what was done. */
export function dryRunSuffix(dryRun: DryRun): string {
  return { none: "", client: " (dry run)", server: " (server dry run)" }[dryRun];
}

/** The query of a writing request. */
export function dryRunQuery(dryRun: DryRun): Record<string, string> {
  return dryRun === "server" ? { dryRun: "All" } : {};
}
