// Says that an object which is open in the editor was changed by somebody else, and offers to reload it or to put the
// person's own changes on top.
import { useMemo } from "react";
import type { AnyObject } from "#api/kinds";
import { objectsOf, useStore } from "#session/store";
import { reopenLive, type LiveOrigin, type WorkspaceFile } from "#session/workspace";
import { useT } from "../i18n/i18n.ts";
import { editableYaml, liveYaml, mergedYaml } from "./apply-live.ts";

export function LiveChange({
  file,
  live,
}: {
  file: WorkspaceFile;
  live: LiveOrigin;
}): React.JSX.Element | null {
  const t = useT();
  const object = useStore((state) => objectsOf(state.objects, live.kind).get(live.key)) as
    | AnyObject
    | undefined;
  const name = live.key.split("/").at(-1)!;
  const opened = useMemo(() => editableYaml(live.opened), [live.opened]);
  const current = useMemo(() => (object ? liveYaml(object) : undefined), [object]);
  const changed = useMemo(() => current !== undefined && editableYaml(current) !== opened, [current, opened]);
  if (current === undefined) return <p className="live-change">{t("liveGone", { name })}</p>;
  if (!changed) return null;
  return (
    <div className="live-change" role="status">
      <p>{t("liveChanged", { name })}</p>
      <button type="button" className="button line" onClick={() => reopenLive(file.name, current, current)}>
        {t("liveReload")}
      </button>
      {file.text !== live.opened && (
        <button
          type="button"
          className="button line"
          onClick={() => reopenLive(file.name, current, mergedYaml(live.opened, file.text, current))}
        >
          {t("liveMerge")}
        </button>
      )}
    </div>
  );
}
