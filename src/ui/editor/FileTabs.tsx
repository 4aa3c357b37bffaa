// The tabs above the editor: choose, rename (double click or F2), remove, add.
import { useEffect, useRef, useState } from "react";
import type { DocumentResult } from "#session/protocol";
import { removeFile, renameFile, waits, type WorkspaceFile } from "#session/workspace";
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

export function FileTabs(props: FileTabsProps): React.JSX.Element {
  const t = useT();
  const { files, active, onSelect } = props;
  const [renaming, setRenaming] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  useInSight(list, active, files.length);
  const move = (event: React.KeyboardEvent, index: number): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = files[(index + step + files.length) % files.length];
    if (event.key === "F2") setRenaming(files[index]!.name);
    if (event.key === "ArrowDown") intoText(event);
    if (step === 0 || !next) return;
    event.preventDefault();
    onSelect(next.name);
    list.current?.querySelector<HTMLElement>(`[data-file="${CSS.escape(next.name)}"]`)?.focus();
  };
  return (
    <div className="file-tabs">
      <div ref={list} className="file-tab-list" role="tablist" aria-label={t("editorFiles")}>
        {files.map((file, index) =>
          renaming === file.name ? (
            <RenameBox key={file.name} name={file.name} done={() => setRenaming(null)} />
          ) : (
            <FileTab
              key={file.name}
              {...props}
              file={file}
              onRename={() => setRenaming(file.name)}
              onKeyDown={(event) => move(event, index)}
            />
          ),
        )}
      </div>
      <TabActions active={active} onAdd={props.onAdd} />
    </div>
  );
}

/** From the tab into the file, as Escape leads from the file to its tab. */
function intoText(event: React.KeyboardEvent): void {
  const panel = event.currentTarget.closest(".editor-panel");
  panel?.querySelector<HTMLElement>(".editor-body :is(textarea, [role=textbox])")?.focus();
  event.preventDefault();
}

/** The open file's name is in sight, however many files stand before it. (scrollIntoView would let Tab begin here.) */
function useInSight(list: React.RefObject<HTMLElement | null>, active: string, count: number): void {
  useEffect(() => {
    const box = list.current?.getBoundingClientRect();
    const tab = list.current?.querySelector(".file-tab.on")?.getBoundingClientRect();
    if (!box || !tab) return;
    const beyond = Math.max(0, tab.right - box.right) || Math.min(0, tab.left - box.left);
    list.current?.scrollBy({ left: beyond });
  }, [list, active, count]);
}

interface FileTabProps extends Pick<FileTabsProps, "active" | "results" | "evidence" | "onSelect"> {
  file: WorkspaceFile;
  onRename: () => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
}

function FileTab({ file, active, onSelect, onRename, onKeyDown, ...about }: FileTabProps): React.JSX.Element {
  const t = useT();
  const on = file.name === active;
  return (
    <button
      type="button"
      role="tab"
      data-file={file.name}
      aria-selected={on}
      tabIndex={on ? 0 : -1}
      className={on ? "file-tab on" : "file-tab"}
      onClick={() => onSelect(file.name)}
      onDoubleClick={onRename}
      onKeyDown={onKeyDown}
      title={t("editorRename", { file: file.name })}
    >
      <span className="file-name">{file.name}</span>
      <Marks file={file} on={on} {...about} />
    </button>
  );
}

interface MarksProps extends Pick<FileTabsProps, "results" | "evidence"> {
  file: WorkspaceFile;
  on: boolean;
}

/** What is to be known of a file without opening it. */
function Marks({ file, on, results, evidence }: MarksProps): React.JSX.Element {
  const t = useT();
  const drifted = useDriftMarks((state) => state.files.has(file.name));
  const explains = !on && evidence.some((item) => item.file === file.name);
  return (
    <>
      {file.live && <span className="file-live">{t("editorLive")}</span>}
      {hasError(results[file.name]) && (
        <span className="file-bad" role="img" aria-label={t("editorFileBad")} />
      )}
      {explains && <span className="file-evidence" title={t("editorEvidence")} />}
      {drifted && <span className="file-drift" title={t("driftMark")} />}
      {waits(file) && <span className="file-waits" title={t("editorNotApplied")} />}
    </>
  );
}

interface TabActionsProps {
  active: string;
  onAdd: () => void;
}

function TabActions({ active, onAdd }: TabActionsProps): React.JSX.Element {
  const t = useT();
  const close = t("editorClose", { file: active });
  const add = t("editorAdd");
  return (
    <>
      {active && (
        <button
          type="button"
          className="icon-button"
          onClick={() => removeFile(active)}
          aria-label={close}
          title={close}
        >
          <ActionIcon name="close" />
        </button>
      )}
      <button type="button" className="icon-button" onClick={onAdd} aria-label={add} title={add}>
        <ActionIcon name="plus" />
      </button>
    </>
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
