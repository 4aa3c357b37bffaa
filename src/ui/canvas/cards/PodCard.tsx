// A pod: name, address, and its status as glyph, word and colour.
import { memo } from "react";
import { useT } from "../../i18n/i18n.ts";
import type { PodCard as Pod } from "../../layout/cards.ts";
import { Glyph } from "../../status/Glyph.tsx";
import { lookWord } from "../../status/words.ts";
import { CardButton, CutName } from "./CardButton.tsx";

export const PodCard = memo(function PodCard({
  data,
}: {
  data: { card: Pod; small: boolean; narrow: boolean };
}) {
  const { card, small, narrow } = data;
  const t = useT();
  const { look } = card;
  const word = lookWord(look, t);
  const long = look.state === "failing";
  const room = !narrow && !small && (look.state === "ready" || look.state === "notReady");
  const port = card.port === undefined || !room ? "" : `:${card.port}`;
  const address = card.ip === undefined ? "" : `${card.ip}${port}`;
  const name = small ? (card.generated ?? card.name) : card.name;
  return (
    <CardButton card={card} className={`pod ${look.state}${small ? " small" : ""}`}>
      <span className="nm">
        <Glyph key={look.state} name={look.state} />
        <CutName name={name} />
        {card.faulty && !small ? <span className="tag-fault">{t("cardFault")}</span> : null}
      </span>
      <span className="r2">
        {long && !small ? null : <span className="m">{address}</span>}
        <span className={`st state-${look.state}${long ? " long" : ""}`}>{word}</span>
        {long && !small && look.restarts > 0 ? (
          <span className="s">{t("cardRestarts", { count: look.restarts })}</span>
        ) : null}
      </span>
    </CardButton>
  );
});
