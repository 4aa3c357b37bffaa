// A button that opens a dialog of the page: in the top bar, and on small screens in the sheet too.
import type { StringKey } from "../i18n/i18n.ts";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon, type ActionIconName } from "../icons/ActionIcon.tsx";

export type DialogName = "examples" | "share" | "help" | "find" | "cluster";
export type OpenDialog = (dialog: DialogName) => void;

const LOOKS = {
  examples: { label: "barExamples", icon: "gallery" },
  find: { label: "barFind", icon: "search", keys: "Ctrl/⌘+K" },
  cluster: { label: "barCluster", icon: "settings" },
  help: { label: "barHelp", icon: "help", keys: "?" },
  share: { label: "barShare", icon: "share" },
} as const satisfies Record<DialogName, { label: StringKey; icon: ActionIconName; keys?: string }>;

interface DialogButtonProps {
  dialog: DialogName;
  open: OpenDialog;
  /** Class names beside `button`. */
  look?: string;
  /** When its name stands beside the icon; else only assistive technology and the tooltip say it. */
  named?: "always" | "hide-narrow" | "hide-small";
}

export function DialogButton({ dialog, open, look, named }: DialogButtonProps): React.JSX.Element {
  const t = useT();
  const { label, icon, ...rest } = LOOKS[dialog];
  const name = t(label);
  return (
    <button
      type="button"
      className={look ? `button ${look}` : "button"}
      onClick={() => open(dialog)}
      aria-haspopup="dialog"
      aria-label={name}
      title={"keys" in rest ? `${name} (${rest.keys})` : name}
    >
      <ActionIcon name={icon} />
      {named && <span className={named === "always" ? undefined : named}>{name}</span>}
    </button>
  );
}
