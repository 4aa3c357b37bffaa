// How to read the picture: shapes, colours and lines, each with its word.
import { useT } from "../i18n/i18n.ts";
import { Glyph } from "../status/Glyph.tsx";
import { stateWord } from "../status/words.ts";

const STATES = ["ready", "notReady", "failing", "terminating"] as const;

export function Legend({ className }: { className: string }) {
  const t = useT();
  return (
    <section className={`legend ${className}`} aria-label={t("legendTitle")}>
      <p className="legend-title">{t("legendTitle")}</p>
      <ul>
        <PacketItems />
        {STATES.map((state) => (
          <li key={state}>
            <Glyph name={state} />
            {stateWord(state, t)}
          </li>
        ))}
        <LineItems />
      </ul>
    </section>
  );
}

function PacketItems() {
  const t = useT();
  return (
    <>
      <li>
        <svg width="26" height="18" viewBox="-14 -9 28 18" aria-hidden="true">
          <path d="M-12-5.5q0-3 3-3h15l8 8.5-8 8.5h-15q-3 0-3-3z" fill="var(--req)" />
        </svg>
        {t("legendRequest")}
      </li>
      <li>
        <svg width="26" height="18" viewBox="-15 -10 30 20" aria-hidden="true">
          <path
            d="M12-5.5q0-3-3-3h-15l-8 8.5 8 8.5h15q3 0 3-3z"
            fill="none"
            stroke="var(--res)"
            strokeWidth="2"
          />
        </svg>
        {t("legendResponse")}
      </li>
    </>
  );
}

/** A Service's rule, a look-up, and a way that leads nowhere. */
function LineItems() {
  const t = useT();
  return (
    <>
      <li className="wide">
        <svg width="26" height="16" aria-hidden="true">
          <rect className="legend-rule" x="1" y="1" width="24" height="14" rx="5" />
        </svg>
        {t("legendService")}
      </li>
      <li className="wide">
        <svg width="26" height="16" aria-hidden="true">
          <path className="edge lookup" d="M2 8h22" />
        </svg>
        {t("legendLookup")}
      </li>
      <li className="wide">
        <svg width="26" height="16" aria-hidden="true">
          <path className="edge stub" d="M1 8h16" />
          <circle className="edge-ring" cx="20" cy="8" r="3.5" />
        </svg>
        {t("legendCut")}
      </li>
    </>
  );
}
