// The page's terminals: which there are, which is shown, and what waits for a person. The screens themselves are
// kept by ui/terminal, which hears of everything else here.
import { create } from "zustand";
import { onTerminals, tellTerminals } from "../cluster-link.ts";
import type { ScenarioFile } from "../protocol.ts";
import { addFile, editFile, holdFile, removeFile, useWorkspace } from "../workspace.ts";
import { editName } from "./edit-name.ts";
import type { TerminalOutput, TerminalTarget } from "./messages.ts";

export interface TerminalTab {
  id: string;
  title: string;
  target?: TerminalTarget;
  ended: boolean;
}

export interface PendingEdit {
  id: number;
  name: string;
  /** The file of the editor that holds the text meanwhile. */
  file: string;
}

export interface Terminals {
  tabs: readonly TerminalTab[];
  active: string;
  /** Rises when something outside asks for the terminal to be shown. */
  asked: number;
  edits: readonly PendingEdit[];
  /** Written by commands and not in the editor. */
  offered: readonly ScenarioFile[];
}

export const useTerminals = create<Terminals>(() => ({
  tabs: [],
  active: "",
  asked: 0,
  edits: [],
  offered: [],
}));

const set = useTerminals.setState;
let count = 0;
/** Inserted into the active terminal's line as soon as there is one. */
let inserted = "";
let outputs: ((output: TerminalOutput) => void) | undefined;
/** What came before the screens did, which are fetched when the first terminal is shown. */
let unshown: TerminalOutput[] = [];
let insertions: (() => void) | undefined;

/** The screens: take what is shown, and look for insertions. */
export function connectScreens(show: (output: TerminalOutput) => void, insert: () => void): void {
  outputs = show;
  insertions = insert;
  for (const output of unshown) show(output);
  unshown = [];
}

export function takeInsertion(): string {
  const text = inserted;
  inserted = "";
  return text;
}

/** Shows the terminal with a command in its line, ready to be run. */
export function sendToTerminal(command: string): void {
  inserted = command;
  const { tabs, active } = useTerminals.getState();
  const usable = tabs.find(({ id, target, ended }) => id === active && !target && !ended);
  const other = usable ?? tabs.find(({ target, ended }) => !target && !ended);
  if (other) set({ active: other.id });
  else if (tabs.length > 0) openTerminal();
  set(({ asked }) => ({ asked: asked + 1 }));
  insertions?.();
}

/** Shows the terminal with a shell in a container. */
export function openShell(target: TerminalTarget): void {
  openTerminal(target);
  set(({ asked }) => ({ asked: asked + 1 }));
}

export function openTerminal(target?: TerminalTarget): string {
  start();
  const id = `t${++count}`;
  const title = target ? target.pod + (target.container ? `/${target.container}` : "") : "";
  set(({ tabs }) => ({
    tabs: [...tabs, { id, title, ended: false, ...(target && { target }) }],
    active: id,
  }));
  tellTerminals({ type: "terminal", do: "open", terminal: id, ...(target && { target }) });
  return id;
}

export function closeTerminal(id: string): void {
  tellTerminals({ type: "terminal", do: "close", terminal: id });
  set(({ tabs, active }) => {
    const left = tabs.filter((tab) => tab.id !== id);
    return { tabs: left, active: active === id ? (left.at(-1)?.id ?? "") : active };
  });
}

export function activateTerminal(id: string): void {
  set({ active: id });
}

/** Ends an edit that kubectl waits for; without saving it learns that nothing changed. */
export function finishEdit({ id, file }: PendingEdit, save: boolean): void {
  const text = useWorkspace.getState().files.find(({ name }) => name === file)?.text;
  set(({ edits, asked }) => ({ edits: edits.filter((edit) => edit.id !== id), asked: asked + 1 }));
  tellTerminals({ type: "terminal", do: "edited", id, ...(save && text !== undefined && { text }) });
  if (useWorkspace.getState().files.some(({ name }) => name === file)) removeFile(file);
}

export function takeOffered(): void {
  for (const { name, text } of useTerminals.getState().offered) addFile(text, name);
  set({ offered: [] });
}

export function dropOffered(): void {
  set({ offered: [] });
}

let started = false;

function start(): void {
  if (started) return;
  started = true;
  onTerminals((message) => {
    if (message.type === "terminals") for (const output of message.outputs) receive(output);
    else if (message.type === "terminalFiles") takeFiles(message.files);
    else if (message.type === "terminalEdit") beginEdit(message.id, message.name, message.text);
    else reopen();
  });
  tellFiles();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  useWorkspace.subscribe((state, before) => {
    if (state.files === before.files) return;
    // A tab that is closed, or another scenario, saves nothing.
    for (const edit of useTerminals.getState().edits)
      if (!state.files.some(({ name }) => name === edit.file)) finishEdit(edit, false);
    clearTimeout(waiting);
    waiting = setTimeout(tellFiles, 200);
  });
}

function tellFiles(): void {
  const files = useWorkspace
    .getState()
    .files.filter(({ live, held }) => !live && !held)
    .map(({ name, text }) => ({ name, text }));
  tellTerminals({ type: "terminal", do: "files", files });
}

function receive(output: TerminalOutput): void {
  if (outputs) outputs(output);
  else unshown.push(output);
  if (!output.ended) return;
  set(({ tabs }) => ({
    tabs: tabs.map((tab) => (tab.id === output.terminal ? { ...tab, ended: true } : tab)),
  }));
}

/** What the editor has changes there; what it has not is offered. */
function takeFiles(files: readonly ScenarioFile[]): void {
  const names = new Set(useWorkspace.getState().files.map(({ name }) => name));
  for (const { name, text } of files) if (names.has(name)) editFile(name, text);
  const fresh = files.filter(({ name }) => !names.has(name) && /\.(ya?ml|json)$/.test(name));
  if (fresh.length === 0) return;
  set(({ offered }) => ({
    offered: [...offered.filter(({ name }) => !fresh.some((file) => file.name === name)), ...fresh],
  }));
}

function beginEdit(id: number, name: string, text: string): void {
  const file = holdFile(text, editName(text, name));
  set(({ edits }) => ({ edits: [...edits, { id, name: file, file }] }));
}

/** The cluster was begun again, and with it every shell. */
function reopen(): void {
  set({ edits: [], offered: [] });
  const { tabs } = useTerminals.getState();
  for (const { id, target } of tabs) {
    outputs?.({ terminal: id, text: "\r\n\u001b[90m-- \u001b[0m\r\n", reading: false, hints: [] });
    if (target) receive({ terminal: id, text: "", reading: false, hints: [], ended: { exit: 0 } });
    else tellTerminals({ type: "terminal", do: "open", terminal: id });
  }
  set(({ tabs: now }) => ({ tabs: now.map((tab) => (tab.target ? tab : { ...tab, ended: false })) }));
  tellFiles();
}
