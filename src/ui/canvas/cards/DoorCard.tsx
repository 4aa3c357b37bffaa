// A node's door in the cluster's wall: the node ports that are open on its address. Many doors are one stack.
import { memo } from "react";
import { useT } from "../../i18n/i18n.ts";
import { DoorIcon } from "../../icons/Icon.tsx";
import type { DoorCard as Door } from "../../layout/cards.ts";
import { CardButton } from "./CardButton.tsx";

export const DoorCard = memo(function DoorCard({
  data,
}: {
  data: { card: Door; small: boolean; narrow: boolean };
}) {
  const { card } = data;
  const t = useT();
  const more = card.ports.length - 1;
  const lines =
    more === 1 && !data.small
      ? card.ports.map((port) => `:${port}`)
      : [`:${card.ports[0]}`, ...(more > 0 ? [`+${more}`] : [])];
  // Two ports stand one below the other; a wide door gives up the line of its address for that, which its node says too.
  const apart = more === 1 || data.narrow || data.small;
  const stack = card.count > 1;
  return (
    <>
      {stack ? <span className="stack" style={{ transform: "translate(8px,-8px)" }} /> : null}
      {stack ? <span className="stack" style={{ transform: "translate(4px,-4px)" }} /> : null}
      <CardButton card={card} className={`door${card.nodeUp || stack ? "" : " off"}`}>
        <DoorIcon />
        <span className="txt">
          <span className="nm">{stack ? t("cardDoors", { count: card.count }) : card.node}</span>
          <span
            className="m"
            title={card.ports.map((port) => `:${port}`).join(" ")}
            style={{ display: "block" }}
          >
            <b style={apart ? { display: "block", whiteSpace: "pre-line" } : undefined}>
              {lines.join(apart ? "\n" : " ")}
            </b>
          </span>
          {stack ? <span className="s">{t(card.nodeUp ? "cardAllOpen" : "cardSomeDown")}</span> : null}
          {!stack && card.nodeUp && !data.small && !(apart && more > 0) && !data.narrow ? (
            <span className="m ip">{card.ip}</span>
          ) : null}
          {!stack && !card.nodeUp ? <span className="s">{t("cardNodeOff")}</span> : null}
        </span>
      </CardButton>
    </>
  );
});
