// The facts of an object, put together from what belongs to it: endpoints, pods, Services, names, environment.
import { useMemo } from "react";
import type { AnyObject, KindMap, KindName } from "#api/kinds";
import { objectsOf, select, useStore } from "#session/store";
import { useT } from "../i18n/i18n.ts";
import { Command } from "../inspector/Command.tsx";
import { Glyph } from "../status/Glyph.tsx";
import { podLook } from "../status/podStatus.ts";
import { lookWord } from "../status/words.ts";
import { containerState, dnsNames, endpointFacts, selects } from "./facts.ts";
import { slicesCommand } from "./commands.ts";
import { PodEnvironment } from "./PodEnvironment.tsx";
import { rowOf, TABLE_KINDS, type TableKind } from "./table-rows.ts";

export function ObjectFacts({ object }: { object: AnyObject }): React.JSX.Element {
  switch (object.kind) {
    case "Pod":
      return <PodFacts pod={object} />;
    case "Service":
      return <ServiceFacts service={object} />;
    default:
      return <PlainFacts object={object} />;
  }
}

function Fact({
  name,
  children,
  mono = true,
}: {
  name: string;
  children: React.ReactNode;
  mono?: boolean;
}): React.JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd className={mono ? "mono" : undefined}>{children}</dd>
    </>
  );
}

function ObjectLink({
  kind,
  objectKey,
  children,
}: {
  kind: KindName;
  objectKey: string;
  children: React.ReactNode;
}): React.JSX.Element {
  return (
    <button
      type="button"
      className="link-button mono"
      onClick={() => select({ kind: "object", objectKind: kind, key: objectKey })}
    >
      {children}
    </button>
  );
}

const labels = (map: Record<string, string> | undefined): string =>
  Object.entries(map ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join("\n") || "<none>";

function PlainFacts({ object }: { object: AnyObject }): React.JSX.Element {
  const t = useT();
  const columns: readonly string[] = TABLE_KINDS[object.kind as TableKind] ?? [];
  const cells = rowOf(object);
  return (
    <dl className="facts">
      {columns.map((column, index) => (
        <Fact key={column} name={column}>
          {cells[index]}
        </Fact>
      ))}
      <Fact name={t("factLabels")}>{labels(object.metadata.labels)}</Fact>
    </dl>
  );
}

function PodFacts({ pod }: { pod: KindMap["Pod"] }): React.JSX.Element {
  const t = useT();
  const services = useStore((state) => objectsOf(state.objects, "Service"));
  const selectedBy = useMemo(
    () => [...services].filter(([, service]) => selects(service, pod)),
    [services, pod],
  );
  const look = podLook(pod);
  const owner = pod.metadata.ownerReferences?.[0];
  return (
    <>
      <dl className="facts">
        <Fact name={t("tableStatus")} mono={false}>
          <span className="log-outcome">
            <Glyph name={look.state} size={14} />
            {lookWord(look, t)}
          </span>
        </Fact>
        <Fact name="IP">{pod.status.podIP ?? "<none>"}</Fact>
        <Fact name={t("factNode")}>
          {pod.spec.nodeName ? (
            <ObjectLink kind="Node" objectKey={pod.spec.nodeName}>
              {pod.spec.nodeName}
            </ObjectLink>
          ) : (
            "<none>"
          )}
        </Fact>
        {owner && (
          <Fact name={t("factOwner")}>
            <ObjectLink kind={owner.kind as KindName} objectKey={`${pod.metadata.namespace}/${owner.name}`}>
              {owner.kind}/{owner.name}
            </ObjectLink>
          </Fact>
        )}
        <Fact name={t("factLabels")}>{labels(pod.metadata.labels)}</Fact>
        {pod.spec.containers.map((container) => (
          <Fact key={container.name} name={`${t("objectContainer")} ${container.name}`}>
            {container.image}
            <br />
            {containerState(pod, container.name)}
          </Fact>
        ))}
        <Fact name={t("factSelectedBy")} mono={false}>
          {selectedBy.length === 0
            ? t("factNoService")
            : selectedBy.map(([key]) => (
                <ObjectLink key={key} kind="Service" objectKey={key}>
                  {key.split("/")[1]}
                </ObjectLink>
              ))}
        </Fact>
      </dl>
      <PodEnvironment pod={pod} />
    </>
  );
}

function ServiceFacts({ service }: { service: KindMap["Service"] }): React.JSX.Element {
  const t = useT();
  const slices = useStore((state) => objectsOf(state.objects, "EndpointSlice"));
  const endpoints = useMemo(() => endpointFacts(service, slices.values()), [service, slices]);
  const { spec } = service;
  const cells = rowOf(service);
  return (
    <>
      <dl className="facts">
        {TABLE_KINDS.Service.map((column, index) => (
          <Fact key={column} name={column}>
            {cells[index]}
          </Fact>
        ))}
        {spec.sessionAffinity === "ClientIP" && <Fact name="sessionAffinity">ClientIP</Fact>}
        {spec.externalTrafficPolicy === "Local" && <Fact name="externalTrafficPolicy">Local</Fact>}
        {spec.internalTrafficPolicy === "Local" && <Fact name="internalTrafficPolicy">Local</Fact>}
        <Fact name={t("factNames")}>{dnsNames(service).join("\n")}</Fact>
      </dl>
      {spec.type !== "ExternalName" && (
        <section>
          <h3>
            {t("factEndpoints", {
              ready: endpoints.filter((item) => item.ready).length,
              total: endpoints.length,
            })}
          </h3>
          <ul className="mini-list">
            {endpoints.map((item) => (
              <li key={`${item.address} ${item.ports}`}>
                <Glyph
                  name={item.terminating ? "terminating" : item.ready ? "ready" : "notReady"}
                  size={13}
                />
                <span className="mono">
                  {item.address}:{item.ports}
                </span>
                {item.pod && (
                  <ObjectLink kind="Pod" objectKey={`${service.metadata.namespace}/${item.pod}`}>
                    {item.pod}
                  </ObjectLink>
                )}
              </li>
            ))}
          </ul>
          <Command text={slicesCommand(service)} />
        </section>
      )}
    </>
  );
}
