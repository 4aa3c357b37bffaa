// Which dialog is open. Their code comes once the first packet was drawn.
import { lazy, Suspense } from "react";
import { firstPacket } from "#session/opening/first-packet";
import type { DialogName } from "../shell/DialogButton.tsx";

const load = {
  cluster: () => import("./ClusterDialog.tsx").then((module) => ({ default: module.ClusterDialog })),
  examples: () => import("./ExamplesDialog.tsx").then((module) => ({ default: module.ExamplesDialog })),
  find: () => import("./FindDialog.tsx").then((module) => ({ default: module.FindDialog })),
  help: () => import("./HelpDialog.tsx").then((module) => ({ default: module.HelpDialog })),
  share: () => import("./ShareDialog.tsx").then((module) => ({ default: module.ShareDialog })),
};
const DIALOGS = {
  cluster: lazy(load.cluster),
  examples: lazy(load.examples),
  find: lazy(load.find),
  help: lazy(load.help),
  share: lazy(load.share),
};
void firstPacket.then(() => Promise.all(Object.values(load).map((fetch) => fetch())));

export function Dialogs({
  open,
  onClose,
}: {
  open: DialogName | null;
  /** With the name of the one that closes: another may have been opened by then. */
  onClose: (name: DialogName) => void;
}): React.JSX.Element | null {
  if (open === null) return null;
  const Open = DIALOGS[open];
  return (
    <Suspense fallback={null}>
      <Open onClose={() => onClose(open)} />
    </Suspense>
  );
}
