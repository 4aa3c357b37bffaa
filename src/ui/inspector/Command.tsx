// A command that does or shows the same on a real cluster, ready to copy.
import { Fragment } from "react";
import { sendToTerminal } from "#session/terminal/terminals";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { useCopy } from "../shell/useCopy.ts";

export function Command({ text, onSent }: { text: string; onSent?: () => void }): React.JSX.Element {
  const t = useT();
  const [copied, copy] = useCopy();
  const send = (): void => {
    onSent?.();
    sendToTerminal(text);
  };
  return (
    <p className="command">
      <ActionIcon name="prompt" size={12} />
      <code>
        {text.split(" ").map((word, index) => (
          <Fragment key={index}>
            {index > 0 && " "}
            <span className="word">{word}</span>
          </Fragment>
        ))}
      </code>
      <button
        type="button"
        className="icon-button"
        onClick={() => copy(text)}
        aria-label={`${copied ? t("copied") : t("copy")}: ${text}`}
        title={copied ? t("copied") : t("copy")}
      >
        <ActionIcon name={copied ? "check" : "copy"} size={13} />
      </button>
      <button
        type="button"
        className="icon-button"
        onClick={send}
        aria-label={`${t("sendToTerminal")}: ${text}`}
        title={t("sendToTerminalHint")}
      >
        <ActionIcon name="send" size={13} />
      </button>
    </p>
  );
}
