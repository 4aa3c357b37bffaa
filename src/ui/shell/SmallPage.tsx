// The layout for small screens: the canvas on top, below it one sheet with everything else in tabs.
import { useEffect, useState } from "react";
import { useStore } from "#session/store";
import { Editor } from "../editor/Editor.tsx";
import { useT } from "../i18n/i18n.ts";
import { RequestLog } from "../log/RequestLog.tsx";
import { CanvasArea } from "./App.tsx";
import { DetailsBody, DetailsHead } from "./Details.tsx";
import { useTerminals } from "#session/terminal/terminals";
import { ObjectTable, TerminalPanel, useTerminalAsked } from "./LogPanel.tsx";
import { DialogButton, type OpenDialog } from "./DialogButton.tsx";
import { SheetGrip } from "./SheetGrip.tsx";
import { TabButton } from "./TabButton.tsx";

type Tab = "details" | "requests" | "objects" | "terminal" | "editor";

interface SmallPageProps {
  reset: (() => void) | null;
  open: OpenDialog;
}

export function SmallPage({ reset, open }: SmallPageProps): React.JSX.Element {
  const t = useT();
  const [tab, setTab] = useState<Tab>("details");
  const selection = useStore((state) => state.selection);
  useTerminalAsked(() => setTab("terminal"));
  useEditBegun(() => setTab("editor"));
  useEffect(
    () =>
      useStore.subscribe((state, before) => {
        if (state.selection !== null && state.selection !== before.selection) setTab("details");
      }),
    [],
  );
  return (
    <>
      <CanvasArea />
      <main className="sheet">
        <SheetGrip />
        <div className="side-tabs" role="tablist" aria-label={t("panelDetails")}>
          <TabButton id="details" label={t("panelDetails")} on={tab} choose={setTab} />
          <TabButton id="requests" label={t("panelRequests")} on={tab} choose={setTab} />
          <TabButton id="objects" label={t("panelObjects")} on={tab} choose={setTab} />
          <TabButton id="terminal" label={t("panelTerminal")} on={tab} choose={setTab} />
          <TabButton id="editor" label={t("panelEditor")} on={tab} choose={setTab} />
        </div>
        <div className="tab-body" role="tabpanel" tabIndex={-1} aria-labelledby={`tab-${tab}`}>
          {tab === "details" && (
            <>
              <DetailsHead />
              <DetailsBody />
              {selection === null && <More open={open} />}
            </>
          )}
          {tab === "requests" && <RequestLog />}
          {tab === "objects" && <ObjectTable />}
          {tab === "terminal" && <TerminalPanel />}
          {tab === "editor" && <Editor onReset={reset} />}
        </div>
      </main>
    </>
  );
}

/** What the narrow top bar has no room for. */
function More({ open }: { open: OpenDialog }): React.JSX.Element {
  return (
    <div className="sheet-more">
      <DialogButton dialog="find" open={open} named="always" />
      <DialogButton dialog="cluster" open={open} named="always" />
      <DialogButton dialog="help" open={open} named="always" />
    </div>
  );
}

/** Calls back when kubectl edit opens something in the editor. */
function useEditBegun(show: () => void): void {
  useEffect(
    () =>
      useTerminals.subscribe((state, before) => {
        if (state.edits.length > before.edits.length) show();
      }),
    [show],
  );
}
