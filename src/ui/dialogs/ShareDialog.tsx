// The link that carries the whole scenario, how long it is and where that fits, and the files to download.
import { useEffect, useState } from "react";
import { exportScenario } from "#session/cluster-link";
import { encodeLink } from "#session/link/link";
import type { Scenario } from "#session/protocol";
import { ownFiles, useWorkspace } from "#session/workspace";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { useCopy } from "../shell/useCopy.ts";
import { Dialog } from "./Dialog.tsx";

/** Lengths that common places take: chats of 2,000 and 4,000 characters. */
const COMFORTABLE = 1900;
const LONG = 4000;

function lengthTone(length: number): "ok" | "warn" | "bad" {
  if (length <= COMFORTABLE) return "ok";
  return length <= LONG ? "warn" : "bad";
}

const MESSAGES = { ok: "shareFits", warn: "shareLong", bad: "shareTooLong" } as const;

export function ShareDialog({ onClose }: { onClose: () => void }): React.JSX.Element {
  const t = useT();
  const { files, title } = useWorkspace();
  const [scenario, setScenario] = useState<Scenario | null>(null);
  const [copied, copy] = useCopy();
  useEffect(() => {
    void exportScenario(ownFiles(files)).then(setScenario);
  }, [files]);
  const link =
    scenario &&
    `${location.origin}${location.pathname}#${encodeLink({ ...scenario, ...(title ? { title } : {}) })}`;
  const tone = lengthTone(link?.length ?? 0);
  return (
    <Dialog title={t("shareTitle")} onClose={onClose} className="share-dialog">
      <p className="dialog-text">{t("shareAbout")}</p>
      {link ? (
        <>
          <label className="field">
            {t("shareLink")}
            <input
              className="mono share-link"
              readOnly
              value={link}
              onFocus={(event) => event.target.select()}
            />
          </label>
          <p className={`tag ${tone}`}>{t(MESSAGES[tone], { length: link.length })}</p>
          <div className="dialog-actions">
            <button
              type="button"
              className={tone === "bad" ? "button line" : "button primary"}
              data-autofocus
              onClick={() => copy(link)}
            >
              <ActionIcon name={copied ? "check" : "copy"} />
              {t(copied ? "copied" : "shareCopy")}
            </button>
            <button
              type="button"
              className={tone === "bad" ? "button primary" : "button line"}
              onClick={() => download(ownFiles(files))}
            >
              {t("shareDownload")}
            </button>
          </div>
          <p className="visually-hidden" role="status">
            {copied ? t("copied") : ""}
          </p>
        </>
      ) : (
        <p>{t("loading")}</p>
      )}
    </Dialog>
  );
}

/** All files in one, as kubectl would take them. */
function download(files: readonly { name: string; text: string }[]): void {
  const text = files.map((file) => `# ${file.name}\n${file.text.replace(/\n*$/, "\n")}`).join("---\n");
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = "kubelanes.yaml";
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
