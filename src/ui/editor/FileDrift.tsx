// Above a file: what a command or a button changed in the cluster of the objects that it names, to be taken into the file
// or left. What the person typed is never overwritten.
import { useEffect, useMemo } from "react";
import { isObject, type Json } from "#base/json";
import { removeFile, takeIntoFile, type WorkspaceFile } from "#session/workspace";
import { joined, useT, type Translate } from "../i18n/i18n.ts";
import type { Change, Drift } from "./drift.ts";
import { useDriftMarks } from "./drift-marks.ts";
import { textWithDrift } from "./take-drift.ts";
import { keepMine, useDrifts } from "./useDrifts.ts";

/** More objects than this are only counted; the next comes when one was decided on. */
const MOST_OBJECTS = 3;
/** More changes of one object are only counted. */
const MOST_CHANGES = 3;
const MOST_CHARACTERS = 28;

export function FileDrift({ file }: { file: WorkspaceFile | undefined }): React.JSX.Element | null {
  const t = useT();
  const drifts = useDrifts();
  useEffect(() => {
    const marked = [...drifts].flatMap(([name, found]) => (found.drifts.length > 0 ? [name] : []));
    useDriftMarks.setState({ files: new Set(marked) });
  }, [drifts]);
  const found = file && drifts.get(file.name);
  if (!file || !found || found.text !== file.text) return null;
  return (
    <>
      {found.drifts.slice(0, MOST_OBJECTS).map((drift) => (
        <DriftBar key={`${drift.document.kind}/${drift.document.key}`} file={file} drift={drift} t={t} />
      ))}
      {found.drifts.length > MOST_OBJECTS && (
        <div className="live-change drift">
          <p>{t("driftMoreObjects", { count: found.drifts.length - MOST_OBJECTS })}</p>
          <button
            type="button"
            className="button line"
            onClick={() => found.drifts.forEach((drift) => keepMine(file.name, drift))}
          >
            {t("driftKeepAll")}
          </button>
        </div>
      )}
    </>
  );
}

interface DriftBarProps {
  file: WorkspaceFile;
  drift: Drift;
  t: Translate;
}

function DriftBar({ file, drift, t }: DriftBarProps): React.JSX.Element {
  const taken = useMemo(() => textWithDrift(file.text, drift), [file.text, drift]);
  const { name } = drift.document;
  const more = drift.changes.length - MOST_CHANGES;
  const rest = [
    ...(more > 0 ? [t("driftMore", { count: more })] : []),
    ...(drift.kept > 0 && !drift.gone ? [t("driftKept")] : []),
  ];
  const take = (): void => {
    if (taken === undefined) return;
    if (drift.gone && taken.trim() === "") removeFile(file.name);
    else takeIntoFile(file.name, taken);
  };
  return (
    <div className="live-change drift" role="status">
      <p>
        {t(drift.gone ? "driftGone" : "driftChanged", { name })}{" "}
        {drift.changes.slice(0, MOST_CHANGES).map((change) => (
          <ChangeText key={change.field} change={change} />
        ))}
        {rest.reduce(joined, "")}
      </p>
      {taken !== undefined && (
        <button type="button" className="button line" onClick={take}>
          {t(drift.gone ? "driftTakeOut" : "driftTake")}
        </button>
      )}
      <button type="button" className="button line" onClick={() => keepMine(file.name, drift)}>
        {t("driftKeep")}
      </button>
    </div>
  );
}

function ChangeText({ change }: { change: Change }): React.JSX.Element {
  const { field, before, after } = change;
  return (
    <span
      className="drift-change mono"
      title={`${field}: ${JSON.stringify(before) ?? ""} → ${JSON.stringify(after) ?? ""}`}
    >
      {changeText(change)}
    </span>
  );
}

/** "replicas 3 → 5", "+ labels.tier web", "− labels.tier web" */
function changeText({ field, before, after }: Change): string {
  if (before === undefined) return `+ ${field} ${valueText(after)}`;
  if (after === undefined) return `− ${field} ${valueText(before)}`;
  return `${field} ${valueText(before)} → ${valueText(after)}`;
}

function valueText(value: Json | undefined): string {
  const text = isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value ?? "");
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
