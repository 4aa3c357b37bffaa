// The side panel: whatever is chosen, or the guide while nothing is.
import { lazy, Suspense } from "react";
import { firstPacket } from "#session/opening/first-packet";
import { useStore } from "#session/store";
import { Guide } from "../guide/Guide.tsx";
import { useT, type Translate } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { closeDetails } from "./close-details.ts";

const load = {
  journey: () => import("../inspector/JourneyPanel.tsx").then((module) => ({ default: module.JourneyPanel })),
  client: () => import("../objects/ClientPanel.tsx").then((module) => ({ default: module.ClientPanel })),
  object: () => import("../objects/ObjectPanel.tsx").then((module) => ({ default: module.ObjectPanel })),
};
const JourneyPanel = lazy(load.journey);
const ClientPanel = lazy(load.client);
const ObjectPanel = lazy(load.object);
void firstPacket.then(() => Promise.all(Object.values(load).map((fetch) => fetch())));

export function Details(): React.JSX.Element {
  const t = useT();
  return (
    <aside className="panel details-panel" aria-label={t("panelDetails")}>
      <DetailsHead />
      <div className="tab-body details-body" tabIndex={0} role="region" aria-label={t("panelDetails")}>
        <DetailsBody />
      </div>
    </aside>
  );
}

/** What is chosen, in a word, and the way back. */
export function DetailsHead(): React.JSX.Element | null {
  const t = useT();
  const selection = useStore((state) => state.selection);
  if (selection === null) return null;
  return (
    <div className="side-tabs">
      <span className="details-title">{titleOf(selection, t)}</span>
      <span className="space" />
      <button
        type="button"
        className="icon-button"
        onClick={closeDetails}
        aria-label={t("close")}
        title={`${t("close")} (Esc)`}
      >
        <ActionIcon name="close" />
      </button>
    </div>
  );
}

type Selected = NonNullable<ReturnType<typeof useStore.getState>["selection"]>;

function titleOf(selection: Selected, t: Translate): string {
  if (selection.kind === "journey") return t("journeyTitle", { id: selection.id });
  if (selection.kind === "client") return t("logClient");
  const [namespace, name] = selection.key.split("/");
  return name === undefined || namespace === "default"
    ? selection.objectKind
    : `${selection.objectKind} · ${namespace}`;
}

export function DetailsBody(): React.JSX.Element {
  return (
    <Suspense fallback={null}>
      <Chosen />
    </Suspense>
  );
}

function Chosen(): React.JSX.Element {
  const t = useT();
  const selection = useStore((state) => state.selection);
  const journey = useStore((state) =>
    state.selection?.kind === "journey" ? state.journeys.get(state.selection.id) : undefined,
  );
  if (selection === null) return <Guide />;
  if (selection.kind === "journey") {
    return journey ? <JourneyPanel journey={journey} /> : <p className="log-empty">{t("journeyGone")}</p>;
  }
  if (selection.kind === "client") return <ClientPanel key={selection.name} name={selection.name} />;
  return (
    <ObjectPanel
      key={`${selection.objectKind}/${selection.key}`}
      kind={selection.objectKind}
      objectKey={selection.key}
    />
  );
}
