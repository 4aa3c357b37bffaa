// A modal window on the browser's own <dialog>: focus, Escape and the inert page behind come from there.
import { useId, useLayoutEffect, useRef } from "react";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import "./dialogs.css";

export interface DialogProps {
  title: string;
  onClose: () => void;
  className?: string;
  children: React.ReactNode;
}

export function Dialog({ title, onClose, className = "", children }: DialogProps): React.JSX.Element {
  const t = useT();
  const heading = useId();
  const element = useRef<HTMLDialogElement>(null);
  // Before the element is gone, or the focus would not go back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current!;
    if (!dialog.open) dialog.showModal();
    // The browser chooses the first button, which is the one that closes.
    dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={className}
      aria-labelledby={heading}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div className="dialog-inside">
        <header className="dialog-head">
          <h2 id={heading}>{title}</h2>
          <button type="button" className="icon-button" onClick={onClose} aria-label={t("close")}>
            <ActionIcon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
