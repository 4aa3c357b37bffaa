// The screens of all terminals, kept while their panel is hidden.
import { connectScreens, takeInsertion, useTerminals } from "#session/terminal/terminals";
import { createScreen, type Screen, type ScreenTexts } from "./Screen.ts";

const screens = new Map<string, Screen>();

/** The screen of a terminal; made when it is first asked for. */
export function screenOf(id: string, label: string, texts: () => ScreenTexts, leave: () => void): Screen {
  const known = screens.get(id);
  if (known) {
    known.relabel(label);
    return known;
  }
  const { target } = useTerminals.getState().tabs.find((tab) => tab.id === id) ?? {};
  const history = target ? `${target.namespace}/${target.pod}` : "workstation";
  const screen = createScreen(id, { history, label, texts, leave });
  screens.set(id, screen);
  for (const output of early.get(id) ?? []) screen.show(output);
  early.delete(id);
  return screen;
}

export function dropScreen(id: string): void {
  screens.get(id)?.dispose();
  screens.delete(id);
  early.delete(id);
}

export function labelScreen(id: string, label: string): void {
  screens.get(id)?.relabel(label);
}

export function focusScreen(id: string): void {
  screens.get(id)?.focus();
}

export function rethemeScreens(): void {
  for (const screen of screens.values()) screen.retheme();
}

const early = new Map<string, Parameters<Screen["show"]>[0][]>();

/** Puts what was sent to the terminal into its line. */
export function insertWaiting(): void {
  const screen = screens.get(useTerminals.getState().active);
  if (!screen) return;
  const text = takeInsertion();
  if (text !== "") screen.insert(text);
}

connectScreens((output) => {
  const screen = screens.get(output.terminal);
  if (screen) screen.show(output);
  else early.set(output.terminal, [...(early.get(output.terminal) ?? []), output]);
}, insertWaiting);
