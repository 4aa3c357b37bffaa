// Wires the page: theme and language first, then the worker, the scenario and React.
import "@fontsource-variable/inter";
import "@fontsource-variable/jetbrains-mono";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { chooseOpening } from "#session/boot";
import { connectCluster } from "#session/cluster-link";
import { keepWork, tabDraft } from "#session/keep";
import { openScenario } from "#session/open";
import ClusterWorker from "./session/cluster.worker.ts?worker";
import { initialLanguage, setLanguage, storedLanguage, useLanguage } from "./ui/i18n/i18n.ts";
import { App } from "./ui/shell/App.tsx";
import { initialTheme, setTheme, storedTheme } from "./ui/theme/theme.ts";

const loadChineseFont = (): void => void import("@fontsource-variable/noto-sans-sc");

useLanguage.subscribe(({ language }) => {
  if (language === "zh") loadChineseFont();
});
setLanguage(initialLanguage(location.search, storedLanguage(), navigator.language), false);
setTheme(initialTheme(storedTheme(), matchMedia("(prefers-color-scheme: dark)").matches), false);
connectCluster(() => new ClusterWorker());
const opening = chooseOpening(location.hash, localStorage, tabDraft());
openScenario(opening, { keepHash: true });
keepWork(() => crypto.randomUUID());

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App opening={opening} />
  </StrictMode>,
);
