// The drift of every file in the editor, by file name. A file is parsed when its text changes, and compared when the
// cluster does.
import { useDeferredValue, useMemo } from "react";
import { create } from "zustand";
import type { AnyObject } from "#api/kinds";
import { canonicalJson } from "#base/json";
import { appliedObjects } from "#session/applied";
import { objectsOf, type Projection } from "#session/store";
import { useWorkspace, type WorkspaceFile } from "#session/workspace";
import { useCalm } from "../shell/useCalm.ts";
import { documentsOf, driftsOf, type Drift, type FileDocument } from "./drift.ts";

const PAUSE_MS = 300;
const allObjects = (state: Projection): Projection["objects"] => state.objects;

/** What somebody has decided to leave as it is, until it changes again. */
const useKept = create<{ kept: ReadonlySet<string> }>(() => ({ kept: new Set() }));

const nameOf = (file: string, { document, patch, gone }: Drift): string =>
  `${file} ${document.kind}/${document.key} ${gone ? "gone" : canonicalJson(patch)}`;

export function keepMine(file: string, drift: Drift): void {
  useKept.setState(({ kept }) => ({ kept: new Set([...kept, nameOf(file, drift)]) }));
}

export interface FileDrifts {
  /** The text that was looked at: the newest may be a keystroke ahead. */
  text: string;
  drifts: readonly Drift[];
}

export function useDrifts(): ReadonlyMap<string, FileDrifts> {
  const objects = useCalm(allObjects, PAUSE_MS);
  const files = useDeferredValue(useWorkspace((state) => state.files));
  const kept = useKept((state) => state.kept);
  return useMemo(() => {
    const live = (kind: FileDocument["kind"], key: string): AnyObject | undefined =>
      objectsOf(objects, kind).get(key) as AnyObject | undefined;
    const own = files.filter((file) => !file.live && !file.held);
    return new Map(
      own.map((file): [string, FileDrifts] => {
        const drifts = driftsOf(documentsIn(file), appliedObjects(), live);
        return [
          file.name,
          { text: file.text, drifts: drifts.filter((drift) => !kept.has(nameOf(file.name, drift))) },
        ];
      }),
    );
  }, [files, objects, kept]);
}

/** A file is another object when its text is another. */
const documents = new WeakMap<WorkspaceFile, FileDocument[]>();

function documentsIn(file: WorkspaceFile): FileDocument[] {
  const known = documents.get(file);
  if (known) return known;
  const found = documentsOf(file.text);
  documents.set(file, found);
  return found;
}
