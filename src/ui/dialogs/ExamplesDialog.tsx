// The gallery: each example with its one claim, and the visitor's own drafts.
import { useState } from "react";
import { fromDraft, fromExample } from "#session/boot";
import { listDrafts, pageStorage, removeDraft } from "#session/drafts";
import { EXAMPLES } from "#session/examples/registry";
import { openScenario } from "#session/open";
import { useWorkspace } from "#session/workspace";
import { useLanguage, useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { Dialog } from "./Dialog.tsx";

export function ExamplesDialog({ onClose }: { onClose: () => void }): React.JSX.Element {
  const t = useT();
  const language = useLanguage((state) => state.language);
  const current = useWorkspace((state) => state.example);
  const [drafts, setDrafts] = useState(() => listDrafts(pageStorage()));
  return (
    <Dialog title={t("examplesTitle")} onClose={onClose} className="examples-dialog">
      <ul className="example-list">
        {EXAMPLES.map((example) => (
          <li key={example.slug}>
            <button
              type="button"
              className="example-card"
              aria-current={example.slug === current}
              onClick={() => {
                openScenario(fromExample(example));
                onClose();
              }}
            >
              <b>{example.title[language]}</b>
              <span>{example.claim[language]}</span>
            </button>
          </li>
        ))}
      </ul>
      {drafts.length > 0 && (
        <section className="draft-list">
          <h3>{t("draftsTitle")}</h3>
          <ul>
            {drafts.map((draft) => (
              <li key={draft.id}>
                <button
                  type="button"
                  className="draft-open"
                  onClick={() => {
                    openScenario(fromDraft(draft));
                    onClose();
                  }}
                >
                  <b>{draft.title || t("draftUntitled")}</b>
                  <span>
                    {t("draftSaved", {
                      when: new Date(draft.savedAt).toLocaleString(language === "zh" ? "zh-CN" : "en"),
                      files: draft.scenario.files.length,
                    })}
                  </span>
                </button>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={t("draftRemove", { title: draft.title || t("draftUntitled") })}
                  onClick={() => {
                    removeDraft(pageStorage(), draft.id);
                    setDrafts(listDrafts(pageStorage()));
                  }}
                >
                  <ActionIcon name="trash" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  );
}
