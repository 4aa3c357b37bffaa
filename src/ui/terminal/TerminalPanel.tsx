// The terminal under the canvas: tabs of the workstation and of shells in containers, and what waits for a person.
import { useEffect, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { objectsOf, type Projection } from "#session/store";
import { openContainers, shellIn } from "#session/terminal/container-shell";
import {
  activateTerminal,
  closeTerminal,
  dropOffered,
  finishEdit,
  openTerminal,
  takeOffered,
  useTerminals,
  type TerminalTab,
} from "#session/terminal/terminals";
import type { TerminalTarget } from "#session/terminal/messages";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { useCalm } from "../shell/useCalm.ts";
import { useTheme } from "../theme/theme.ts";
import { followCursor } from "./follow-cursor.ts";
import { entered, leaveTerminal } from "./leave.ts";
import { hintText } from "./hint-text.ts";
import type { ScreenTexts } from "./Screen.ts";
import { scrollByTouch } from "./scroll-by-touch.ts";
import { dropScreen, focusScreen, insertWaiting, labelScreen, rethemeScreens, screenOf } from "./screens.ts";
import "./terminal.css";

const PAUSE_MS = 300;
const podsOf = (state: Projection): ReturnType<typeof objectsOf<"Pod">> => objectsOf(state.objects, "Pod");

/** `bar`: an element elsewhere on the page that takes the tabs, so that the screen has their line too. */
export function TerminalPanel({ bar }: { bar?: HTMLElement | null | undefined }): React.JSX.Element {
  const tabs = useTerminals((state) => state.tabs);
  const active = useTerminals((state) => state.active);
  const theme = useTheme((state) => state.theme);
  useEffect(() => {
    if (useTerminals.getState().tabs.length === 0) openTerminal();
  }, []);
  useEffect(rethemeScreens, [theme]);
  const tab = tabs.find(({ id }) => id === active);
  return (
    <div className="terminal">
      {bar ? (
        createPortal(<TabBar tabs={tabs} active={active} />, bar)
      ) : (
        <TabBar tabs={tabs} active={active} />
      )}
      <Waiting />
      {tab && <ScreenHolder key={tab.id} tab={tab} />}
    </div>
  );
}

function nameOf(tab: TerminalTab, index: number, workstation: string): string {
  return tab.target ? tab.title : index === 0 ? workstation : `${workstation} ${index + 1}`;
}

function TabBar({ tabs, active }: { tabs: readonly TerminalTab[]; active: string }): React.JSX.Element {
  const t = useT();
  const close = (id: string): void => {
    closeTerminal(id);
    dropScreen(id);
    if (useTerminals.getState().tabs.length === 0) openTerminal();
  };
  return (
    <div className="terminal-bar">
      <div role="group" aria-label={t("terminalTabs")} className="terminal-tabs">
        {tabs.map((tab, index) => {
          const name = nameOf(tab, index, t("terminalWorkstation"));
          return (
            <span key={tab.id} className="terminal-tab" data-on={tab.id === active} data-ended={tab.ended}>
              <button
                type="button"
                id={`terminal-tab-${tab.id}`}
                aria-pressed={tab.id === active}
                onClick={() => {
                  activateTerminal(tab.id);
                  focusScreen(tab.id);
                }}
              >
                {name}
              </button>
              {tabs.length > 1 && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={t("terminalClose", { name })}
                  title={t("terminalClose", { name })}
                  onClick={() => close(tab.id)}
                >
                  <ActionIcon name="close" size={11} />
                </button>
              )}
            </span>
          );
        })}
        <button
          type="button"
          className="icon-button"
          aria-label={t("terminalNew")}
          title={t("terminalNew")}
          onClick={() => openTerminal()}
        >
          <ActionIcon name="plus" size={13} />
        </button>
      </div>
      <ContainerChoice />
      <span className="terminal-note">{t("terminalLeave")}</span>
    </div>
  );
}

/** Containers that run, to open a shell in. */
function ContainerChoice(): React.JSX.Element {
  const t = useT();
  const pods = useCalm(podsOf, PAUSE_MS);
  const targets = [...pods.values()].flatMap((pod) =>
    pod.metadata.namespace === "kube-system"
      ? []
      : openContainers(pod).map((container) => shellIn(pod, container)),
  );
  const keyOf = ({ namespace, pod, container }: TerminalTarget): string => `${namespace}/${pod}/${container}`;
  const open = (key: string): void => {
    const target = targets.find((item) => keyOf(item) === key);
    if (target) openTerminal(target);
  };
  return (
    <select
      className="terminal-choice"
      value=""
      aria-label={t("terminalShellIn")}
      onChange={(event) => open(event.target.value)}
    >
      <option value="">{t("terminalShellIn")}</option>
      {targets.map((target) => (
        <option key={keyOf(target)} value={keyOf(target)}>
          {target.namespace === "default" ? "" : `${target.namespace}/`}
          {target.pod} ({target.container})
        </option>
      ))}
    </select>
  );
}

/** kubectl edit that waits for the editor, and files that commands wrote. */
function Waiting(): React.JSX.Element {
  const t = useT();
  const edits = useTerminals((state) => state.edits);
  const offered = useTerminals((state) => state.offered);
  return (
    <>
      {edits.map((edit) => {
        const finish = (save: boolean): void => finishEdit(edit, save);
        return (
          <p key={edit.id} className="terminal-waiting" role="status">
            {t("terminalEditing", { name: edit.name })}
            <button type="button" className="button" onClick={() => finish(true)}>
              {t("terminalSave")}
            </button>
            <button type="button" className="button" onClick={() => finish(false)}>
              {t("terminalCancel")}
            </button>
          </p>
        );
      })}
      {offered.length > 0 && (
        <p className="terminal-waiting" role="status">
          {t("terminalOffered", { names: offered.map(({ name }) => name).join(t("listComma")) })}
          <button type="button" className="button" onClick={takeOffered}>
            {t("terminalTake")}
          </button>
          <button type="button" className="button" onClick={dropOffered}>
            {t("terminalIgnore")}
          </button>
        </p>
      )}
    </>
  );
}

function ScreenHolder({ tab }: { tab: TerminalTab }): React.JSX.Element {
  const t = useT();
  const holder = useRef<HTMLDivElement>(null);
  const translate = useRef(t);
  useLayoutEffect(() => {
    translate.current = t;
  }, [t]);
  const label = t("terminalLabel", { name: tab.title || t("terminalWorkstation") });
  useEffect(() => labelScreen(tab.id, label), [tab.id, label]);
  const asked = useTerminals((state) => state.asked);
  useLayoutEffect(() => {
    const place = holder.current!;
    const texts = (): ScreenTexts => ({
      hint: (hint) => hintText(hint, translate.current),
      ended: translate.current("terminalEnded"),
    });
    const name = tab.title || translate.current("terminalWorkstation");
    const screen = screenOf(tab.id, translate.current("terminalLabel", { name }), texts, () =>
      leaveTerminal(tab.id),
    );
    place.append(screen.element);
    screen.fit();
    screen.focus();
    const observer = new ResizeObserver(() => screen.fit());
    observer.observe(place);
    const still = [followCursor(place), scrollByTouch(place), entered(place)];
    return () => {
      observer.disconnect();
      for (const stop of still) stop();
      screen.element.remove();
    };
  }, [tab.id, tab.title]);
  useEffect(() => {
    insertWaiting();
    focusScreen(tab.id);
  }, [asked, tab.id]);
  return <div ref={holder} className="terminal-holder" />;
}
