// The page: top bar, editor, canvas, log and details, laid out for a desk or for a hand.
import { useCallback, useEffect, useRef, useState } from "react";
import { Panel, PanelGroup, PanelResizeHandle, type ImperativePanelHandle } from "react-resizable-panels";
import { chooseOpening, fromDraft, fromExample, type Opening } from "#session/boot";
import { onClusterFailure } from "#session/cluster-link";
import { listDrafts, pageStorage } from "#session/drafts";
import { findExample } from "#session/examples/registry";
import { draftOfState } from "#session/keep";
import { currentOpening, openScenario } from "#session/open";
import { useStore } from "#session/store";
import { useWorkspace } from "#session/workspace";
import { Canvas } from "../canvas/Canvas.tsx";
import { Dialogs } from "../dialogs/Dialogs.tsx";
import { Editor } from "../editor/Editor.tsx";
import { useLanguage, useT, type StringKey } from "../i18n/i18n.ts";
import { Announcer } from "./Announcer.tsx";
import { Details } from "./Details.tsx";
import type { DialogName } from "./DialogButton.tsx";
import { LogPanel } from "./LogPanel.tsx";
import { SmallPage } from "./SmallPage.tsx";
import { TopBar } from "./TopBar.tsx";
import { Transport } from "./Transport.tsx";
import { useKeys } from "./useKeys.ts";
import { useSmall } from "./useSmall.ts";
import { useTerminalRoom } from "./useTerminalRoom.ts";
import "./base.css";
import "../theme/tokens.css";
import "./shell.css";

export function App({ opening }: { opening: Opening }): React.JSX.Element {
  const t = useT();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const small = useSmall();
  useEffect(() => onClusterFailure(setFailure), []);
  useTitle();
  const shown = useHashLinks(opening);
  useKeys(dialog !== null, setDialog);
  const close = useCallback((name: DialogName) => setDialog((open) => (open === name ? null : open)), []);
  const reset = useReset();

  if (failure !== null) return <Failure message={failure} />;
  return (
    <div className={small ? "app small" : "app"}>
      <a className="skip-link" href="#canvas" onClick={skipToCanvas}>
        {t("skipToCanvas")}
      </a>
      <TopBar open={setDialog} />
      {small ? <SmallPage reset={reset} open={setDialog} /> : <Desk reset={reset} />}
      <Notice key={shown.turn} opening={shown.opening} />
      <Announcer />
      <Dialogs open={dialog} onClose={close} />
    </div>
  );
}

function skipToCanvas(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById("canvas")?.focus();
}

function Desk({ reset }: { reset: (() => void) | null }): React.JSX.Element {
  const t = useT();
  const log = useRef<ImperativePanelHandle>(null);
  const makeRoom = useTerminalRoom(log);
  return (
    <main className="work">
      <PanelGroup direction="horizontal" autoSaveId="kubelanes.columns" keyboardResizeBy={2}>
        <Panel order={1} id="editor" defaultSize={20} minSize={14} maxSize={32}>
          <Editor onReset={reset} />
        </Panel>
        <PanelResizeHandle className="resize" aria-label={t("panelResize", { panel: t("panelEditor") })} />
        <Panel order={2} id="middle" defaultSize={59} minSize={50}>
          <PanelGroup direction="vertical" autoSaveId="kubelanes.rows" keyboardResizeBy={4}>
            <Panel order={1} id="canvas-panel" defaultSize={76} minSize={50}>
              <CanvasArea />
            </Panel>
            <PanelResizeHandle
              className="resize"
              aria-label={t("panelResize", { panel: t("panelRequests") })}
            />
            <Panel ref={log} order={2} id="log" defaultSize={24} minSize={8}>
              <LogPanel onTerminal={makeRoom} />
            </Panel>
          </PanelGroup>
        </Panel>
        <PanelResizeHandle className="resize" aria-label={t("panelResize", { panel: t("panelDetails") })} />
        <Panel order={3} id="details" defaultSize={21} minSize={16} maxSize={30}>
          <Details />
        </Panel>
      </PanelGroup>
    </main>
  );
}

