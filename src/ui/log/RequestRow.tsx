// A request in the log: when, who, what, which way, and what became of it.
import { memo } from "react";
import type { Journey } from "#cluster/trace/types";
import { select } from "#session/store";
import type { Translate } from "../i18n/i18n.ts";
import { outcomeOf } from "../inspector/outcome.ts";
import { placeName } from "../inspector/place-name.ts";
import { formatClock } from "../shell/clock.ts";
import { Glyph } from "../status/Glyph.tsx";

interface RowProps {
  journey: Journey;
  /** The Ingress controller's request to the pod, on this one's behalf. */
  child: Journey | undefined;
  selected: boolean;
  t: Translate;
}

export const RequestRow = memo(function RequestRow({
  journey,
  child,
  selected,
  t,
}: RowProps): React.JSX.Element {
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
