// Keys that work anywhere on the page. While a person types into a field, only those with Ctrl or Cmd do.
import { useEffect } from "react";
import { follow, skip } from "#session/cluster-link";
import { useStore } from "#session/store";
import { closeDetails } from "./close-details.ts";
import type { DialogName } from "./DialogButton.tsx";
import { stepOnce, togglePlay } from "./pace-choice.ts";

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
      target.closest(".monaco-host") !== null)
  );
}

/** Buttons take Space and the arrow keys of a tab list for themselves. */
function ownsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (key === " ") return target.closest("button, a, summary, [role=button]") !== null;
  return (
    key.startsWith("Arrow") &&
    target.closest("[role=tablist], .react-flow, [role=separator], [data-panel-resize-handle-id]") !== null
  );
}

export function useKeys(dialogOpen: boolean, open: (dialog: DialogName | null) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        return open("find");
      }
      if (dialogOpen || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (ownsKey(event.target, event.key)) return;
      if (act(event.key, open)) event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [dialogOpen, open]);
}

function act(key: string, open: (dialog: DialogName | null) => void): boolean {
  const { selection, followed } = useStore.getState();
  switch (key) {
    case " ":
      togglePlay();
      return true;
    case "ArrowRight":
      stepOnce();
      return true;
    case "n":
    case "N":
      skip();
      return true;
    case "f":
    case "F":
      if (selection?.kind === "journey") follow(followed === selection.id ? null : selection.id);
      return selection?.kind === "journey";
    case "?":
      open("help");
      return true;
    case "Escape":
      if (selection === null) return false;
      closeDetails();
      return true;
    default:
      return false;
  }
}
