// Play, pause, step, skip and speed. Shows virtual time as the worker reports it.
import { useEffect, useState } from "react";
import { follow, setPace, skip, step } from "#session/cluster-link";
import { SPEEDS } from "#session/pace";
import { useStore, virtualNow } from "#session/store";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { usePace } from "./pace-choice.ts";

/** "1:02.5": minutes, seconds and tenths. */
export function formatClock(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = Math.floor(tenths / 10) % 60;
  return `${minutes}:${String(seconds).padStart(2, "0")}.${tenths % 10}`;
}

function useClock(): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setNow(Math.floor(virtualNow(performance.now()) / 100) * 100), 100);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function togglePlay(): void {
  const { playing, speed } = usePace.getState();
  usePace.setState({ playing: !playing });
  setPace({ playing: !playing, speed });
}

export function stepOnce(): void {
  const { playing, speed } = usePace.getState();
  if (playing) {
    usePace.setState({ playing: false });
    setPace({ playing: false, speed });
  }
  step();
}

export function Transport(): React.JSX.Element {
  const t = useT();
  const { playing, speed } = usePace();
  const followed = useStore((state) => state.followed);
  const hopMs = useStore((state) => state.settings?.hopMs ?? 100);
  const now = useClock();
  const choose = (next: number): void => {
    usePace.setState({ speed: next });
    setPace({ playing, speed: next });
  };
  return (
    <div className="transport" role="group" aria-label={t("transport")}>
      <button
        type="button"
        className="round primary"
        onClick={togglePlay}
        aria-label={playing ? t("timePause") : t("timePlay")}
        title={`${playing ? t("timePause") : t("timePlay")} (Space)`}
      >
        <ActionIcon name={playing ? "pause" : "play"} />
      </button>
      <button
        type="button"
        className="round"
        onClick={stepOnce}
        aria-label={t("timeStep")}
        title={`${t("timeStep")} (→)`}
      >
        <ActionIcon name="step" />
      </button>
      <button
        type="button"
        className="round"
        onClick={skip}
        aria-label={t("timeSkip")}
        title={`${t("timeSkip")} (N)`}
      >
        <ActionIcon name="skip" />
      </button>
      <p className="clock">
        <b>{playing ? t("timeRunning") : t("timePaused")}</b>
        <span>{formatClock(now)}</span>
      </p>
      <div className="segments hide-small" role="group" aria-label={t("timeSpeed")}>
        {SPEEDS.map((value) => (
          <button key={value} type="button" aria-pressed={value === speed} onClick={() => choose(value)}>
            {value}×
          </button>
        ))}
      </div>
      <select
        className="speed-select show-small"
        aria-label={t("timeSpeed")}
        value={speed}
        onChange={(event) => choose(Number(event.target.value))}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {value}×
          </option>
        ))}
      </select>
      {followed !== null && (
        <button
          type="button"
          className="tag request"
          onClick={() => follow(null)}
          title={t("timeFollowStop")}
        >
          {t("timeFollowing", { id: followed })}
          <ActionIcon name="close" size={12} />
        </button>
      )}
      <span className="space" />
      <span
        className="hop-badge hide-small"
        title={t("timeHopHint", { ms: hopMs })}
        tabIndex={0}
        role="note"
        aria-label={t("timeHopHint", { ms: hopMs })}
      >
        {t("timeHopBadge", { ms: hopMs })}
      </span>
    </div>
  );
}