export function CanvasArea(): React.JSX.Element {
  const t = useT();
  const loaded = useStore((state) => state.loaded);
  return (
    <section className="canvas-area" aria-label={t("panelCanvas")}>
      <div className="canvas-slot" id="canvas" tabIndex={-1}>
        {loaded && <Canvas />}
      </div>
      <Transport />
    </section>
  );
}

/** Back to the example or link as it was opened. */
function useReset(): (() => void) | null {
  const example = useWorkspace((state) => state.example);
  return useCallback(() => {
    const found = example ? findExample(example) : undefined;
    const opening = currentOpening();
    if (found) openScenario(fromExample(found));
    else if (opening) openScenario({ ...opening, draft: null });
  }, [example]);
}

/** The example's title follows the reader's language. */
function useTitle(): void {
  const language = useLanguage((state) => state.language);
  const example = useWorkspace((state) => state.example);
  const title = useWorkspace((state) => state.title);
  useEffect(() => {
    const found = example ? findExample(example) : undefined;
    if (found) useWorkspace.setState({ title: found.title[language] });
    document.title = title ? `${title} · Kubelanes` : "Kubelanes";
  }, [language, example, title]);
}

/** Follows links, Back and Forward while the page is open; what was opened last, with a number that tells one turn from the next. */
function useHashLinks(first: Opening): { opening: Opening; turn: number } {
  const [shown, setShown] = useState({ opening: first, turn: 0 });
  useEffect(() => {
    const show = (draft: string | null): void => {
      const opening = chooseOpening(location.hash, pageStorage(), draft);
      openScenario(opening, { keepHash: true });
      setShown(({ turn }) => ({ opening, turn: turn + 1 }));
    };
    const follow = (): void => {
      if (location.hash.length > 1) show(null);
    };
    // Entries without a link are a draft's, or the first example's.
    const turn = ({ state }: PopStateEvent): void => {
      if (location.hash.length <= 1) show(draftOfState(state));
    };
    addEventListener("hashchange", follow);
    addEventListener("popstate", turn);
    return () => {
      removeEventListener("hashchange", follow);
      removeEventListener("popstate", turn);
    };
  }, []);
  return shown;
}

const NOTICES = {
  linkCut: "noticeLinkCut",
  linkForeign: "noticeLinkForeign",
  linkNewer: "noticeLinkNewer",
  linkTooLarge: "noticeLinkTooLarge",
  linkOtherModel: "noticeLinkOtherModel",
  unknownExample: "noticeUnknownExample",
} as const satisfies Record<NonNullable<Opening["notice"]>, StringKey>;

/** What is to be said of a link, or the offer to go on with work of another visit. */
function Notice({ opening }: { opening: Opening }): React.JSX.Element | null {
  const t = useT();
  const [draft] = useState(() => (opening.draft ? undefined : listDrafts(pageStorage())[0]));
  const [shown, setShown] = useState(opening.notice !== null || draft !== undefined);
  if (!shown) return null;
  return (
    <div className="notice" role="status">
      <span>{opening.notice ? t(NOTICES[opening.notice]) : t("noticeDrafts")}</span>
      {draft && (
        <button
          type="button"
          onClick={() => {
            openScenario(fromDraft(draft));
            setShown(false);
          }}
        >
          {t("noticeRestore")}
        </button>
      )}
      <button type="button" onClick={() => setShown(false)}>
        {t("noticeDismiss")}
      </button>
    </div>
  );
}

function Failure({ message }: { message: string }): React.JSX.Element {
  const t = useT();
  return (
    <main className="failure">
      <p>{t("failed", { message: message.split("\n")[0] ?? "" })}</p>
      <button type="button" className="button primary" onClick={() => location.reload()}>
        {t("failedReload")}
      </button>
    </main>
  );
}
