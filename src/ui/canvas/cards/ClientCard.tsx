// Who asks: a curl, a browser, or a pod or node that asks from inside.
import { memo } from "react";
import { useT } from "../../i18n/i18n.ts";
import { Icon } from "../../icons/Icon.tsx";
import type { ClientCard as Client } from "../../layout/cards.ts";
import { CardButton } from "./CardButton.tsx";

export const ClientCard = memo(function ClientCard({ data }: { data: { card: Client; small: boolean } }) {
  const { card } = data;
  const t = useT();
  const icon = card.inside ? "insidePod" : card.program === "browser" ? "browser" : "curl";
  const program = t(card.program === "curl" ? "cardCurl" : "cardBrowser");
  return (
    <CardButton card={card} className={`client${card.inside ? " inside" : ""}`}>
      <span className="nm">
        <Icon name={icon} />
        <span title={card.name}>{card.name}</span>
      </span>
      <span className="m">{card.adHoc ? t("cardAdHoc") : program}</span>
      {card.rate > 0 && !data.small ? <span className="s">{t("cardRate", { rate: card.rate })}</span> : null}
    </CardButton>
  );
});
