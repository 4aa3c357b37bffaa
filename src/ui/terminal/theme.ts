// The terminal's colours from the page's tokens, so that it follows light and dark.
import type { ITheme } from "@xterm/xterm";

export function terminalTheme(): ITheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    background: token("surface"),
    foreground: token("ink"),
    cursor: token("ink"),
    cursorAccent: token("surface"),
    selectionBackground: token("req-line"),
    black: token("ink"),
    red: token("fail-ink"),
    green: token("ok-ink"),
    yellow: token("warn-ink"),
    blue: token("req-ink"),
    magenta: token("res-ink"),
    cyan: token("syn-str"),
    white: token("surface-3"),
    brightBlack: token("ink-3"),
    brightRed: token("fail"),
    brightGreen: token("ok"),
    brightYellow: token("warn-line"),
    brightBlue: token("req"),
    brightMagenta: token("res"),
    brightCyan: token("syn-str"),
    brightWhite: token("surface"),
  };
}
