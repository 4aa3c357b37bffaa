// What a writing command prints of an object: "service/kubia created", or the object in the format that -o asks for.
// Kubernetes: staging/src/k8s.io/cli-runtime/pkg/genericclioptions/print_flags.go, printers/name.go (v1.35)
import type { JsonObject } from "#base/json";
import type { FlagValues, KubectlIo } from "../command.ts";
import { printedName, type ResourceMapping } from "../discovery.ts";
import { objectName } from "../printers/print.ts";
import { text } from "../flags.ts";
import { dryRunOf, dryRunSuffix, type DryRun } from "./dry-run.ts";
import { asGoPrints } from "./go-order.ts";
import { printerOf, printStructured } from "./structured.ts";

/** What a command asks of its flags before it does anything: the dry run, and a format that exists. */
export function writingMode(flags: FlagValues, io: KubectlIo): DryRun {
  const dryRun = dryRunOf(flags, io);
  printerOf(io, flags);
  return dryRun;
}

export interface Announcement {
  resource: ResourceMapping;
  object: JsonObject;
  /** "created" */
  operation: string;
  dryRun?: DryRun;
  /** The command has the object as Go's own type: fields in Go's order, kind first, empty structs written. */
  typed?: boolean;
}

export function announce(io: KubectlIo, flags: FlagValues, announcement: Announcement): void {
  const { resource, object, operation, dryRun = "none", typed } = announcement;
  const output = text(flags, "output");
  if (!isStructured(flags)) {
    const { name = "" } = (object["metadata"] ?? {}) as { name?: string };
    const done = output === "name" ? "" : ` ${operation}${dryRunSuffix(dryRun)}`;
    io.stdout(`${object["kind"] ? objectName(object) : printedName(resource, name)}${done}\n`);
    return;
  }
  printStructured(io, flags, typed ? asGoPrints(object) : object, typed);
}

/** Does -o ask for the object itself? */
export function isStructured(flags: FlagValues): boolean {
  const output = text(flags, "output");
  return (output !== "" && output !== "name") || text(flags, "template") !== "";
}
