// Turns the reports of an apply into what stands in the editor: line, words, our sentence, and the repair.
import type { DocumentResult } from "#session/protocol";
import type { StringKey, Translate } from "../i18n/i18n.ts";
import { explain } from "./explain.ts";
import type { Problem } from "./problem-zones.ts";
import { modernizeIngress, renameField, untab } from "./repair.ts";

/** `edit` replaces the file's text. */
export function problemsOf(
  results: readonly DocumentResult[],
  text: string,
  t: Translate,
  edit: (text: string) => void,
): Problem[] {
  const problems: Problem[] = [];
  for (const result of results) {
    for (const duplicate of result.duplicates ?? []) {
      const plain = t("editorDuplicate", { key: duplicate.key });
      problems.push({ line: duplicate.line, text: "", plain, severity: "warning" });
    }
    for (const warning of result.warnings) {
      problems.push({ line: result.line, text: `Warning: ${warning}`, plain: "", severity: "warning" });
    }
    if (result.error) problems.push(errorProblem(result.error, text, t, edit));
  }
  return problems;
}

function errorProblem(
  error: NonNullable<DocumentResult["error"]>,
  text: string,
  t: Translate,
  edit: (text: string) => void,
): Problem {
  const { key, values } = explain(error.text);
  const fix = repairOf(key, error.line, text);
  return {
    line: error.line,
    text: error.text,
    plain: t(key, values),
    severity: "error",
    ...(fix ? { fix: { label: t(fix.label, fix.values), run: () => edit(fix.text) } } : {}),
  };
}

interface Repair {
  label: StringKey;
  values: Record<string, string>;
  text: string;
}

function repairOf(key: StringKey, line: number, text: string): Repair | undefined {
  const repair = candidate(key, line, text);
  return repair && repair.text !== text ? repair : undefined;
}

function candidate(key: StringKey, line: number, text: string): Repair | undefined {
  if (key === "explainTab") return { label: "editorFixTabs", values: {}, text: untab(text) };
  if (key === "explainOldIngress")
    return { label: "editorFixIngress", values: {}, text: modernizeIngress(text) };
  if (key === "explainPublishNotReady") {
    const field = "publishNotReadyAddresses";
    return {
      label: "editorFixRename",
      values: { field },
      text: renameField(text, line, "publishNotReadyEndpoints", field),
    };
  }
  return undefined;
}
