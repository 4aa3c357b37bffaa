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

type NameProblem = "clientNoName" | "clientNameTaken";

export function ClientPanel({ name }: { name: string }): React.JSX.Element {
  const t = useT();
  const client = useStore((state) => state.clients.find((item) => item.name === name));
  return (
    <div className="inspector">
      {client ? <KnownClient client={client} /> : <p className="why-evidence">{t("clientGone", { name })}</p>}
    </div>
  );
}

function KnownClient({ client }: { client: ClientSpec }): React.JSX.Element {
  const [draft, setDraft] = useState<ClientSpec | null>(null);
  const problem = useNameProblem(client.name, draft);
  const save = (): void => {
    if (!draft) return;
    replaceClient(client.name, { ...draft, name: draft.name.trim() });
    setDraft(null);
  };
  return (
    <>
      <h2>{client.name}</h2>
      <Counts name={client.name} />
      <Sending client={client} shown={draft ?? client} />
      <ClientForm client={draft ?? client} onChange={setDraft} />
      <Keeping name={client.name} problem={problem} onSave={draft && !problem ? save : null} />
    </>
  );
}

/** A name under which it cannot be saved: a client that has it already would be lost. */
function useNameProblem(name: string, draft: ClientSpec | null): NameProblem | null {
  const wanted = draft?.name.trim();
  const taken = useStore(({ clients }) => wanted !== name && clients.some((item) => item.name === wanted));
  if (wanted === "") return "clientNoName";
  return taken ? "clientNameTaken" : null;
}

function replaceClient(name: string, client: ClientSpec): void {
  act({ type: "setClient", client });
  if (client.name === name) return;
  act({ type: "removeClient", name });
  select({ kind: "client", name: client.name });
}

function Counts({ name }: { name: string }): React.JSX.Element | null {
  const t = useT();
  const status = useStore((state) => state.clientStatus[name]);
  if (!status) return null;
  const { sent, succeeded, failed } = status;
  return <p className="why-evidence">{t("clientCounts", { sent, succeeded, failed })}</p>;
}

interface SendingProps {
  client: ClientSpec;
  /** As it stands in the form, perhaps not saved: what the commands do. */
  shown: ClientSpec;
}

/** Its buttons send what was saved. */
function Sending({ client, shown }: SendingProps): React.JSX.Element {
  const t = useT();
  const { shown: command, shows } = useShownCommand<"once" | "many" | "traffic">("once");
  const nodes = useStore((state) => objectsOf(state.objects, "Node"));
  const services = useStore((state) => objectsOf(state.objects, "Service"));
  const resolve = (text: string): string => resolvePlaceholders(text, nodes, services);
  const curl = curlCommand(shown, resolve);
  const commands = { once: curl, many: repeated(curl, MANY), traffic: endless(curl, shown.rate || 1) };
  const { name, rate } = client;
  const send = (count: number) => () => act({ type: "send", client: name, count });
  const toggle = (): void => act({ type: "setClient", client: { ...client, rate: rate > 0 ? 0 : 1 } });
  return (
    <>
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
        <button type="button" className="button line" onClick={send(1)} {...shows("once")}>
          <ActionIcon name="send" />
          {t("clientSend")}
        </button>
        <button type="button" className="button line" onClick={send(MANY)} {...shows("many")}>
          <ActionIcon name="send" />
          {t("clientSendMany", { count: MANY })}
        </button>
        <button type="button" className="button line" onClick={toggle} {...shows("traffic")}>
          {t(rate > 0 ? "clientStop" : "clientStart")}
        </button>
      </div>
      <Command text={commands[command]} />
      {command === "traffic" && <p className="control-note">{t("clientTrafficNote")}</p>}
    </>
  );
}

interface KeepingProps {
  name: string;
  problem: NameProblem | null;
  /** Null while nothing was changed. */
  onSave: (() => void) | null;
}

function Keeping({ name, problem, onSave }: KeepingProps): React.JSX.Element {
  const t = useT();
  return (
    <div className="inspector-actions">
      {problem && (
        <p className="form-problem" role="alert">
          {t(problem)}
        </p>
      )}
      <button type="button" className="button primary" disabled={!onSave} onClick={() => onSave?.()}>
        {t("clientSave")}
      </button>
      <button type="button" className="button line" onClick={() => act({ type: "removeClient", name })}>
        <ActionIcon name="trash" />
        {t("clientRemove")}
      </button>
    </div>
  );
}
