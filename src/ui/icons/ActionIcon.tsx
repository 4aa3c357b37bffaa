// Icons of what a person can do: transport, panels, sharing. Same pen as Icon.
import type { ReactElement } from "react";

export type ActionIconName =
  | "play"
  | "pause"
  | "step"
  | "skip"
  | "reset"
  | "share"
  | "sun"
  | "moon"
  | "close"
  | "plus"
  | "minus"
  | "fit"
  | "copy"
  | "check"
  | "gallery"
  | "search"
  | "help"
  | "follow"
  | "send"
  | "trash"
  | "edit"
  | "prompt"
  | "settings"
  | "up"
  | "down";

const FILLED = new Set<ActionIconName>(["play", "pause", "step", "skip"]);

const ICONS: Record<ActionIconName, ReactElement> = {
  play: <path d="M5 3.2v9.6L12.5 8z" />,
  pause: <path d="M4.2 3.2h2.6v9.6H4.2zM9.2 3.2h2.6v9.6H9.2z" />,
  step: <path d="M4 3.2v9.6L10 8zM10.4 3.2h1.8v9.6h-1.8z" />,
  skip: <path d="M2.6 3.4v9.2L7.6 8zM7.6 3.4v9.2L12.6 8zM12.4 3.4h1.4v9.2h-1.4z" />,
  reset: <path d="M3 5.5h6.5a3.5 3.5 0 1 1 0 7H5M3 5.5 5.8 2.8M3 5.5l2.8 2.7" />,
  share: (
    <path d="M6.7 9.3a2.6 2.6 0 0 0 3.7 0l2-2a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.3 6.7a2.6 2.6 0 0 0-3.7 0l-2 2a2.6 2.6 0 0 0 3.7 3.7l.8-.8" />
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1" />
    </>
  ),
  moon: <path d="M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  plus: <path d="M8 3.5v9M3.5 8h9" />,
  minus: <path d="M3.5 8h9" />,
  fit: <path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M3.5 10.5h-.2a.8.8 0 0 1-.8-.8V3.3a.8.8 0 0 1 .8-.8h6.4a.8.8 0 0 1 .8.8v.2" />
    </>
  ),
  up: <path d="M8 13V3.5M3.8 7.5 8 3.3l4.2 4.2" />,
  down: <path d="M8 3v9.5M3.8 8.5 8 12.7l4.2-4.2" />,
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  gallery: <path d="M2.5 3h4.7v4.2H2.5zM8.8 3h4.7v4.2H8.8zM2.5 8.8h4.7V13H2.5zM8.8 8.8h4.7V13H8.8z" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="m10.2 10.2 3.3 3.3" />
    </>
  ),
  help: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.1M8 11.4v.01" />
    </>
  ),
  follow: (
    <>
      <circle cx="8" cy="8" r="2" />
      <path d="M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8z" />
    </>
  ),
  send: <path d="M2.5 8h10M8.8 4.2 12.6 8l-3.8 3.8" />,
  trash: <path d="M3 4.5h10M6.2 4.5V3h3.6v1.5M4.2 4.5l.6 8.5h6.4l.6-8.5M6.8 7v3.8M9.2 7v3.8" />,
  edit: <path d="m3 13 .6-2.8 7-7 2.2 2.2-7 7zM9.4 4.4l2.2 2.2" />,
  prompt: <path d="m3 4.5 3.5 3.5L3 11.5M8 12h5" />,
  settings: (
    <path d="M2.5 4.5h7M12.5 4.5h1M2.5 11.5h1M6.5 11.5h7M11 3a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3zM5 10a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3z" />
  ),
};

export function ActionIcon({ name, size = 16 }: { name: ActionIconName; size?: number }): React.JSX.Element {
  return (
    <svg
      className={FILLED.has(name) ? "icon filled" : "icon"}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {ICONS[name]}
    </svg>
  );
}

/** The mark: two ways in, one Pod that answers. */
export function Brand(): React.JSX.Element {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" fill="none" strokeLinecap="round" aria-hidden="true">
      <path d="M3 5h4c5 0 4 7 9 7" stroke="var(--req)" strokeWidth="2.5" />
      <path d="M3 19h4c5 0 4-7 9-7" stroke="var(--res)" strokeWidth="2.5" />
      <circle cx="18.5" cy="12" r="2.5" stroke="var(--ink)" strokeWidth="2.5" />
    </svg>
  );
}
