// A workload with too many pods for cards: one dot a pod, a row for each node, and honest counts.
import { memo } from "react";
import { select } from "#session/store";
import { useT } from "../../i18n/i18n.ts";
import type { GroupCard as Group, PodCard } from "../../layout/cards.ts";
import { DOT_PITCH, DOT_ROW } from "../../layout/sizes.ts";
import { GLYPHS } from "../../status/Glyph.tsx";
import { lookWord } from "../../status/words.ts";
import { CardButton } from "./CardButton.tsx";

interface Data {
  card: Group;
  perLine: number;
  width: number;
  small: boolean;
}

export const GroupCard = memo(function GroupCard({ data }: { data: Data }) {
  const { card, perLine, width, small } = data;
  const t = useT();
  const label = small ? 0 : 54;
  const inner = width - 28;
  const { rows, height } = placedRows(card, perLine, small);
  return (
    <CardButton card={card} className="group">
      <span className="gh">
        <span>{card.name}</span>
        <span className="rd">
          {t("cardGroupReady")} <b>{`${card.ready}/${card.total}`}</b>
        </span>
      </span>
      <svg width={inner} height={height} aria-hidden="true">
        {rows.map(({ row, top }) => (
          <g key={row.node} transform={`translate(0 ${top})`}>
            <text x="0" y={small ? -2 : 13}>
              {row.node === "" ? "–" : row.node}
            </text>
            {row.pods.map((pod, index) => (
              <Dot
                key={pod.id}
                pod={pod}
                x={label + (index % perLine) * DOT_PITCH + 7}
                y={Math.floor(index / perLine) * DOT_ROW + 9}
              />
            ))}
            <text className={`n${row.ready < row.pods.length ? " short" : ""}`} x={inner} y={small ? -2 : 13}>
              {`${row.ready}/${row.pods.length}`}
            </text>
          </g>
        ))}
      </svg>
    </CardButton>
  );
});

function placedRows(card: Group, perLine: number, small: boolean) {
  const rows: { row: Group["rows"][number]; top: number }[] = [];
  let height = 0;
  for (const row of card.rows) {
    const top = height + (small ? 14 : 0);
    rows.push({ row, top });
    height = top + Math.ceil(row.pods.length / perLine) * DOT_ROW + 6;
  }
  return { rows, height };
}

const Dot = memo(function Dot({ pod, x, y }: { pod: PodCard; x: number; y: number }) {
  const t = useT();
  const plain = pod.look.state === "ready";
  return (
    <g
      className="dot"
      transform={`translate(${x} ${y})`}
      onClick={(event) => {
        event.stopPropagation();
        select({ kind: "object", objectKind: "Pod", key: pod.key });
      }}
    >
      <title>{`${pod.name} · ${lookWord(pod.look, t)}`}</title>
      <rect x="-7" y="-9" width="14" height="18" fill="transparent" />
      {plain ? (
        <circle r="4.5" fill="var(--ok)" />
      ) : (
        <g transform="translate(-6.4 -6.6) scale(.8)">{GLYPHS[pod.look.state]}</g>
      )}
    </g>
  );
});
