// One request in full: what became of it, why it went where it went, and its addresses on the way.
import { useMemo } from "react";
import type { Journey } from "#cluster/trace/types";
import { follow } from "#session/cluster-link";
import { select, useStore } from "#session/store";
import { useT, type StringKey, type Translate } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { Glyph } from "../status/Glyph.tsx";
import { againCommand } from "../objects/curl-command.ts";
import { Command } from "./Command.tsx";
import { outcomeOf } from "./outcome.ts";
import { placeName } from "./place-name.ts";
import { verdictOf } from "./verdict.ts";
import { whySteps, type WhyStep } from "./why.ts";
import "./inspector.css";

export function JourneyPanel({ journey }: { journey: Journey }): React.JSX.Element {
  const t = useT();
  const steps = useMemo(() => whySteps(journey), [journey]);
  const { id } = journey;
  const child = useStore((state) => childOf(state.journeys, id));
  const again = againCommand(journey);
  return (
    <div className="inspector">
      <Head journey={journey} />
      {again !== undefined && <Command text={again} />}
      <h2>{t(questionOf(journey))}</h2>
      {journey.end?.kind === "failure" && <pre className="failure-text">{journey.end.text}</pre>}
      <p className="verdict">{verdictOf(journey, t, child)}</p>
      <Ways journey={journey} child={child} />
      <ol className="why">
        {steps.map((step) => (
          <WhyItem key={step.id} step={step} t={t} startedAt={journey.startedAt} />
        ))}
      </ol>
      <Wire journey={journey} t={t} />
      {journey.end?.kind === "response" && journey.end.body && (
        <section>
          <h3>{t("journeyBody")}</h3>
          <pre className="code-block">{journey.end.body.slice(0, 2000)}</pre>
        </section>
      )}
    </div>
  );
}

function childOf(journeys: ReadonlyMap<number, Journey>, id: number): Journey | undefined {
  for (const journey of journeys.values()) if (journey.parent === id) return journey;
  return undefined;
}

function questionOf({ end }: Journey): StringKey {
  if (end?.kind === "failure") return "journeyWhyFailed";
  return end && end.status >= 400 ? "journeyWhyAnswer" : "journeyWhy";
}

function Head({ journey }: { journey: Journey }): React.JSX.Element {
  const t = useT();
  const outcome = outcomeOf(journey);
  return (
    <div className="inspector-head">
      <span className={`tag ${outcome.tone}`}>
        <Glyph name={outcome.glyph} size={12} />
        {t(outcome.word, outcome.values)}
      </span>
      <span className="mono inspector-request">
        {journey.request.method} {journey.request.url}
      </span>
    </div>
  );
}

interface WaysProps {
  journey: Journey;
  child: Journey | undefined;
}

/** Follow it while it is on its way; go to the request that it serves, or to the one that serves it. */
function Ways({ journey: { id, parent, end }, child }: WaysProps): React.JSX.Element {
  const t = useT();
  const followed = useStore((state) => state.followed === id);
  return (
    <div className="inspector-actions">
      {!end && (
        <button
          type="button"
          className="button line"
          aria-pressed={followed}
          onClick={() => follow(followed ? null : id)}
        >
          <ActionIcon name="follow" />
          {t(followed ? "journeyUnfollow" : "journeyFollow")}
        </button>
      )}
      {parent !== undefined && <OtherJourney id={parent} word="journeyParent" />}
      {child && <OtherJourney id={child.id} word="journeyChild" />}
    </div>
  );
}

interface OtherJourneyProps {
  id: number;
  word: "journeyParent" | "journeyChild";
}

function OtherJourney({ id, word }: OtherJourneyProps): React.JSX.Element {
  const t = useT();
  return (
    <button type="button" className="button line" onClick={() => select({ kind: "journey", id })}>
      {t(word, { id })}
    </button>
  );
}

function WhyItem({
  step,
  t,
  startedAt,
}: {
  step: WhyStep;
  t: Translate;
  startedAt: number;
}): React.JSX.Element {
  return (
    <li className="why-step">
      <Glyph name={step.glyph} />
      <div>
        <p className="why-title">
          <span className="why-at">{elapsed(step.at - startedAt)}</span>
          <b>{t(step.title)}</b> <span>{t(step.brief.key, step.brief.values)}</span>
        </p>
        {step.evidence.map((item, index) =>
          "code" in item ? (
            item.code && (
              <pre key={index} className="why-code">
                {item.code}
              </pre>
            )
          ) : (
            <p key={index} className="why-evidence">
              {t(item.key, item.values)}
            </p>
          ),
        )}
        {step.command && <Command text={step.command} />}
      </div>
    </li>
  );
}

/** "+0.3 ms", "+104 ms", "+3.0 s". */
export function elapsed(ms: number): string {
  if (ms >= 1000) return `+${(ms / 1000).toFixed(1)} s`;
  return `+${ms >= 10 || Number.isInteger(ms) ? Math.round(ms) : ms.toFixed(1)} ms`;
}

/** Source and destination of the request on each part of its way; a row only where they changed. */
function Wire({ journey, t }: { journey: Journey; t: Translate }): React.JSX.Element | null {
  const rows = journey.legs.filter((leg) => leg.direction === "request" && leg.purpose === "data");
  const legs = rows.length > 0 ? rows : journey.legs.filter((leg) => leg.direction === "request");
  if (legs.length === 0) return null;
  return (
    <section>
      <h3>{t("journeyWire")}</h3>
      <table className="wire">
        <thead>
          <tr>
            <th scope="col">{t("journeyWireFrom")}</th>
            <th scope="col">{t("journeyWireWith")}</th>
          </tr>
        </thead>
        <tbody>
          {legs.map((leg, index) => (
            <tr key={index}>
              <td>{placeName(leg.from)}</td>
              <td className="mono">
                <Address name="src" value={leg.packet.src} before={legs[index - 1]?.packet.src} />
                <Address name="dst" value={leg.packet.dst} before={legs[index - 1]?.packet.dst} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** An address on the wire, marked where it is another than on the leg before. */
function Address({ name, value, before }: { name: string; value: string; before: string | undefined }) {
  return (
    <span className="wire-address">
      <i>{name}</i>
      {before === undefined || before === value ? value : <b>{value}</b>}
    </span>
  );
}
