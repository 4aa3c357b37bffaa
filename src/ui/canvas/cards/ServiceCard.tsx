// A Service: a dashed rule that the track runs through, with its ports on the track. No machine, so no body.
import { memo } from "react";
import { useT } from "../../i18n/i18n.ts";
import { Icon } from "../../icons/Icon.tsx";
import type { ServiceCard as Service } from "../../layout/cards.ts";
import { MAX_PORT_ROWS, portText } from "../../layout/sizes.ts";
import { Glyph } from "../../status/Glyph.tsx";
import { CardButton } from "./CardButton.tsx";

export const ServiceCard = memo(function ServiceCard({ data }: { data: { card: Service; small: boolean } }) {
  const { card, small } = data;
  const t = useT();
  const type = card.headless ? t("cardHeadless") : card.serviceType;
  const namespace = card.namespace === "default" ? "" : ` · ${card.namespace}`;
  const address = card.clusterIP ?? (card.headless ? t("cardNoAddress") : (card.externalName ?? ""));
  return (
    <CardButton card={card} className="service">
      <span className="part top">
        <span className="nm">
          <Icon name="service" />
          <span title={card.name}>{card.name}</span>
        </span>
        <span className="s" style={{ display: "block" }}>{`${type}${namespace}`}</span>
        <span className="m" style={{ display: "block" }}>
          {address}
        </span>
      </span>
      <Pills card={card} />
      <span className="part bottom">
        <Selector card={card} />
        <Readiness card={card} small={small} />
      </span>
    </CardButton>
  );
});

function Pills({ card }: { card: Service }) {
  const t = useT();
  const shown = card.ports.slice(0, MAX_PORT_ROWS);
  const hidden = card.ports.length - shown.length;
  // Ports of an ExternalName Service change nothing, and its card has no room for them.
  if (shown.length === 0 || card.serviceType === "ExternalName") return null;
  return (
    <span className="pills">
      {shown.map((row) => (
        <span key={`${row.port}/${row.protocol}`} className="pill">
          {shown.length > 1 && row.name !== undefined ? <span className="name">{row.name}</span> : null}
          {portText(row, true)}
        </span>
      ))}
      {hidden > 0 ? <span className="pill more">{t("cardMorePorts", { count: hidden })}</span> : null}
    </span>
  );
}

function Selector({ card }: { card: Service }) {
  const t = useT();
  if (card.serviceType === "ExternalName") return null;
  if (card.selector.length === 0) return <span className="s">{t("cardNoSelector")}</span>;
  return (
    <span className="chips" title={card.selector.join(",")}>
      <span className="chip">{card.selector[0]}</span>
      {card.selector.length > 1 ? <span className="chip fix">{`+${card.selector.length - 1}`}</span> : null}
    </span>
  );
}

function Readiness({ card, small }: { card: Service; small: boolean }) {
  const t = useT();
  if (card.serviceType === "ExternalName") return null;
  if (card.total === 0) return <span className="rd none">{t("cardNoEndpoints")}</span>;
  const glyphs = card.looks.length > 0 && card.looks.length <= (small ? 3 : 4);
  return (
    <span className={`rd${card.ready === 0 ? " none" : ""}`}>
      {glyphs ? (
        <span className="eps">
          {card.looks.map((look, index) => (
            <Glyph key={index} name={look.state} />
          ))}
        </span>
      ) : null}
      {/* It follows its glyphs; alone, and perhaps counting up, it is read at once. */}
      <span key={glyphs ? `${card.ready}/${card.total}` : "all"} className={glyphs ? "count-in" : undefined}>
        {t(small || (glyphs && card.looks.length > 3) ? "cardReadyShort" : "cardReadyOf", {
          ready: card.ready,
          total: card.total,
        })}
      </span>
    </span>
  );
}
