// An Ingress as its controller serves it: hosts, paths, and the Service each path looks up.
import { memo } from "react";
import { useT } from "../../i18n/i18n.ts";
import { Icon } from "../../icons/Icon.tsx";
import type { IngressCard as Ingress } from "../../layout/cards.ts";
import { ingressLines, MAX_INGRESS_LINES } from "../../layout/sizes.ts";
import { CardButton } from "./CardButton.tsx";

export const IngressCard = memo(function IngressCard({ data }: { data: { card: Ingress; small: boolean } }) {
  const { card } = data;
  const t = useT();
  const all = ingressLines(card);
  const lines = all.length > MAX_INGRESS_LINES ? all.slice(0, MAX_INGRESS_LINES - 1) : all;
  return (
    <CardButton card={card} className="ingress">
      <span className="nm">
        <Icon name="ingress" />
        <span>{card.name === "" ? "Ingress" : card.name}</span>
      </span>
      {data.small ? null : (
        <span className="s">{card.name === "" ? t("cardController") : `Ingress ${card.address ?? ""}`}</span>
      )}
      {lines.length === 0 ? <span className="s">{t("cardNoIngress")}</span> : null}
      <span className={data.small ? "lines narrow" : "lines"}>
        {lines.map((line, index) =>
          line.host ? (
            <span key={index} className="m host" title={line.text}>
              <b>{line.text}</b>
            </span>
          ) : (
            <PathLine key={index} path={line.text} backend={line.backend} />
          ),
        )}
        {all.length > lines.length ? (
          <span className="m host">{t("cardMorePorts", { count: all.length - lines.length })}</span>
        ) : null}
      </span>
    </CardButton>
  );
});

function PathLine({ path, backend }: { path: string; backend: string }) {
  return (
    <>
      <span className="m" title={path}>
        {path}
      </span>
      <span className="m" title={backend}>
        {backend}
      </span>
    </>
  );
}
