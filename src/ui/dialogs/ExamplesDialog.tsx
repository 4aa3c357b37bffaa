// The gallery: each example with its one claim, and the visitor's own drafts.
import { useState } from "react";
import { fromDraft, fromExample, type Opening } from "#session/boot";
import { listDrafts, pageStorage, removeDraft, type Draft } from "#session/drafts";
import { EXAMPLES } from "#session/examples/registry";
import { openScenario } from "#session/open";
import { useWorkspace } from "#session/workspace";
import { useLanguage, useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { Dialog } from "./Dialog.tsx";

export function ExamplesDialog({ onClose }: { onClose: () => void }): React.JSX.Element {
  const t = useT();
  const show = (opening: Opening): void => {
    openScenario(opening);
    onClose();
  };
  return (
    <Dialog title={t("examplesTitle")} onClose={onClose} className="examples-dialog">
      <ExampleCards show={show} />
      <Drafts show={show} />
    </Dialog>
  );
}

interface ShowProps {
  show: (opening: Opening) => void;
}

function ExampleCards({ show }: ShowProps): React.JSX.Element {
  const language = useLanguage((state) => state.language);
  const current = useWorkspace((state) => state.example);
  return (
    <ul className="example-list">
      {EXAMPLES.map((example) => (
        <li key={example.slug}>
          <button
            type="button"
            className="example-card"
            aria-current={example.slug === current}
            onClick={() => show(fromExample(example))}
          >
            <b>{example.title[language]}</b>
            <span>{example.claim[language]}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Drafts({ show }: ShowProps): React.JSX.Element | null {
  const t = useT();
  const [drafts, setDrafts] = useState(() => listDrafts(pageStorage()));
  if (drafts.length === 0) return null;
  const remove = (draft: Draft): void => {
    removeDraft(pageStorage(), draft.id);
    setDrafts(listDrafts(pageStorage()));
  };
  return (
    <section className="draft-list">
      <h3>{t("draftsTitle")}</h3>
      <ul>
        {drafts.map((draft) => (
          <DraftItem
            key={draft.id}
            draft={draft}
            onOpen={() => show(fromDraft(draft))}
            onRemove={() => remove(draft)}
          />
        ))}
      </ul>
    </section>
  );
}

interface DraftItemProps {
  draft: Draft;
  onOpen: () => void;
  onRemove: () => void;
}

function DraftItem({ draft, onOpen, onRemove }: DraftItemProps): React.JSX.Element {
  const t = useT();
  const language = useLanguage((state) => state.language);
  const title = draft.title || t("draftUntitled");
  const when = new Date(draft.savedAt).toLocaleString(language === "zh" ? "zh-CN" : "en");
  return (
    <li>
      <button type="button" className="draft-open" onClick={onOpen}>
        <b>{title}</b>
        <span>{t("draftSaved", { when, files: draft.scenario.files.length })}</span>
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t("draftRemove", { title })}
        onClick={onRemove}
      >
        <ActionIcon name="trash" />
      </button>
    </li>
  );
}
