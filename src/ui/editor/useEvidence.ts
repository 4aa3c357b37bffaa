// Which lines of the open files explain what is selected.
import { useMemo } from "react";
import type { AnyObject } from "#api/kinds";
import { objectsOf, useStore } from "#session/store";
import type { WorkspaceFile } from "#session/workspace";
import { useStory } from "../canvas/selectedStory.ts";
import type { Evidence } from "./evidence.ts";
import { useLater } from "./useLater.ts";

const load = (): Promise<typeof import("./evidence.ts")> => import("./evidence.ts");
const NOTHING: readonly Evidence[] = [];

export function useEvidence(files: readonly WorkspaceFile[]): readonly Evidence[] {
  const reader = useLater(load);
  const selection = useStore((state) => state.selection);
  const owners = useStore((state) =>
    selection?.kind === "object"
      ? (objectsOf(state.objects, selection.objectKind).get(selection.key) as AnyObject | undefined)?.metadata
          .ownerReferences
      : undefined,
  );
  const story = useStory();
  const wanted = useMemo(() => {
    if (!reader || selection === null || selection.kind === "client") return [];
    if (selection.kind === "journey") return reader.wantedForStory(story);
    return reader.wantedForObject(selection.objectKind, selection.key, owners);
  }, [reader, selection, owners, story]);
  return useMemo(
    // A live object's text is about nothing else.
    () =>
      reader && wanted.length > 0
        ? reader.evidenceIn(
            files.filter((file) => !file.live),
            wanted,
          )
        : NOTHING,
    [reader, files, wanted],
  );
}
