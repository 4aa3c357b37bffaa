// An object in the format that -o asks for, from commands that print what they wrote.
// Kubernetes: staging/src/k8s.io/cli-runtime/pkg/genericclioptions/print_flags.go (v1.35)
import { isObject, type JsonObject } from "#base/json";
import type { FlagValues, KubectlIo } from "../command.ts";
import { text } from "../flags.ts";
import { toGoJson } from "../printers/json.ts";
import { toKyaml } from "../printers/kyaml.ts";
import { printerFor, type Printer } from "../printers/print.ts";

/** One printer a command line: in YAML, documents after the first are divided from the one before. */
const PRINTERS = new WeakMap<FlagValues, Printer>();

/** The printer of -o; throws where there is no such format. */
export function printerOf(io: KubectlIo, flags: FlagValues): Printer | undefined {
  const known = PRINTERS.get(flags);
  if (known) return known;
  const printer = printerFor(flags, io);
  if (printer) PRINTERS.set(flags, printer);
  return printer;
}

export function printStructured(io: KubectlIo, flags: FlagValues, object: JsonObject, typed = false): void {
  const output = typed ? text(flags, "output").toLowerCase() : "";
  if (output === "json") io.stdout(`${orderedJson(object)}\n`);
  else if (output === "kyaml") io.stdout(`---\n${toKyaml(object, "", true)}\n`);
  else io.stdout(printerOf(io, flags)?.(object) ?? "");
}

/** JSON whose keys stay as they are. */
function orderedJson(value: unknown, margin = ""): string {
  const inner = `${margin}    `;
  if (Array.isArray(value))
    return value.length === 0
      ? "[]"
      : `[\n${value.map((item) => inner + orderedJson(item, inner)).join(",\n")}\n${margin}]`;
  if (!isObject(value)) return toGoJson(value);
  const lines = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .map((key) => `${inner}${toGoJson(key)}: ${orderedJson(value[key], inner)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${margin}}`;
}
