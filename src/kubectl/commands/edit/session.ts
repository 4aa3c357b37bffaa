// An edit session: the text is opened, what was saved is read and handed on, and what the server refuses comes back as
// a comment above the text, until it is accepted or nothing more is changed.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/editor/editoptions.go (v1.35)
import type { Status } from "#api/meta";
import { canonicalJson, type Json, type JsonObject } from "#base/json";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { KubectlError } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { text } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import { parseYaml } from "../../manifests/parse.ts";
import { readManifest } from "../../manifests/validate.ts";
import { toGoJson } from "../../printers/json.ts";
import { toKyaml } from "../../printers/kyaml.ts";
import { toYaml } from "../../printers/yaml.ts";
import type { Info } from "../../resources.ts";
import { fieldValidationOf } from "../../writing/manifest-check.ts";
import { openEditor } from "./editor.ts";

/** What became of one object: done, or why not. */
export type Saved = { ok: true } | { ok: false; status: Status };

export interface EditSession {
  infos: readonly Info[];
  /** What the header calls the text. */
  what: string;
  save(info: Info, edited: JsonObject): Saved;
}

interface Reason {
  head: string;
  others: string[];
}

export async function edit(io: KubectlIo, flags: FlagValues, session: EditSession): Promise<number> {
  const output = text(flags, "output") || "yaml";
  if (!["json", "kyaml", "yaml"].includes(output))
    throw plainError(
      `unable to match a printer suitable for the output format ${goQuote(output)}, allowed formats are: json,kyaml,yaml`,
    );
  const isJson = output === "json";
  const file = `/tmp/kubectl-edit-${Math.floor(io.nowMs() % 4_000_000_000)}.${isJson ? "json" : "yaml"}`;
  const objects = session.infos.map(({ object }) => object);
  const root: JsonObject =
    objects.length === 1
      ? objects[0]!
      : { apiVersion: "v1", kind: "List", metadata: {}, items: [...objects] };
  const original = isJson
    ? `${toGoJson(root)}\n`
    : output === "kyaml"
      ? `---\n${toKyaml(root)}\n`
      : toYaml(root);
  const validates = fieldValidationOf(flags) !== "Ignore";
  let current = original;
  let reasons: Reason[] = [];
  for (;;) {
    const shown = (isJson ? "" : headerOf(session.what, reasons)) + current;
    const edited = await openEditor(io, file, shown);
    const body = withoutComments(edited);
    if (reasons.length > 0 && meaning(body) === meaning(current)) return preserved(io, file, edited);
    if (meaning(body) === meaning(original)) {
      io.stderr("Edit cancelled, no changes made.\n");
      return 0;
    }
    if (body.trim() === "" && validates) {
      reasons = [invalidEdit(io, session, "invalid object to validate")];
      current = body;
      continue;
    }
    if (body.trim() === "") {
      io.stderr("Edit cancelled, saved file was empty.\n");
      return 0;
    }
    current = body;
    const outcome = take(io, session, body, file);
    if (outcome.end) return outcome.exit;
    reasons = outcome.reasons;
  }
}

const THE_OBJECT = "the object";

function headerOf(what: string, reasons: readonly Reason[]): string {
  const notes = reasons.flatMap(({ head, others }) => [
    `# ${head.replaceAll("\n", "\n# ")}${others.length > 0 ? ":" : ""}`,
    ...others.map((other) => `# * ${other.replaceAll("\n", "\n# ")}`),
    "#",
  ]);
  if (what !== THE_OBJECT)
    return [
      `# Please edit ${what} below.`,
      "# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.",
      "#",
      ...notes,
      "",
    ].join("\n");
  return [
    `# Please edit ${what} below. Lines beginning with a '#' will be ignored,`,
    "# and an empty file will abort the edit. If an error occurs while saving this file will be",
    "# reopened with the relevant failures.",
    "#",
    ...notes,
    "",
  ].join("\n");
}

const withoutComments = (edited: string): string =>
  edited
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("#"))
    .join("\n");

