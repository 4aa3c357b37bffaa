// A workload with too many pods for cards: one dot a pod, a row for each node, and honest counts. A click on a dot
// selects its pod, which then shows its name beside the dot.
import { memo, type MouseEvent } from "react";
import { select, useStore } from "#session/store";
import { useT } from "../../i18n/i18n.ts";
import type { GroupCard as Group, PodCard } from "../../layout/cards.ts";
import type { DotGrid } from "../../layout/sizes.ts";
import { Glyph, GLYPHS } from "../../status/Glyph.tsx";
import { lookWord } from "../../status/words.ts";
import { useFlashes } from "../flash.ts";
import { CardButton } from "./CardButton.tsx";

interface Data {
  card: Group;
  grid: DotGrid;
  width: number;
  small: boolean;
}

interface Spot {
  pod: PodCard;
  x: number;
  y: number;
}

interface Row {
  node: string;
  top: number;
  ready: number;
  spots: Spot[];
}

/** Above the dots: the card's padding and its head. */
const HEAD = 42;
const PADDING = 13;

export const GroupCard = memo(function GroupCard({ data }: { data: Data }) {
  const { card, grid, width, small } = data;
  const t = useT();
  const inner = width - 2 * PADDING;
  const { rows, height } = placedRows(card, grid, small);
  const key = useStore(({ selection }) =>
    selection?.kind === "object" && selection.objectKind === "Pod" ? selection.key : null,
  );
  const chosen =
    key === null ? undefined : rows.flatMap((row) => row.spots).find((spot) => spot.pod.key === key);
  const pick = (event: MouseEvent<SVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const zoom = box.width / inner;
    const spot = spotAt(rows, grid, (event.clientX - box.left) / zoom, (event.clientY - box.top) / zoom);
    if (!spot) return;
    event.stopPropagation();
    select({ kind: "object", objectKind: "Pod", key: spot.pod.key });
  };
  return (
    <>
      <CardButton card={card} className="group">
        <span className="gh">
          <span>{card.name}</span>
          <span className="rd">
            {t("cardGroupReady")} <b>{`${card.ready}/${card.total}`}</b>
          </span>
        </span>
        <span className="dots">
          <svg width={inner} height={height} aria-hidden="true" onClick={pick}>
            <rect width={inner} height={height} fill="transparent" />
            {rows.map((row) => (
              <DotRow key={row.node} row={row} inner={inner} small={small} radius={grid.pitch * 0.33} />
            ))}
            {chosen ? (
              <rect className="dot-ring" x={chosen.x - 8} y={chosen.y - 8} width="16" height="16" rx="5" />
            ) : null}
          </svg>
          <DotFlashes rows={rows} />
        </span>
      </CardButton>
      {chosen ? <Callout spot={chosen} width={width} /> : null}
    </>
  );
});

function placedRows(card: Group, grid: DotGrid, small: boolean): { rows: Row[]; height: number } {
  const rows: Row[] = [];
  let height = 0;
  for (const { node, ready, pods } of card.rows) {
    const top = height + (small ? 14 : 0);
    const spots = pods.map((pod, index) => ({
      pod,
      x: grid.label + (index % grid.perLine) * grid.pitch + grid.pitch / 2,
      y: top + Math.floor(index / grid.perLine) * grid.row + 9,
    }));
    rows.push({ node, top, ready, spots });
    height = top + Math.ceil(pods.length / grid.perLine) * grid.row + 6;
  }
  return { rows, height };
}

function spotAt(rows: readonly Row[], grid: DotGrid, x: number, y: number): Spot | undefined {
  for (const row of rows) {
    for (const spot of row.spots) {
      if (Math.abs(spot.x - x) <= grid.pitch / 2 && Math.abs(spot.y - y) <= grid.row / 2) return spot;
    }
  }
  return undefined;
}

interface DotRowProps {
  row: Row;
  inner: number;
  small: boolean;
  radius: number;
}

function DotRow({ row, inner, small, radius }: DotRowProps) {
  const t = useT();
  const line = row.top + (small ? -2 : 13);
  const short = row.ready < row.spots.length;
  return (
    <g>
      <text x="0" y={line}>
        {row.node === "" ? "–" : row.node}
      </text>
      {row.spots.map(({ pod, x, y }) => (
        <Dot
          key={pod.id}
          state={pod.look.state}
          x={x}
          y={y}
          radius={radius}
          title={`${pod.name} · ${lookWord(pod.look, t)}`}
        />
      ))}
      <text className={`n${short ? " short" : ""}`} x={inner} y={line}>
        {`${row.ready}/${row.spots.length}`}
      </text>
    </g>
  );
}

/** Rings around the dots of pods that have just come or were changed; beside the drawing, which is not painted again. */
function DotFlashes({ rows }: { rows: readonly Row[] }) {
  const flashes = useFlashes((state) => state.flashes);
  if (flashes.size === 0) return null;
  return rows
    .flatMap((row) => row.spots)
    .flatMap(({ pod, x, y }) => {
      const flash = flashes.get(`Pod/${pod.key}`);
      const style = { left: x, top: y };
      return flash ? [<span key={`${pod.key} ${flash.id}`} className="dot-flash" style={style} />] : [];
    });
}

interface DotProps {
  state: PodCard["look"]["state"];
  x: number;
  y: number;
  radius: number;
  title: string;
}

const Dot = memo(function Dot({ state, x, y, radius, title }: DotProps) {
  const scale = (radius * 2.8) / 16;
  return (
    <g className="dot" transform={`translate(${x} ${y})`}>
      <title>{title}</title>
      {state === "ready" ? (
        <circle r={radius} fill="var(--ok)" />
      ) : (
        <g transform={`translate(${-8 * scale} ${-8 * scale}) scale(${scale})`}>{GLYPHS[state]}</g>
      )}
    </g>
  );
});

function Callout({ spot, width }: { spot: Spot; width: number }) {
  const t = useT();
  const { pod } = spot;
  const x = PADDING + spot.x;
  return (
    <div className={`callout${x > width / 2 ? " left" : ""}`} style={{ left: x, top: HEAD + spot.y }}>
      <span className="nm">
        <Glyph name={pod.look.state} />
        {pod.name}
      </span>
      <span className="s">{`${lookWord(pod.look, t)} · ${pod.ip ?? "-"}`}</span>
    </div>
  );
}
