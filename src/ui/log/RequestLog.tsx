// The canvas's text twin: every request in a row, newest first. A row chosen is a request selected everywhere.
import { useMemo, useRef, useState } from "react";
import type { Journey } from "#cluster/trace/types";
import { MAX_JOURNEYS, useStore, type Projection } from "#session/store";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { useCalm } from "../shell/useCalm.ts";
import { RequestRow } from "./RequestRow.tsx";
import { moveAmongRows } from "./row-keys.ts";
import { useGrowing } from "./useGrowing.ts";
import "./log.css";

/** Rows that are in the page at once; older ones are reached by scrolling, which shows more. */
const PAGE = 50;
const PAUSE_MS = 200;
/** Scrolled by more than this, somebody reads older rows. */
const READING_PX = 8;
const journeysOf = (state: Projection): Projection["journeys"] => state.journeys;

type Filter = "all" | "failed";

export function RequestLog(): React.JSX.Element {
  const journeys = useCalm(journeysOf, PAUSE_MS);
  const [filter, setFilter] = useState<Filter>("all");
  const all = useMemo(() => rowsOf(journeys, filter), [journeys, filter]);
  const { rows, onScrolled, rest } = useReading(all);
  const [shown, grow] = useGrowing(PAGE, rows.length);
  const scroll = useRef<HTMLDivElement>(null);
  const t = useT();
  const toLatest = (): void => {
    rest();
    if (scroll.current) scroll.current.scrollTop = 0;
  };
  return (
    <div className="log">
      <LogBar filter={filter} onFilter={setFilter} waiting={all.length - rows.length} toLatest={toLatest} />
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
            grow(event.currentTarget);
            onScrolled(event.currentTarget.scrollTop);
          }}
        >
          <table className="log-table">
            <Head />
            <Rows rows={rows.slice(0, shown)} journeys={journeys} />
          </table>
        </div>
      )}
    </div>
  );
}

interface Reading {
  rows: readonly Journey[];
  onScrolled: (top: number) => void;
  /** Reading has ended: the newest rows are wanted again. */
  rest: () => void;
}

/** Whoever has scrolled down reads in peace: what came later waits above, counted. */
function useReading(all: readonly Journey[]): Reading {
  const [from, setFrom] = useState<number | null>(null);
  const rows = useMemo(() => (from === null ? all : all.filter(({ id }) => id <= from)), [all, from]);
  return {
    rows,
    onScrolled: (top) => {
      if (top < READING_PX) setFrom(null);
      else if (from === null) setFrom(rows[0]?.id ?? null);
    },
    rest: () => setFrom(null),
  };
}

interface LogBarProps {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  /** Rows that came while somebody reads further down. */
  waiting: number;
  toLatest: () => void;
}

function LogBar({ filter, onFilter, waiting, toLatest }: LogBarProps): React.JSX.Element {
  const t = useT();
  return (
    <div className="log-bar">
      <div className="segments" role="group" aria-label={t("logFilter")}>
        {(["all", "failed"] as const).map((value) => (
          <button key={value} type="button" aria-pressed={filter === value} onClick={() => onFilter(value)}>
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
  );
}

function Head(): React.JSX.Element {
  const t = useT();
  return (
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
  );
}

interface RowsProps {
  rows: readonly Journey[];
  journeys: ReadonlyMap<number, Journey>;
}

function Rows({ rows, journeys }: RowsProps): React.JSX.Element {
  const t = useT();
  const selection = useStore((state) => state.selection);
  const selected = selection?.kind === "journey" ? selection.id : undefined;
  const children = useMemo(() => childrenOf(journeys), [journeys]);
  return (
    <tbody>
      {rows.map((journey) => (
        <RequestRow
          key={journey.id}
          journey={journey}
          child={children.get(journey.id)}
          selected={journey.id === selected}
          t={t}
        />
      ))}
    </tbody>
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