/** Texts are compared by what they say, as long as that can be read. */
function meaning(edited: string): string {
  const parsed = parseYaml(edited);
  return parsed.ok ? canonicalJson(parsed.parsed.value) : withoutComments(edited);
}

function preserved(io: KubectlIo, file: string, edited: string): never {
  io.writeFile(file, edited);
  io.stderr(`A copy of your changes has been stored to ${JSON.stringify(file)}\n`);
  throw plainError("Edit cancelled, no valid changes were saved.");
}

/** A text that is not even an object is laid to the first of the objects. */
function invalidEdit(io: KubectlIo, { infos }: EditSession, why: string): Reason {
  const { resource, name } = infos[0]!;
  const { group } = resource;
  const which = `${group ? `${resource.resource}.${group}` : resource.resource} ${JSON.stringify(name)}`;
  io.stderr(`error: ${which} is invalid\n`);
  return {
    head: `${which} was not valid`,
    others: [`<nil>: Invalid value: "The edited file failed validation": ${why}`],
  };
}

type Outcome = { end: true; exit: number } | { end: false; reasons: Reason[] };

function take(io: KubectlIo, session: EditSession, body: string, file: string): Outcome {
  const again = (head: string): Outcome => ({ end: false, reasons: [{ head, others: [] }] });
  const parsed = parseYaml(body);
  if (!parsed.ok) {
    return { end: false, reasons: [invalidEdit(io, session, parsed.problem.text)] };
  }
  const { value } = parsed.parsed;
  const edited = itemsOf(value);
  const problem = edited.map((item) => readManifest(item, file)).find((result) => !result.ok);
  if (problem && !problem.ok)
    return again(`The edited file had a syntax error: ${problem.problem.text.replace(/^error: /, "")}`);
  try {
    return saveAll(io, session, edited as JsonObject[], body, file);
  } catch (error) {
    io.writeFile(file, body);
    io.stderr(`A copy of your changes has been stored to ${JSON.stringify(file)}\n`);
    throw error;
  }
}

function itemsOf(value: Json): Json[] {
  const items = (value as JsonObject | null)?.["items"];
  return Array.isArray(items) && (value as JsonObject)["kind"] === "List" ? items : [value];
}

function saveAll(
  io: KubectlIo,
  session: EditSession,
  edited: readonly JsonObject[],
  body: string,
  file: string,
): Outcome {
  const reasons: Reason[] = [];
  let lost = false;
  let retry = false;
  for (const object of edited) {
    const info = originalOf(session, object);
    const saved = session.save(info, object);
    if (saved.ok) continue;
    const { resource, group } = info.resource;
    const which = `${group ? `${resource}.${group}` : resource} ${JSON.stringify(info.name)}`;
    const { reason, details, message = "" } = saved.status;
    if (reason === "Invalid") {
      const others = (details?.causes ?? []).map((cause) => `${cause.field ?? ""}: ${cause.message}`);
      reasons.push({ head: `${which} was not valid`, others });
      io.stderr(`error: ${which} is invalid\n`);
    } else if (reason === "NotFound") {
      lost = true;
      io.stderr(`error: ${which} could not be found on the server\n`);
    } else {
      retry = true;
      io.stderr(`error: ${which} could not be patched: ${message}\n`);
    }
  }
  if (retry || lost) {
    io.writeFile(file, body);
    io.stderr(
      retry
        ? `You can run \`kubectl replace -f ${file}\` to try this update again.\n`
        : `The edits you made on deleted resources have been saved to ${JSON.stringify(file)}\n`,
    );
    return { end: true, exit: 1 };
  }
  return reasons.length > 0 ? { end: false, reasons } : { end: true, exit: 0 };
}

/** By UID; a text that changed it, or names another object, fits none. */
function originalOf({ infos }: EditSession, object: JsonObject): Info {
  const uid = ((object["metadata"] ?? {}) as { uid?: string }).uid;
  const found = infos.find((info) => (info.object["metadata"] as { uid?: string }).uid === uid);
  if (!found) throw new KubectlError("error: At least one of apiVersion, kind and name was changed");
  return found;
}
