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
  const few = !data.small && card.ports.length === 2;
  const ports = few
    ? card.ports.map((port) => `:${port}`)
    : [`:${card.ports[0]}${more > 0 ? ` +${more}` : ""}`];
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
            {/* A narrow door has no room for two beside each other, but below, where a wide one has its address. */}
            <b style={data.narrow ? { display: "block", whiteSpace: "pre-line" } : undefined}>
              {ports.join(data.narrow ? "\n" : " ")}
            </b>
          </span>
          {stack ? <span className="s">{t(card.nodeUp ? "cardAllOpen" : "cardSomeDown")}</span> : null}
          {!stack && card.nodeUp && !data.small && !data.narrow ? (
            <span className="m ip">{card.ip}</span>
          ) : null}
          {!stack && !card.nodeUp ? <span className="s">{t("cardNodeOff")}</span> : null}
        </span>
      </CardButton>
    </>
  );
});
