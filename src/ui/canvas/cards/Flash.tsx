// The ring around a card whose object has just come or was changed; it fades by itself.
import { useFlash } from "../flash.ts";

export function Flash({ of, className }: { of: string | null; className: string }) {
  const id = useFlash(of);
  return id === null ? null : <span key={id} className={`flash ${className}`} aria-hidden="true" />;
}
