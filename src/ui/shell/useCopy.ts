// Copying a text to the clipboard: whether it was, for as long as the button says so. Where the page may not use the
// clipboard nothing is said.
import { useEffect, useRef, useState } from "react";

const SAID_MS = 1500;

export function useCopy(): [copied: boolean, copy: (text: string) => void] {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const said = (): void => {
    clearTimeout(timer.current);
    setCopied(true);
    timer.current = setTimeout(() => setCopied(false), SAID_MS);
  };
  const copy = (text: string): void => {
    void navigator.clipboard?.writeText(text).then(said, () => undefined);
  };
  return [copied, copy];
}
