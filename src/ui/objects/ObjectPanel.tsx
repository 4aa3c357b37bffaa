// One object: facts, controls, YAML and events.
import { useMemo, useState } from "react";
import type { AnyObject, KindName } from "#api/kinds";
import { objectsOf, useStore } from "#session/store";
import { addFile } from "#session/workspace";
import { liveYaml } from "../editor/apply-live.ts";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { Command } from "../inspector/Command.tsx";
import { TabButton } from "../shell/TabButton.tsx";
import { ExposeForm } from "./ExposeForm.tsx";
import { exposable } from "./expose.ts";
import { eventsOf } from "./facts.ts";
import { ObjectFacts } from "./ObjectFacts.tsx";
import { DeleteControl, NodeControls, WorkloadControls } from "./OtherControls.tsx";
import { PodControls } from "./PodControls.tsx";
import { PodLog } from "./PodLog.tsx";
import { PodShell } from "./PodShell.tsx";
import { eventsCommand } from "./commands.ts";
import { commandTarget } from "./requests.ts";
import "../inspector/inspector.css";
import "./objects.css";

type Tab = "summary" | "yaml" | "events" | "log";

export function ObjectPanel({ kind, objectKey }: { kind: KindName; objectKey: string }): React.JSX.Element {
  const t = useT();
  const [tab, setTab] = useState<Tab>("summary");
  const object = useStore((state) => objectsOf(state.objects, kind).get(objectKey)) as AnyObject | undefined;
  if (!object) {
    return (
      <div className="inspector">
        <p className="why-evidence">{t("objectGone", { kind, name: objectKey })}</p>
      </div>
    );
  }
  const tabs: Tab[] = kind === "Pod" ? ["summary", "yaml", "events", "log"] : ["summary", "yaml", "events"];
  return (
    <div className="inspector">
      <h2>{object.metadata.name}</h2>
      {object.kind === "Pod" && <PodShell pod={object} />}
      <div className="object-tabs" role="tablist" aria-label={kind}>
        {tabs.map((item) => (
          <TabButton key={item} id={item} label={t(TITLES[item])} on={tab} choose={setTab} />
        ))}
      </div>
      <div className="object-part" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === "summary" && <Summary object={object} />}
        {tab === "yaml" && <YamlView object={object} objectKey={objectKey} />}
        {tab === "events" && <Events object={object} />}
        {tab === "log" && object.kind === "Pod" && <PodLog pod={object} />}
      </div>
    </div>
  );
}

const TITLES = {
  summary: "objectSummary",
  yaml: "objectYaml",
  events: "objectEvents",
  log: "objectLog",
} as const;

function Summary({ object }: { object: AnyObject }): React.JSX.Element {
  const t = useT();
  const target = exposable(object);
  return (
    <>
      <ObjectFacts object={object} />
      <Command text={`kubectl describe ${commandTarget(object)}`} />
      <section>
        <h3>{t("objectControls")}</h3>
        <Controls object={object} />
        {target && <ExposeForm target={target} />}
      </section>
    </>
  );
}

function Controls({ object }: { object: AnyObject }): React.JSX.Element {
  switch (object.kind) {
    case "Pod":
      return <PodControls pod={object} />;
    case "Node":
      return <NodeControls node={object} />;
    case "ReplicationController":
    case "ReplicaSet":
    case "Deployment":
      return <WorkloadControls workload={object} />;
    default:
      return <DeleteControl object={object} />;
  }
}

function YamlView({ object, objectKey }: { object: AnyObject; objectKey: string }): React.JSX.Element {
  const t = useT();
  const yaml = useMemo(() => liveYaml(object), [object]);
  const edit = (): void => {
    const { name } = object.metadata;
    addFile(yaml, `${name}.${object.kind.toLowerCase()}.yaml`, {
      kind: object.kind,
      key: objectKey,
      opened: yaml,
    });
  };
  return (
    <>
      <div className="inspector-actions">
        <button type="button" className="button line" onClick={edit}>
          <ActionIcon name="edit" />
          {t("objectEdit")}
        </button>
      </div>
      <Command text={`kubectl edit ${commandTarget(object)}`} />
      <Command text={`kubectl get ${commandTarget(object)} -o yaml`} />
      <pre className="yaml-view" tabIndex={0} role="region" aria-label="YAML">
        {yaml}
      </pre>
    </>
  );
}

function Events({ object }: { object: AnyObject }): React.JSX.Element {
  const t = useT();
  const events = useStore((state) => objectsOf(state.objects, "Event"));
  const rows = useMemo(() => eventsOf(object, events.values()), [object, events]);
  return (
    <>
      <Command text={eventsCommand(object)} />
      {rows.length === 0 && <p className="why-evidence">{t("objectNoEvents")}</p>}
      <ul className="event-list">
        {rows.toReversed().map((event) => (
          <li key={event.metadata.name}>
            <b className={event.type === "Warning" ? "warn" : undefined}>{event.reason}</b>{" "}
            <span className="control-note">
              {event.type}
              {event.count && event.count > 1 ? ` ×${event.count}` : ""} ·{" "}
              {event.reportingComponent || event.source.component}
            </span>
            <p>{event.message}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
