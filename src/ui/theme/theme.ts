// Light or dark: an attribute on <html> that the tokens follow. Set from the reader's choice, else the system's.
import { create } from "zustand";

export type Theme = "light" | "dark";

const STORAGE_KEY = "kubelanes.theme";

interface ThemeState {
  theme: Theme;
}

export const useTheme = create<ThemeState>(() => ({ theme: "light" }));

/** What the reader chose before, else what the system prefers. */
export function initialTheme(stored: string | null, systemPrefersDark: boolean): Theme {
  if (stored === "light" || stored === "dark") return stored;
  return systemPrefersDark ? "dark" : "light";
}

export function storedTheme(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

/** Shows the theme; `remember` keeps it as the reader's choice. */
export function setTheme(theme: Theme, remember = true): void {
  useTheme.setState({ theme });
  document.documentElement.dataset.theme = theme;
  if (!remember) return;
  try {
    localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}
