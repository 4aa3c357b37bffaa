// Below the text: its state, what can be done with it, and the command that does the same.
import { forgetApplied } from "#session/applied";
import { deleteFiles } from "#session/cluster-link";
import { finishEdit, useTerminals, type PendingEdit } from "#session/terminal/terminals";
import { setApplyOnType, setResults, useWorkspace, waits, type WorkspaceFile } from "#session/workspace";
import type { Translate } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { Command } from "../inspector/Command.tsx";
import { useShownCommand, type ShownCommand } from "../inspector/useShownCommand.ts";
import type { Problem } from "./problem-zones.ts";
import { fileCommands, type FileCommand } from "./file-commands.ts";

export interface FooterProps {
  t: Translate;
  file: WorkspaceFile | undefined;
  problems: readonly Problem[];
  apply: () => void;
  applyAll: () => void;
  onReset: (() => void) | null;
}

export function EditorFooter(props: FooterProps): React.JSX.Element {
  const { t, file, problems } = props;
  const edit = useTerminals(({ edits }) => edits.find((item) => item.file === file?.name));
  const problemCount = problems.filter(({ severity }) => severity === "error").length;
  const state = edit ? t("terminalEditing", { name: edit.name }) : stateText(t, problemCount, file);
  return (
    <div className="editor-footer">
      <div className="editor-line">
        <p className={problemCount > 0 ? "editor-state bad" : "editor-state"} role="status">
          {state}
          {/* What stands in the text is hidden from those who hear the page. */}
          <span className="visually-hidden">
            {problems.map(({ line, text, plain }) => `${line}: ${text} ${plain}`).join("\n")}
          </span>
        </p>
        {/* The text's own label says it too. */}
        <p className="editor-leave" aria-hidden>
          {t("editorLeave")}
        </p>
      </div>
      {problemCount > 0 && file && <WentThrough t={t} name={file.name} />}
      {edit ? <EditActions t={t} edit={edit} /> : <FileActions {...props} />}
    </div>
  );
}

/** Of a file that failed in part: what kubectl said of its other documents. */
function WentThrough({ t, name }: { t: Translate; name: string }): React.JSX.Element | null {
  const results = useWorkspace((state) => state.results[name]);
  const said = (results ?? []).flatMap(({ message }) => (message === "" ? [] : [message]));
  if (said.length === 0) return null;
  return (
    <p className="editor-through" tabIndex={0}>
      {t("editorWentThrough")} <code>{said.join("\n")}</code>
    </p>
  );
}

/** kubectl waits for this file. */
function EditActions({ t, edit }: { t: Translate; edit: PendingEdit }): React.JSX.Element {
  return (
    <div className="editor-actions">
      <button
        type="button"
        className="button primary"
        onClick={() => finishEdit(edit, true)}
        title={`${t("terminalSave")} (Ctrl/⌘+Enter)`}
      >
        {t("terminalSave")}
      </button>
      <button type="button" className="button line" onClick={() => finishEdit(edit, false)}>
        {t("terminalCancel")}
      </button>
    </div>
  );
}

function FileActions(props: FooterProps): React.JSX.Element {
  const { t, file, onReset } = props;
  const applyOnType = useWorkspace((state) => state.applyOnType);
  const files = useWorkspace((state) => state.files);
  const shown = useShownCommand<FileCommand>("apply");
  const command = file && fileCommands(file, files)[shown.shown];
  return (
    <>
      <div className="editor-actions">
        <FileButtons {...props} shown={shown} many={files.length > 1} />
        {onReset && (
          <button type="button" className="button line" onClick={onReset} title={t("editorResetHint")}>
            <ActionIcon name="reset" />
            {t("editorReset")}
          </button>
        )}
        <label className="editor-on-type">
          <input
            type="checkbox"
            checked={applyOnType}
            onChange={(event) => setApplyOnType(event.target.checked)}
          />
          {t("editorOnType")}
        </label>
      </div>
      {command && <Command text={command} />}
    </>
  );
}

interface ButtonsProps extends FooterProps {
  shown: ShownCommand<FileCommand>;
  many: boolean;
}

function FileButtons({ t, file, problems, apply, applyAll, shown, many }: ButtonsProps): React.JSX.Element {
  const fix = problems.find((problem) => problem.fix)?.fix;
  const remove = (): void => {
    if (file) void deleteOne(file);
  };
  return (
    <>
      {fix && (
        <button type="button" className="button line editor-fix" onClick={fix.run}>
          {fix.label}
        </button>
      )}
      <button
        type="button"
        className="button primary"
        disabled={!file}
        onClick={apply}
        title={`${t("editorApply")} (Ctrl/⌘+Enter)`}
        {...shown.shows("apply")}
      >
        {t("editorApply")}
      </button>
      {many && (
        <button type="button" className="button line" onClick={applyAll} {...shown.shows("all")}>
          {t("editorApplyAll")}
        </button>
      )}
      <button
        type="button"
        className="button line"
        disabled={!file}
        onClick={remove}
        title={t("editorDeleteHint")}
        {...shown.shows("delete")}
      >
        {t("editorDelete")}
      </button>
    </>
  );
}

async function deleteOne({ name, text }: WorkspaceFile): Promise<void> {
  const { documentsOf } = await import("./drift.ts");
  // What its own file deletes is not missed.
  for (const { kind, key } of documentsOf(text)) forgetApplied(kind, key);
  setResults(await deleteFiles([{ name, text }]), [name]);
}

function stateText(t: Translate, problems: number, file: WorkspaceFile | undefined): string {
  if (!file) return "";
  if (problems > 0) return t("editorProblems", { count: problems });
  return t(waits(file) ? "editorNotApplied" : "editorUpToDate");
}
