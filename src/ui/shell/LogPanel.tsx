// Under the canvas: the request log and the table of objects, the canvas's two text twins.
import { lazy, Suspense, useEffect, useState } from "react";
import { firstPacket } from "#session/opening/first-packet";
import { act } from "#session/cluster-link";
import { objectsOf, select, useStore } from "#session/store";
import { useTerminals } from "#session/terminal/terminals";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { RequestLog } from "../log/RequestLog.tsx";
import { newClient } from "../objects/new-client.ts";
import { TabButton } from "./TabButton.tsx";

const loadTable = (): Promise<{ default: typeof import("../objects/ObjectTable.tsx").ObjectTable }> =>
  import("../objects/ObjectTable.tsx").then((module) => ({ default: module.ObjectTable }));
const LazyTable = lazy(loadTable);
void firstPacket.then(loadTable);

// Fetched when it is first opened, with all that a shell needs.
const LazyTerminal = lazy(() =>
  import("../terminal/TerminalPanel.tsx").then((module) => ({ default: module.TerminalPanel })),
);

type Tab = "requests" | "objects" | "terminal";

/** `onTerminal` hears whether the terminal is what is shown. */
export function LogPanel({ onTerminal }: { onTerminal: (shown: boolean) => void }): React.JSX.Element {
  const t = useT();
  const [tab, setTab] = useState<Tab>("requests");
  const [terminalBar, setTerminalBar] = useState<HTMLElement | null>(null);
  useTerminalAsked(() => setTab("terminal"));
  useEffect(() => onTerminal(tab === "terminal"), [tab, onTerminal]);
  return (
    <section className="panel">
      <div className="bottom-bar">
        <div
          className="bottom-tabs"
          role="tablist"
          aria-label={[t("panelRequests"), t("panelObjects"), t("panelTerminal")].join(t("listComma"))}
        >
          <TabButton id="requests" label={t("panelRequests")} on={tab} choose={setTab} />
          <TabButton id="objects" label={t("panelObjects")} on={tab} choose={setTab} />
          <TabButton id="terminal" label={t("panelTerminal")} on={tab} choose={setTab} />
        </div>
        {tab === "terminal" ? <div ref={setTerminalBar} className="bottom-slot" /> : <NewClientButton />}
      </div>
      <div className="tab-body" role="tabpanel" aria-labelledby={`tab-${tab}`} id="log-panel">
        {tab === "requests" && <RequestLog />}
        {tab === "objects" && <ObjectTable />}
        {tab === "terminal" && <TerminalPanel bar={terminalBar} />}
      </div>
    </section>
  );
}

/** Calls back when something outside of the panel asks for the terminal. */
export function useTerminalAsked(show: () => void): void {
  useEffect(
    () =>
      useTerminals.subscribe((state, before) => {
        if (state.asked !== before.asked) show();
      }),
    [show],
  );
}

/** `bar`: where its tabs stand, if not above the screen. */
export function TerminalPanel({ bar }: { bar?: HTMLElement | null }): React.JSX.Element {
  const t = useT();
  return (
    <Suspense fallback={<p className="empty">{t("terminalLoading")}</p>}>
      <LazyTerminal bar={bar} />
    </Suspense>
  );
}

export function ObjectTable(): React.JSX.Element {
  return (
    <Suspense fallback={null}>
      <LazyTable />
    </Suspense>
  );
}

function NewClientButton(): React.JSX.Element {
  const t = useT();
  const create = (): void => {
    const { clients, objects } = useStore.getState();
    const client = newClient(clients, objectsOf(objects, "Service").values());
    act({ type: "setClient", client });
    select({ kind: "client", name: client.name });
  };
  return (
    <button type="button" className="button new-client" onClick={create}>
      <ActionIcon name="plus" />
      {t("clientNew")}
    </button>
  );
}
