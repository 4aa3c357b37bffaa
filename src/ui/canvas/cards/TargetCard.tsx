// Something outside the cluster that a Service stands for: a DNS name (ExternalName) or addresses without pods.
import { memo } from "react";
import { useT } from "../../i18n/i18n.ts";
import { Icon } from "../../icons/Icon.tsx";
import type { TargetCard as Target } from "../../layout/cards.ts";
import { CardButton } from "./CardButton.tsx";

export const TargetCard = memo(function TargetCard({ data }: { data: { card: Target } }) {
  const { card } = data;
  const t = useT();
  return (
    <CardButton card={card} className="target">
      <span className="nm">
        <Icon name={card.externalName ? "internet" : "outside"} />
        <span className="cut-name" title={card.title}>
          <span className="head">{card.title}</span>
        </span>
      </span>
      {card.addresses.slice(0, 3).map((address) => (
        <span key={address} className="m">
          {address}
        </span>
      ))}
      <span className="s">{t(card.externalName ? "cardExternalName" : "cardOutside")}</span>
    </CardButton>
  );
});
