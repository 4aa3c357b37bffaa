// The shape of a status in a 16 px box. It never stands alone: a word or a count is always beside it.
import type { ReactElement } from "react";
import type { PodState } from "./podStatus.ts";

export type GlyphName = PodState | "skipped" | "unreached";

/** Shapes for one status, drawn in a 16 x 16 box; also used inside larger SVGs such as dot grids. */
export const GLYPHS: Record<GlyphName, ReactElement> = {
  ready: (
    <>
      <circle cx="8" cy="8" r="7" fill="var(--ok)" />
      <path d="m4.8 8.3 2.2 2.2 4.3-4.7" className="glyph-mark" stroke="var(--surface)" strokeWidth="1.9" />
    </>
  ),
  notReady: (
    <>
      <path
        d="M8 1.7 15 14H1z"
        fill="var(--warn)"
        stroke="var(--warn-ink)"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
      <path d="M8 6.1v3.6M8 11.9v.01" className="glyph-mark" stroke="#2B1C00" strokeWidth="1.8" />
    </>
  ),
  failing: (
    <>
      <path d="M8 .8 15.2 8 8 15.2.8 8z" fill="var(--fail)" />
      <path
        d="m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4"
        className="glyph-mark"
        stroke="var(--surface)"
        strokeWidth="1.8"
      />
    </>
  ),
  terminating: (
    <>
      <circle
        cx="8"
        cy="8"
        r="6.4"
        fill="var(--gone-soft)"
        stroke="var(--gone)"
        strokeWidth="1.4"
        strokeDasharray="2.4 1.6"
      />
      <path
        d="M3.6 9.6 9.6 3.6M4.6 12 12 4.6M7 13.2 13 7.2"
        stroke="var(--gone)"
        strokeWidth="1.2"
        fill="none"
      />
    </>
  ),
  pending: (
    <>
      <circle cx="8" cy="8" r="6.3" fill="none" stroke="var(--ink-3)" strokeWidth="1.5" />
      <path d="M8 4.4V8l2.4 1.8" className="glyph-mark" stroke="var(--ink-3)" strokeWidth="1.5" />
    </>
  ),
  completed: (
    <>
      <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="3" fill="var(--gone)" />
      <path d="m4.8 8.3 2.2 2.2 4.3-4.7" className="glyph-mark" stroke="var(--surface)" strokeWidth="1.9" />
    </>
  ),
  unknown: (
    <>
      <path d="M8 .8 15.2 8 8 15.2.8 8z" fill="none" stroke="var(--fail)" strokeWidth="1.5" />
      <path
        d="M6.3 6.4a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.5-.8 1M8 11.4v.01"
        className="glyph-mark"
        stroke="var(--fail)"
        strokeWidth="1.5"
      />
    </>
  ),
  skipped: (
    <>
      <circle cx="8" cy="8" r="6.3" fill="none" stroke="var(--ink-3)" strokeWidth="1.5" />
      <path d="M5 8h6" className="glyph-mark" stroke="var(--ink-3)" strokeWidth="1.5" />
    </>
  ),
  unreached: <circle cx="8" cy="8" r="6.3" fill="none" stroke="var(--line-2)" strokeWidth="1.5" />,
};

export function Glyph({ name, size = 16 }: { name: GlyphName; size?: number | string }) {
  return (
    <svg
      className="glyph"
      data-glyph={name}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {GLYPHS[name]}
    </svg>
  );
}
