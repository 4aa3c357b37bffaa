// Under the canvas: the request log and the table of objects, the canvas's two text twins.
import { lazy, Suspense, useState } from "react";
import { firstPacket } from "#session/opening/first-packet";
import { act } from "#session/cluster-link";
import { objectsOf, select, useStore } from "#session/store";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { RequestLog } from "../log/RequestLog.tsx";
import { newClient } from "../objects/new-client.ts";

const loadTable = (): Promise<{ default: typeof import("../objects/ObjectTable.tsx").ObjectTable }> =>
  import("../objects/ObjectTable.tsx").then((module) => ({ default: module.ObjectTable }));
const LazyTable = lazy(loadTable);
void firstPacket.then(loadTable);

type Tab = "requests" | "objects";

export function LogPanel(): React.JSX.Element {
  const t = useT();
  const [tab, setTab] = useState<Tab>("requests");
  return (
    <section className="panel">
      <div className="bottom-bar">
        <div
          className="bottom-tabs"
          role="tablist"
          aria-label={`${t("panelRequests")}, ${t("panelObjects")}`}
        >
          <TabButton id="requests" label={t("panelRequests")} on={tab} choose={setTab} />
          <TabButton id="objects" label={t("panelObjects")} on={tab} choose={setTab} />
        </div>
        <NewClientButton />
      </div>
      <div className="tab-body" role="tabpanel" aria-labelledby={`tab-${tab}`} id="log-panel">
        {tab === "requests" ? <RequestLog /> : <ObjectTable />}
      </div>
    </section>
  );
}

export function ObjectTable(): React.JSX.Element {
  return (
    <Suspense fallback={null}>
      <LazyTable />
    </Suspense>
  );
}

export function NewClientButton(): React.JSX.Element {
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

interface TabButtonProps<T extends string> {
  id: T;
  label: string;
  on: T;
  choose: (tab: T) => void;
}

export function TabButton<T extends string>({ id, label, on, choose }: TabButtonProps<T>): React.JSX.Element {
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${id}`}
      aria-selected={on === id}
      tabIndex={on === id ? 0 : -1}
      onClick={() => choose(id)}
      onKeyDown={(event) => {
        if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
        const tabs = [
          ...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>("[role=tab]") ?? []),
        ];
        const step = event.key === "ArrowRight" ? 1 : -1;
        const next = tabs[(tabs.indexOf(event.currentTarget) + step + tabs.length) % tabs.length];
        next?.focus();
        next?.click();
        event.preventDefault();
      }}
    >
      {label}
    </button>
  );
}
