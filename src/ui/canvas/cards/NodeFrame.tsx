// A node: the frame that its pods stand in. Only its head is a button, so that the pods inside keep theirs.
import { memo } from "react";
import { select } from "#session/store";
import { useT } from "../../i18n/i18n.ts";
import { Icon } from "../../icons/Icon.tsx";
import type { NodeCard } from "../../layout/cards.ts";
import { cardName, selectionOf } from "../names.ts";
import { flashKeyOf } from "../flash.ts";
import { useIsSelected } from "../spotlight.ts";
import { Flash } from "./Flash.tsx";

export const NodeFrame = memo(function NodeFrame({
  data,
}: {
  data: { card: NodeCard; small: boolean; narrow: boolean };
}) {
  const { card, small, narrow } = data;
  const t = useT();
  const on = useIsSelected(card);
  const nowhere = card.name === "";
  const down = card.stopped || !card.ready;
  const flag = card.stopped
    ? t("cardNodeOff")
    : !card.ready
      ? t("cardNodeNotReady")
      : card.cordoned
        ? t("cardNodeCordoned")
        : null;
  return (
    <div className={`node-frame${small ? " bare" : ""}${down || nowhere ? " off" : ""}${on ? " on" : ""}`}>
      <button
        type="button"
        className="node-head"
        data-card={card.id}
        disabled={nowhere}
        aria-label={nowhere ? t("cardNowhere") : cardName(card, t)}
        aria-pressed={on}
        onClick={() => select(on ? null : selectionOf(card))}
      >
        {small ? null : <Icon name="node" />}
        <span>{nowhere ? t("cardNowhere") : card.name}</span>
        {flag !== null ? (
          <span className="flag">{flag}</span>
        ) : small || narrow ? null : (
          <span className="m">{card.ip}</span>
        )}
      </button>
      {card.pods === 0 && !small ? <div className="node-empty">{t("cardNodeEmpty")}</div> : null}
      <Flash of={flashKeyOf(card)} className="node" />
    </div>
  );
});
