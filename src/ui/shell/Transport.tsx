// Play, pause, step, skip and speed. Shows virtual time as the worker reports it.
import { useEffect, useState } from "react";
import { follow, skip } from "#session/cluster-link";
import { SPEEDS } from "#session/pace";
import { useStore, virtualNow } from "#session/store";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon, type ActionIconName } from "../icons/ActionIcon.tsx";
import { formatClock } from "./clock.ts";
import { setSpeed, stepOnce, togglePlay, usePace } from "./pace-choice.ts";

export function Transport(): React.JSX.Element {
  const t = useT();
  const playing = usePace((state) => state.playing);
  return (
    <div className="transport" role="group" aria-label={t("transport")}>
      <RoundButton
        primary
        icon={playing ? "pause" : "play"}
        label={t(playing ? "timePause" : "timePlay")}
        hotkey="Space"
        onClick={togglePlay}
      />
      <RoundButton icon="step" label={t("timeStep")} hotkey="→" onClick={stepOnce} />
      <RoundButton icon="skip" label={t("timeSkip")} hotkey="N" onClick={skip} />
      <Clock />
      <SpeedChoice />
      <FollowedTag />
      <span className="space" />
      <HopBadge />
    </div>
  );
}

interface RoundButtonProps {
  icon: ActionIconName;
  label: string;
  hotkey: string;
  primary?: boolean;
  onClick: () => void;
}

function RoundButton({ icon, label, hotkey, primary, onClick }: RoundButtonProps): React.JSX.Element {
  return (
    <button
      type="button"
      className={primary ? "round primary" : "round"}
      onClick={onClick}
      aria-label={label}
      title={`${label} (${hotkey})`}
    >
      <ActionIcon name={icon} />
    </button>
  );
}

function Clock(): React.JSX.Element {
  const t = useT();
  const playing = usePace((state) => state.playing);
  const now = useClock();
  return (
    <p className="clock">
      <b>{playing ? t("timeRunning") : t("timePaused")}</b>
      <span>{formatClock(now)}</span>
    </p>
  );
}

const TENTH_MS = 100;
const tenthNow = (): number => Math.floor(virtualNow(performance.now()) / TENTH_MS) * TENTH_MS;

/** To the tenth of a second that is shown. */
function useClock(): number {
  const [now, setNow] = useState(tenthNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(tenthNow()), TENTH_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** All speeds in a row; where that is too wide, a list to open. */
function SpeedChoice(): React.JSX.Element {
  const t = useT();
  const speed = usePace((state) => state.speed);
  return (
    <>
      <div className="segments hide-small" role="group" aria-label={t("timeSpeed")}>
        {SPEEDS.map((value) => (
          <button key={value} type="button" aria-pressed={value === speed} onClick={() => setSpeed(value)}>
            {value}×
          </button>
        ))}
      </div>
      <select
        className="speed-select show-small"
        aria-label={t("timeSpeed")}
        value={speed}
        onChange={(event) => setSpeed(Number(event.target.value))}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {value}×
          </option>
        ))}
      </select>
    </>
  );
}

/** Which request the clock is slowed for, and the way to stop that. */
function FollowedTag(): React.JSX.Element | null {
  const t = useT();
  const followed = useStore((state) => state.followed);
  if (followed === null) return null;
  return (
    <button type="button" className="tag request" onClick={() => follow(null)} title={t("timeFollowStop")}>
      {t("timeFollowing", { id: followed })}
      <ActionIcon name="close" size={12} />
    </button>
  );
}

/** Says that real networks are faster. */
function HopBadge(): React.JSX.Element {
  const t = useT();
  const ms = useStore((state) => state.settings?.hopMs ?? 100);
  const hint = t("timeHopHint", { ms });
  return (
    <span className="hop-badge hide-small" title={hint} tabIndex={0} role="note" aria-label={hint}>
      {t("timeHopBadge", { ms })}
    </span>
  );
}
