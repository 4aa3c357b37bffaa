// Wires the page: theme and language first, then the worker, the scenario and React.
import "@fontsource-variable/inter";
import "@fontsource-variable/jetbrains-mono";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { chooseOpening } from "#session/boot";
import { connectCluster } from "#session/cluster-link";
import { pageStorage } from "#session/drafts";
import { FIRST_EXAMPLE } from "#session/examples/registry";
import { keepWork, tabDraft } from "#session/keep";
import { openScenario } from "#session/open";
import { firstPacket, watchFirstPacket } from "#session/opening/first-packet";
import recording from "virtual:opening";
import ClusterWorker from "./session/cluster.worker.ts?worker";
import { packetsOnScreen } from "./ui/canvas/packets/hit.ts";
import { initialLanguage, setLanguage, storedLanguage, useLanguage } from "./ui/i18n/i18n.ts";
import { App } from "./ui/shell/App.tsx";
import { initialTheme, setTheme, storedTheme } from "./ui/theme/theme.ts";

/** From then on everything else is fetched, even if there was no packet yet. */
const LONGEST_WAIT_MS = 3000;
const connect = (): void => connectCluster(() => new ClusterWorker());
const loadChineseFont = (): void => void import("@fontsource-variable/noto-sans-sc");

useLanguage.subscribe(({ language }) => {
  if (language === "zh") loadChineseFont();
});
setLanguage(initialLanguage(location.search, storedLanguage(), navigator.language), false);
setTheme(initialTheme(storedTheme(), matchMedia("(prefers-color-scheme: dark)").matches), false);
const opening = chooseOpening(location.hash, pageStorage(), tabDraft());
const isFirst = opening.example?.slug === FIRST_EXAMPLE && opening.draft === null;
openScenario(opening, { keepHash: true, ...(isFirst && recording ? { recording } : {}) });
// The language switch names Chinese in Chinese, on the English page too.
void firstPacket.then(loadChineseFont);
watchFirstPacket(() => packetsOnScreen.current.length > 0, LONGEST_WAIT_MS);
if (isFirst && recording) void firstPacket.then(connect);
else connect();
// randomUUID is there on https and localhost only, and the page may be served anywhere.
keepWork(() => crypto.getRandomValues(new Uint32Array(4)).join("-"));

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App opening={opening} />
  </StrictMode>,
);
