// Which dialog is open.
import type { DialogName } from "../shell/TopBar.tsx";
import { ClusterDialog } from "./ClusterDialog.tsx";
import { ExamplesDialog } from "./ExamplesDialog.tsx";
import { FindDialog } from "./FindDialog.tsx";
import { HelpDialog } from "./HelpDialog.tsx";
import { ShareDialog } from "./ShareDialog.tsx";

export function Dialogs({
  open,
  onClose,
}: {
  open: DialogName | null;
  onClose: () => void;
}): React.JSX.Element | null {
  switch (open) {
    case "examples":
      return <ExamplesDialog onClose={onClose} />;
    case "share":
      return <ShareDialog onClose={onClose} />;
    case "help":
      return <HelpDialog onClose={onClose} />;
    case "find":
      return <FindDialog onClose={onClose} />;
    case "cluster":
      return <ClusterDialog onClose={onClose} />;
    case null:
      return null;
  }
}
