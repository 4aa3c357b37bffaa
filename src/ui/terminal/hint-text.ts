// What the page says below a command's error, in dim letters: what changed since an old book, and the key that types
// today's command.
import type { TerminalOutput } from "#session/terminal/messages";
import { joined, type Translate } from "../i18n/i18n.ts";

export function hintText({ form, command }: TerminalOutput["hints"][number], t: Translate): string {
  const today = command === undefined ? "" : `\n  Tab: ${command}`;
  return `${joined(t("terminalHint"), t(`outdated_${form}`))}${today}`;
}
