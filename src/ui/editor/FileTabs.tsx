// The tabs above the editor: choose, rename (double click or F2), remove, add.
import { useEffect, useRef, useState } from "react";
import type { DocumentResult } from "#session/protocol";
import { removeFile, renameFile, type WorkspaceFile } from "#session/workspace";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { useDriftMarks } from "./drift-marks.ts";

export interface FileTabsProps {
  files: readonly WorkspaceFile[];
  active: string;
  results: Readonly<Record<string, readonly DocumentResult[]>>;
  /** Files that explain what is selected. */
  evidence: readonly { file: string }[];
  onSelect: (name: string) => void;
  onAdd: () => void;
}

export function FileTabs({
  files,
  active,
  results,
  evidence,
  onSelect,
  onAdd,
}: FileTabsProps): React.JSX.Element {
  const t = useT();
  const drifted = useDriftMarks((state) => state.files);
  const [renaming, setRenaming] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The open file's name is in sight, however many files stand before it. (scrollIntoView would let Tab begin here.)
    const box = list.current?.getBoundingClientRect();
    const tab = list.current?.querySelector(".file-tab.on")?.getBoundingClientRect();
    if (!box || !tab) return;
    const beyond = Math.max(0, tab.right - box.right) || Math.min(0, tab.left - box.left);
    list.current?.scrollBy({ left: beyond });
  }, [active, files.length]);
  const move = (event: React.KeyboardEvent, index: number): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = files[(index + step + files.length) % files.length];
    if (event.key === "F2") setRenaming(files[index]!.name);
    if (step === 0 || !next) return;
    event.preventDefault();
    onSelect(next.name);
    (
      event.currentTarget.parentElement?.parentElement?.querySelector(
        `[data-file="${CSS.escape(next.name)}"]`,
      ) as HTMLElement | null
    )?.focus();
  };
  return (
    <div className="file-tabs">
      <div ref={list} className="file-tab-list" role="tablist" aria-label={t("editorFiles")}>
        {files.map((file, index) =>
          renaming === file.name ? (
            <RenameBox key={file.name} name={file.name} done={() => setRenaming(null)} />
          ) : (
            <button
              key={file.name}
              type="button"
              role="tab"
              data-file={file.name}
              aria-selected={file.name === active}
              tabIndex={file.name === active ? 0 : -1}
              className={file.name === active ? "file-tab on" : "file-tab"}
              onClick={() => onSelect(file.name)}
              onDoubleClick={() => setRenaming(file.name)}
              onKeyDown={(event) => move(event, index)}
              title={t("editorRename", { file: file.name })}
            >
              <span className="file-name">{file.name}</span>
              {file.live && <span className="file-live">{t("editorLive")}</span>}
              {hasError(results[file.name]) && (
                <span className="file-bad" role="img" aria-label={t("editorFileBad")} />
              )}
              {file.name !== active && evidence.some((item) => item.file === file.name) && (
                <span className="file-evidence" title={t("editorEvidence")} />
              )}
              {drifted.has(file.name) && <span className="file-drift" title={t("driftMark")} />}
              {file.text !== file.appliedText && (
                <span className="file-waits" title={t("editorNotApplied")} />
              )}
            </button>
          ),
        )}
      </div>
      {active && (
        <button
          type="button"
          className="icon-button"
          onClick={() => removeFile(active)}
          aria-label={t("editorClose", { file: active })}
          title={t("editorClose", { file: active })}
        >
          <ActionIcon name="close" />
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        onClick={onAdd}
        aria-label={t("editorAdd")}
        title={t("editorAdd")}
      >
        <ActionIcon name="plus" />
      </button>
    </div>
  );
}

function hasError(results: readonly DocumentResult[] | undefined): boolean {
  return results?.some((result) => result.error) ?? false;
}

function RenameBox({ name, done }: { name: string; done: () => void }): React.JSX.Element {
  const t = useT();
  const [value, setValue] = useState(name);
  const finish = (): void => {
    if (renameFile(name, value)) done();
  };
  return (
    <input
      className="file-rename"
      aria-label={t("editorRename", { file: name })}
      value={value}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setValue(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish();
        if (event.key === "Escape") done();
      }}
    />
  );
}
