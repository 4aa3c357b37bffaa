// Every string that a person reads, in both languages. A part of the page brings its strings in a file of its own;
// the compiler holds both languages to the same keys. `{name}` in a string is replaced by a value, `{name|one|many}` by
// the word that goes with that number.
import { create } from "zustand";
import { canvasStrings } from "./canvas.ts";
import { dialogStrings } from "./dialogs.ts";
import { editorStrings } from "./editor.ts";
import { inspectorStrings } from "./inspector.ts";
import { objectStrings } from "./objects.ts";
import { outdatedStrings } from "./outdated.ts";
import { shellStrings } from "./shell.ts";
import { terminalStrings } from "./terminal.ts";

export type Language = "en" | "zh";

const CATALOGUE = {
  en: {
    ...shellStrings.en,
    ...editorStrings.en,
    ...inspectorStrings.en,
    ...objectStrings.en,
    ...dialogStrings.en,
    ...canvasStrings.en,
    ...terminalStrings.en,
    ...outdatedStrings.en,
  },
  zh: {
    ...shellStrings.zh,
    ...editorStrings.zh,
    ...inspectorStrings.zh,
    ...objectStrings.zh,
    ...dialogStrings.zh,
    ...canvasStrings.zh,
    ...terminalStrings.zh,
    ...outdatedStrings.zh,
  },
} as const;

export type StringKey = keyof typeof CATALOGUE.en;
export type Values = Record<string, string | number>;
export type Translate = (key: StringKey, values?: Values) => string;

interface LanguageState {
  language: Language;
}

const STORAGE_KEY = "kubelanes.language";

/** `?lang` forces one; else what the reader chose before; else the browser's. A link never changes it. */
export function initialLanguage(search: string, stored: string | null, browser: string): Language {
  const forced = new URLSearchParams(search).get("lang");
  for (const wish of [forced, stored, browser]) {
    if (wish?.toLowerCase().startsWith("zh")) return "zh";
    if (wish?.toLowerCase().startsWith("en")) return "en";
  }
  return "en";
}

export const useLanguage = create<LanguageState>(() => ({ language: "en" }));

/** `remember` keeps it as the reader's choice; what a link or the browser suggests is not kept. */
export function setLanguage(language: Language, remember = true): void {
  useLanguage.setState({ language });
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  if (!remember) return;
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

export function storedLanguage(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

export function translate(language: Language, key: StringKey, values: Values = {}): string {
  const text: string = CATALOGUE[language][key];
  return text.replace(
    /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      if (!(name in values)) return whole;
      const value = String(values[name]);
      if (one === undefined || many === undefined) return value;
      return value === "1" ? one : many;
    },
  );
}

/** Two sentences in a row: full-width punctuation brings its own space. */
export function joined(first: string, second: string): string {
  return /[：。]$/.test(first) ? first + second : `${first} ${second}`;
}

const translators: Record<Language, Translate> = {
  en: (key, values) => translate("en", key, values),
  zh: (key, values) => translate("zh", key, values),
};

/** The translate function of the reader's language; the component renders again when it changes. */
export function useT(): Translate {
  return translators[useLanguage((state) => state.language)];
}
