// The canvas's text twin: every request in a row, newest first. A row chosen is a request selected everywhere.
import { memo, useMemo, useRef, useState } from "react";
import type { Journey } from "#cluster/trace/types";
import { MAX_JOURNEYS, select, useStore, type Projection } from "#session/store";
import { useT, type Translate } from "../i18n/i18n.ts";
import { outcomeOf } from "../inspector/outcome.ts";
import { placeName } from "../inspector/why.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { Glyph } from "../status/Glyph.tsx";
import { formatClock } from "../shell/Transport.tsx";
import { useCalm } from "../shell/useCalm.ts";
import { moveAmongRows } from "./row-keys.ts";
import "./log.css";

/** Rows that are in the page at once; older ones are reached by scrolling, which shows more. */
const PAGE = 50;
const PAUSE_MS = 200;
/** Scrolled by more than this, somebody reads older rows. */
const READING_PX = 8;
const journeysOf = (state: Projection): Projection["journeys"] => state.journeys;

type Filter = "all" | "failed";

export function RequestLog(): React.JSX.Element {
  const t = useT();
  const journeys = useCalm(journeysOf, PAUSE_MS);
  const selection = useStore((state) => state.selection);
  const [filter, setFilter] = useState<Filter>("all");
  const [shown, setShown] = useState(PAGE);
  // Whoever has scrolled down reads in peace: what came later waits above, counted.
  const [readingFrom, setReadingFrom] = useState<number | null>(null);
  const scroll = useRef<HTMLDivElement>(null);
  const all = useMemo(() => rowsOf(journeys, filter), [journeys, filter]);
  const rows = useMemo(
    () => (readingFrom === null ? all : all.filter(({ id }) => id <= readingFrom)),
    [all, readingFrom],
  );
  const waiting = all.length - rows.length;
  const toLatest = (): void => {
    setReadingFrom(null);
    if (scroll.current) scroll.current.scrollTop = 0;
  };
  const children = useMemo(() => childrenOf(journeys), [journeys]);
  const selected = selection?.kind === "journey" ? selection.id : undefined;
  return (
    <div className="log">
      <div className="log-bar">
        <div className="segments" role="group" aria-label={t("logFilter")}>
          {(["all", "failed"] as const).map((value) => (
            <button
              key={value}
              type="button"
              aria-pressed={filter === value}
              onClick={() => setFilter(value)}
            >
              {t(value === "all" ? "logAll" : "logFailed")}
            </button>
          ))}
        </div>
        <span className="log-kept">{t("logKept", { count: MAX_JOURNEYS })}</span>
        {waiting > 0 && (
          <button type="button" className="log-latest" onClick={toLatest}>
            <ActionIcon name="up" size={12} />
            {t("logLatest", { count: waiting })}
          </button>
        )}
      </div>
      {rows.length === 0 ? (
        <p className="log-empty">{t("logEmpty")}</p>
      ) : (
        <div
          ref={scroll}
          className="log-scroll"
          tabIndex={0}
          role="region"
          aria-label={t("logTitle")}
          onKeyDown={moveAmongRows}
          onScroll={(event) => {
            const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
            if (scrollTop + clientHeight > scrollHeight - 200 && shown < rows.length) setShown(shown + PAGE);
            if (scrollTop < READING_PX) setReadingFrom(null);
            else if (readingFrom === null) setReadingFrom(rows[0]?.id ?? null);
          }}
        >
          <table className="log-table">
            <thead>
              <tr>
                <th scope="col">{t("logNumber")}</th>
                <th scope="col" className="hide-small">
                  {t("logTime")}
                </th>
                <th scope="col">{t("logClient")}</th>
                <th scope="col" className="hide-small">
                  {t("logRequest")}
                </th>
                <th scope="col">{t("logWay")}</th>
                <th scope="col">{t("logOutcome")}</th>
                <th scope="col" className="number hide-small">
                  {t("logTook")}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, shown).map((journey) => (
                <Row
                  key={journey.id}
                  journey={journey}
                  child={children.get(journey.id)}
                  selected={journey.id === selected}
                  t={t}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function childrenOf(journeys: ReadonlyMap<number, Journey>): Map<number, Journey> {
  return new Map(
    [...journeys.values()].flatMap((journey) =>
      journey.parent === undefined ? [] : [[journey.parent, journey] as const],
    ),
  );
}

/** Newest first; a request that serves another is reached from that one. */
function rowsOf(journeys: ReadonlyMap<number, Journey>, filter: Filter): Journey[] {
  const rows = [...journeys.values()].filter(
    (journey) => journey.parent === undefined && journey.client.program !== "probe",
  );
  const kept = filter === "all" ? rows : rows.filter((journey) => isFailed(journey));
  return kept.reverse();
}

function isFailed(journey: Journey): boolean {
  return journey.end?.kind === "failure" || (journey.end?.kind === "response" && journey.end.status >= 400);
}

/** The places that the request passed, in order: "node-3 → kubia-x2gzf". */
function wayOf(journey: Journey, child?: Journey): string {
  const names: string[] = [];
  for (const leg of child ? [...journey.legs, ...child.legs] : journey.legs) {
    if (leg.direction !== "request") continue;
    const name = placeName(leg.to);
    if (names.at(-1) !== name && !names.includes(name)) names.push(name);
  }
  return names.join(" → ");
}

interface RowProps {
  journey: Journey;
  /** The Ingress controller's request to the pod, on this one's behalf. */
  child: Journey | undefined;
  selected: boolean;
  t: Translate;
}

const Row = memo(function Row({ journey, child, selected, t }: RowProps): React.JSX.Element {
  const outcome = outcomeOf(journey);
  const way = wayOf(journey, child);
  const open = (): void => select({ kind: "journey", id: journey.id });
  return (
    <tr className={selected ? "selected" : undefined} onClick={open}>
      <td>
        <button type="button" className="log-open" tabIndex={-1} onClick={open} aria-pressed={selected}>
          {journey.id}
        </button>
      </td>
      <td className="number hide-small">{formatClock(journey.startedAt)}</td>
      <td>{placeName(journey.client.place)}</td>
      <td className="mono log-request hide-small" title={journey.request.url}>
        {journey.request.method} {journey.request.url}
      </td>
      <td className="log-way" title={way}>
        <bdi>{way}</bdi>
      </td>
      <td className="log-result">
        <span className={`log-outcome ${outcome.tone}`}>
          <Glyph name={outcome.glyph} size={13} />
          {t(outcome.word, outcome.values)}
          {journey.end?.kind === "failure" && (
            <span className="mono log-said" title={journey.end.text}>
              {journey.end.text}
            </span>
          )}
        </span>
      </td>
      <td className="number hide-small">{journey.end ? took(journey.end.at - journey.startedAt) : ""}</td>
    </tr>
  );
});

function took(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
