// Line icons of 16 px, drawn with the text's colour. They name kinds of objects; status has glyphs of its own.
import type { ReactElement } from "react";

export type IconName =
  | "curl"
  | "browser"
  | "insidePod"
  | "node"
  | "loadBalancer"
  | "service"
  | "ingress"
  | "outside"
  | "internet";

const ICONS: Record<IconName, ReactElement> = {
  curl: <path d="M4 3.5h8a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1zM1.5 12.5h13" />,
  browser: (
    <>
      <rect x="2" y="3" width="12" height="10" rx="1.5" />
      <path d="M2 6h12M4.2 4.6h.01M6 4.6h.01" />
    </>
  ),
  insidePod: (
    <>
      <path d="M8 1.8 13.4 5v6L8 14.2 2.6 11V5z" />
      <path d="M2.8 5.1 8 8.2l5.2-3.1M8 8.2v5.8" />
    </>
  ),
  node: (
    <>
      <rect x="2.5" y="2.5" width="11" height="4.5" rx="1" />
      <rect x="2.5" y="9" width="11" height="4.5" rx="1" />
      <path d="M5 4.8h.01M5 11.2h.01" />
    </>
  ),
  loadBalancer: <path d="M2 8h4M6 8c3 0 3-4.5 7-4.5M6 8h7M6 8c3 0 3 4.5 7 4.5" />,
  service: (
    <>
      <circle cx="8" cy="8" r="5.5" strokeDasharray="2.6 2.2" />
      <circle cx="8" cy="8" r="1.5" fill="currentColor" stroke="none" />
    </>
  ),
  ingress: (
    <>
      <path d="M2 8h3.5M10 4h4M10 12h4M5.5 8 10 4M5.5 8 10 12" />
      <circle cx="5.5" cy="8" r="1.4" fill="currentColor" />
    </>
  ),
  outside: (
    <>
      <path d="M6.5 4H4a1.5 1.5 0 0 0-1.5 1.5v6.5A1.5 1.5 0 0 0 4 13.5h6.5A1.5 1.5 0 0 0 12 12V9.5" />
      <path d="M9.5 2.5h4v4M13.2 2.8 7.8 8.2" />
    </>
  ),
  internet: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M2.2 8h11.6M8 2.2c1.8 1.6 2.6 3.6 2.6 5.8S9.8 12.2 8 13.8C6.2 12.2 5.4 10.2 5.4 8S6.2 3.8 8 2.2z" />
    </>
  ),
};

export function Icon({ name }: { name: IconName }): React.JSX.Element {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {ICONS[name]}
    </svg>
  );
}

/** The door of a node: tall, so it has a box of its own. */
export function DoorIcon(): React.JSX.Element {
  return (
    <svg className="icon door-icon" viewBox="0 0 20 34" aria-hidden="true">
      <path d="M2 32V4.5A2.5 2.5 0 0 1 4.5 2h11A2.5 2.5 0 0 1 18 4.5V32" />
      <path d="M2 32h16" />
      <path d="M6.5 32V8l7 3v21" fill="var(--surface-2)" />
      <path d="M11.2 20.5v1.6" strokeLinecap="round" />
    </svg>
  );
}
