// The button that every card is: named for screen readers, selected by click or Enter, its connections lit on hover.
import type { ReactNode } from "react";
import { select } from "#session/store";
import { useT } from "../../i18n/i18n.ts";
import type { Card } from "../../layout/cards.ts";
import { cardName, selectionOf } from "../names.ts";
import { flashKeyOf } from "../flash.ts";
import { useHover } from "../hover.ts";
import { useIsLit, useIsSelected, useIsStopped } from "../spotlight.ts";
import { Flash } from "./Flash.tsx";

export function CardButton({
  card,
  className,
  children,
}: {
  card: Card;
  className: string;
  children: ReactNode;
}) {
  const t = useT();
  const on = useIsSelected(card);
  const lit = useIsLit(card.id);
  const stopped = useIsStopped(card.id);
  return (
    <>
      <button
        type="button"
        className={`card ${className}${on ? " on" : ""}${lit ? " lit" : ""}${stopped ? " stopped" : ""}`}
        data-card={card.id}
        aria-label={cardName(card, t)}
        aria-pressed={on}
        onClick={() => select(on ? null : selectionOf(card))}
        onMouseEnter={() => useHover.setState({ card: card.id })}
        onMouseLeave={() => useHover.setState({ card: null })}
        onFocus={() => useHover.setState({ card: card.id })}
        onBlur={() => useHover.setState({ card: null })}
      >
        {children}
      </button>
      <Flash of={flashKeyOf(card)} className={card.type} />
    </>
  );
}

/** A long name that keeps its end, where generated names differ. */
export function CutName({ name }: { name: string }) {
  const cut = name.length > 12 ? name.length - 6 : name.length;
  return (
    <span className="cut-name" title={name}>
      <span className="head">{name.slice(0, cut)}</span>
      <span className="tail">{name.slice(cut)}</span>
    </span>
  );
}
