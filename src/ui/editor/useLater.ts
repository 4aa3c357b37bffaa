// Modules that only the editor needs: they come after the first packet, like the editor itself.
import { useEffect, useState } from "react";
import { firstPacket } from "#session/opening/first-packet";

/** `load` must be the same function at every call. */
export function useLater<T extends object>(load: () => Promise<T>): T | undefined {
  const [module, setModule] = useState<T>();
  useEffect(() => {
    let here = true;
    void firstPacket.then(load).then((loaded) => here && setModule(loaded));
    return () => void (here = false);
  }, [load]);
  return module;
}
