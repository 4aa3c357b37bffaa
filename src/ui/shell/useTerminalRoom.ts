// Room for a shell: the panel under the canvas is taller while it shows the terminal, and keeps for either use the
// height that the reader gave it.
import { useRef, type RefObject } from "react";
import type { ImperativePanelHandle } from "react-resizable-panels";

/** Percent of the column: a screen of 720 pixels then shows about seven lines. */
const TERMINAL_SIZE = 30;

export function useTerminalRoom(panel: RefObject<ImperativePanelHandle | null>): (terminal: boolean) => void {
  const shows = useRef(false);
  /** The size for the use that is not shown. */
  const other = useRef<number | null>(null);
  return (terminal) => {
    const size = panel.current?.getSize();
    if (size === undefined || terminal === shows.current) return;
    shows.current = terminal;
    panel.current?.resize(other.current ?? Math.max(size, TERMINAL_SIZE));
    other.current = size;
  };
}
