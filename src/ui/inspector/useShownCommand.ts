// Several buttons, one command line below them: it follows the button that is pointed at or has the focus, and stays.
import { useState } from "react";

export interface ShownCommand<Id extends string> {
  shown: Id;
  /** What a button needs to have its command shown. */
  shows(id: Id): { onMouseEnter: () => void; onFocus: () => void };
}

export function useShownCommand<Id extends string>(first: Id): ShownCommand<Id> {
  const [shown, setShown] = useState(first);
  return {
    shown,
    shows: (id) => ({ onMouseEnter: () => setShown(id), onFocus: () => setShown(id) }),
  };
}
