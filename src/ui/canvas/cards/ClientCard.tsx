// Who asks: a curl, a browser, or a pod or node that asks from inside.
import { memo } from "react";
import { WORKSTATION } from "#cluster/workstation/types";
import { useT } from "../../i18n/i18n.ts";
import { Icon } from "../../icons/Icon.tsx";
import type { ClientCard as Client } from "../../layout/cards.ts";
import { CardButton } from "./CardButton.tsx";

/** With a soft hyphen, for cards in which it takes two lines. */
const WORKSTATION_HYPHENATED = "work\u00adstation";

/** A name with more characters than this is set smaller, so that "workstation" can be read whole. */
const LONG_NAME = 8;

export const ClientCard = memo(function ClientCard({ data }: { data: { card: Client; small: boolean } }) {
  const { card } = data;
  const t = useT();
  const icon = card.inside ? "insidePod" : card.program === "browser" ? "browser" : "curl";
  const program = t(card.program === "curl" ? "cardCurl" : "cardBrowser");
  return (
    <CardButton card={card} className={`client${card.inside ? " inside" : ""}`}>
      <span className="nm">
        <Icon name={icon} />
        <span className={card.name.length > LONG_NAME ? "long" : undefined} title={card.name}>
          {card.name === WORKSTATION ? WORKSTATION_HYPHENATED : card.name}
        </span>
      </span>
      <span className="m">{card.adHoc ? t("cardAdHoc") : program}</span>
      {card.rate > 0 && !data.small ? <span className="s">{t("cardRate", { rate: card.rate })}</span> : null}
    </CardButton>
  );
});
