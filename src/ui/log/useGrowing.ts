// Long lists in parts: the log and the tables have only so many rows in the page, and more where one scrolls towards
// their end.
import { useState } from "react";

/** Nearer to the end than this, the next rows are due. */
const NEAR_PX = 200;

/** How many of `count` rows are in the page, and what hears of scrolling. */
export function useGrowing(page: number, count: number): [number, (list: HTMLElement) => void] {
  const [shown, setShown] = useState(page);
  const grow = ({ scrollTop, clientHeight, scrollHeight }: HTMLElement): void => {
    if (scrollTop + clientHeight > scrollHeight - NEAR_PX && shown < count) setShown(shown + page);
  };
  return [shown, grow];
}
