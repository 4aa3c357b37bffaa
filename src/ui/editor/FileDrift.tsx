// Above a file: what a command or a button changed in the cluster of the objects that it names, to be taken into the file
// or left. What the person typed is never overwritten.
import { useDeferredValue, useMemo } from "react";
import { create } from "zustand";
import { canonicalJson, isObject, type Json } from "#base/json";
import type { AnyObject } from "#api/kinds";
import { appliedObjects } from "#session/applied";
import { objectsOf, type Projection } from "#session/store";
import { removeFile, takeIntoFile, type WorkspaceFile } from "#session/workspace";
import { useT, type Translate } from "../i18n/i18n.ts";
import { useCalm } from "../shell/useCalm.ts";
import { documentsOf, driftsOf, type Change, type Drift } from "./drift.ts";
import { textWithDrift } from "./take-drift.ts";

const PAUSE_MS = 300;
/** More changes of one object are only counted. */
const MOST_CHANGES = 3;
const MOST_CHARACTERS = 28;
const allObjects = (state: Projection): Projection["objects"] => state.objects;

/** What somebody has decided to leave as it is, until it changes again. */
const useKept = create<{ kept: ReadonlySet<string> }>(() => ({ kept: new Set() }));

export function FileDrift({ file }: { file: WorkspaceFile }): React.JSX.Element | null {
  const t = useT();
  const objects = useCalm(allObjects, PAUSE_MS);
  const text = useDeferredValue(file.text);
  const documents = useMemo(() => documentsOf(text), [text]);
  const kept = useKept((state) => state.kept);
  const drifts = useMemo(
    () =>
      driftsOf(
        documents,
        appliedObjects(),
        (kind, key) => objectsOf(objects, kind).get(key) as AnyObject | undefined,
      ),
    [documents, objects],
  );
  const shown = drifts.filter((drift) => !kept.has(nameOf(file.name, drift)));
  if (shown.length === 0 || text !== file.text) return null;
  return (
    <>
      {shown.map((drift) => (
        <DriftBar key={`${drift.document.kind}/${drift.document.key}`} file={file} drift={drift} t={t} />
      ))}
    </>
  );
}

const nameOf = (file: string, { document, patch, gone }: Drift): string =>
  `${file} ${document.kind}/${document.key} ${gone ? "gone" : canonicalJson(patch)}`;

interface DriftBarProps {
  file: WorkspaceFile;
  drift: Drift;
  t: Translate;
}

function DriftBar({ file, drift, t }: DriftBarProps): React.JSX.Element {
  const taken = useMemo(() => textWithDrift(file.text, drift), [file.text, drift]);
  const { name } = drift.document;
  const more = drift.changes.length - MOST_CHANGES;
  const take = (): void => {
    if (taken === undefined) return;
    if (drift.gone && taken.trim() === "") removeFile(file.name);
    else takeIntoFile(file.name, taken);
  };
  const keep = (): void =>
    useKept.setState(({ kept }) => ({ kept: new Set([...kept, nameOf(file.name, drift)]) }));
  return (
    <div className="live-change drift" role="status">
      <p>
        {t(drift.gone ? "driftGone" : "driftChanged", { name })}{" "}
        {drift.changes.slice(0, MOST_CHANGES).map((change) => (
          <ChangeText key={change.field} change={change} />
        ))}
        {more > 0 && t("driftMore", { count: more })} {drift.kept > 0 && !drift.gone && t("driftKept")}
      </p>
      {taken !== undefined && (
        <button type="button" className="button line" onClick={take}>
          {t(drift.gone ? "driftTakeOut" : "driftTake")}
        </button>
      )}
      <button type="button" className="button line" onClick={keep}>
        {t("driftKeep")}
      </button>
    </div>
  );
}

function ChangeText({ change: { field, before, after } }: { change: Change }): React.JSX.Element {
  return (
    <span
      className="drift-change mono"
      title={`${field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`}
    >
      {field} {valueText(before)} → {valueText(after)}
    </span>
  );
}

function valueText(value: Json | undefined): string {
  if (value === undefined) return "–";
  const text = isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
