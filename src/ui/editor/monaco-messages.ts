// Monaco's own messages (menus, find, command palette) in the reader's language. Monaco reads them while its modules
// load, so Editor.tsx asks for them first; a language chosen later reaches them at the next visit.
import type { Language } from "../i18n/i18n.ts";

export async function loadMonacoMessages(language: Language): Promise<void> {
  if (language === "zh") await import("monaco-editor/nls/lang/zh-cn.js");
}
