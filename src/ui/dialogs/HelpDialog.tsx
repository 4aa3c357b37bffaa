// Keys, and what the simulation simplifies.
import { useT, type StringKey } from "../i18n/i18n.ts";
import { Dialog } from "./Dialog.tsx";

const KEYS: readonly [string, StringKey][] = [
  ["Space", "helpSpace"],
  ["→", "helpStep"],
  ["N", "helpSkip"],
  ["Ctrl/⌘ + Enter", "helpApply"],
  ["Ctrl/⌘ + K", "helpFind"],
  ["Tab, Enter", "helpTab"],
  ["↑ ↓", "helpRows"],
  ["F", "helpFollow"],
  ["Esc", "helpEscape"],
  ["?", "helpHelp"],
];

const NOTES: readonly StringKey[] = [
  "helpModelTarget",
  "helpModelHop",
  "helpModelIngress",
  "helpModelImages",
  "helpModelNot",
];

export function HelpDialog({ onClose }: { onClose: () => void }): React.JSX.Element {
  const t = useT();
  return (
    <Dialog title={t("helpTitle")} onClose={onClose} className="help-dialog">
      <table className="help-keys">
        <tbody>
          {KEYS.map(([keys, text]) => (
            <tr key={keys}>
              <th scope="row">
                <kbd>{keys}</kbd>
              </th>
              <td>{t(text)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t("helpModel")}</h3>
      <ul className="help-notes">
        {NOTES.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
    </Dialog>
  );
}
