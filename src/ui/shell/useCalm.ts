// A part of the projection for tables and lists that nobody reads sixty times a second: looked at again after a pause,
// and rendered when the page has time for it.
import { startTransition, useEffect, useState } from "react";
import { useStore, type Projection } from "#session/store";

/** `read` must be the same function at every call. */
export function useCalm<T>(read: (state: Projection) => T, pauseMs: number): T {
  const [value, setValue] = useState(() => read(useStore.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      timer = undefined;
      const next = read(useStore.getState());
      startTransition(() => setValue(() => next));
    };
    look();
    const stop = useStore.subscribe((state, before) => {
      if (read(state) !== read(before)) timer ??= setTimeout(look, pauseMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [read, pauseMs]);
  return value;
}
