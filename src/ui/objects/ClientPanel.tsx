// One client: what it asks, from where and how often; send by hand; the curl command that does the same.
import { useState } from "react";
import type { ClientSpec } from "#cluster/clients/types";
import { act } from "#session/cluster-link";
import { objectsOf, select, useStore } from "#session/store";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { Command } from "../inspector/Command.tsx";
import { useShownCommand } from "../inspector/useShownCommand.ts";
import { endless, repeated } from "./command-lines.ts";
import { curlCommand } from "./curl-command.ts";
import { ClientForm } from "./ClientForm.tsx";
import { resolvePlaceholders } from "./placeholders.ts";
import { sendAndFollow } from "./send-and-follow.ts";
import "../inspector/inspector.css";
import "./objects.css";

/** How many "send many" sends. */
const MANY = 10;

export function ClientPanel({ name }: { name: string }): React.JSX.Element {
  const t = useT();
  const client = useStore((state) => state.clients.find((item) => item.name === name));
  const status = useStore((state) => state.clientStatus[name]);
  const [draft, setDraft] = useState<ClientSpec | null>(null);
  const { shown: command, shows } = useShownCommand<"once" | "many" | "traffic">("once");
  const objects = useStore((state) => state.objects);
  const resolve = (text: string): string =>
    resolvePlaceholders(text, objectsOf(objects, "Node"), objectsOf(objects, "Service"));
  if (!client) {
    return (
      <div className="inspector">
        <p className="why-evidence">{t("clientGone", { name })}</p>
      </div>
    );
  }
  const shown = draft ?? client;
  const curl = curlCommand(shown, resolve);
  const commands = { once: curl, many: repeated(curl, MANY), traffic: endless(curl, shown.rate || 1) };
  const save = (): void => {
    if (!draft) return;
    act({ type: "setClient", client: draft });
    if (draft.name !== name) {
      act({ type: "removeClient", name });
      select({ kind: "client", name: draft.name });
    }
    setDraft(null);
  };
  return (
    <div className="inspector">
      <h2>{client.name}</h2>
      {status && (
        <p className="why-evidence">
          {t("clientCounts", { sent: status.sent, succeeded: status.succeeded, failed: status.failed })}
        </p>
      )}
      <div className="inspector-actions">
        <button
          type="button"
          className="button primary"
          onClick={() => sendAndFollow(client)}
          {...shows("once")}
        >
          <ActionIcon name="follow" />
          {t("clientSendFollow")}
        </button>
        {[1, MANY].map((count) => (
          <button
            key={count}
            type="button"
            className="button line"
            onClick={() => act({ type: "send", client: name, count })}
            {...shows(count === 1 ? "once" : "many")}
          >
            <ActionIcon name="send" />
            {t(count === 1 ? "clientSend" : "clientSendMany", { count })}
          </button>
        ))}
        <button
          type="button"
          className="button line"
          onClick={() => act({ type: "setClient", client: { ...client, rate: client.rate > 0 ? 0 : 1 } })}
          {...shows("traffic")}
        >
          {t(client.rate > 0 ? "clientStop" : "clientStart")}
        </button>
      </div>
      <Command text={commands[command]} />
      {command === "traffic" && <p className="control-note">{t("clientTrafficNote")}</p>}
      <ClientForm client={shown} onChange={setDraft} />
      <div className="inspector-actions">
        <button type="button" className="button primary" disabled={!draft} onClick={save}>
          {t("clientSave")}
        </button>
        <button type="button" className="button line" onClick={() => act({ type: "removeClient", name })}>
          <ActionIcon name="trash" />
          {t("clientRemove")}
        </button>
      </div>
    </div>
  );
}
