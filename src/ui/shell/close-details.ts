// Letting go of what is chosen, by Escape or by its cross: whoever was reading stays where that was.
import { select } from "#session/store";

export function closeDetails(): void {
  const place = document.activeElement?.closest<HTMLElement>(".details-body, .sheet .tab-body");
  const inHead = document.activeElement
    ?.closest(".details-panel")
    ?.querySelector<HTMLElement>(".details-body");
  select(null);
  (place ?? inHead)?.focus();
}
