// The cloud's load balancer of one Service of type LoadBalancer.
import { memo } from "react";
import { useT } from "../../i18n/i18n.ts";
import { Icon } from "../../icons/Icon.tsx";
import type { LoadBalancerCard as Balancer } from "../../layout/cards.ts";
import { CardButton } from "./CardButton.tsx";

export const LoadBalancerCard = memo(function LoadBalancerCard({
  data,
}: {
  data: { card: Balancer; small: boolean };
}) {
  const { card } = data;
  const t = useT();
  const [first, ...others] = card.ports;
  const className = card.ip === undefined ? "balancer waiting" : "balancer";
  if (data.small) {
    return (
      <CardButton card={card} className={`${className} small`}>
        <Icon name="loadBalancer" />
        <span className="wrap">{t("cardLoadBalancer")}</span>
        <span className="m">{card.ip === undefined ? <i>&lt;pending&gt;</i> : <b>{`:${first}`}</b>}</span>
      </CardButton>
    );
  }
  return (
    <CardButton card={card} className={className}>
      <span className="nm">
        <Icon name="loadBalancer" />
        <span className="wrap">{t("cardLoadBalancer")}</span>
      </span>
      <span className="m">
        {card.ip === undefined ? <i>&lt;pending&gt;</i> : <b>{`${card.ip}:${first}`}</b>}
      </span>
      <span className="m" title={card.name}>
        {others.length > 0 ? others.map((port) => `:${port}`).join(" ") : card.name}
      </span>
    </CardButton>
  );
});
