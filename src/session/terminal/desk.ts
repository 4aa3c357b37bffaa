// The worker's side of the page's terminals: a workstation beside the engine's cluster, its files kept equal with the
// editor's. Loaded when the first terminal opens.
import { complete } from "#shell/completion";
import { createWorkstation, type Workstation } from "#shell/workstation";
import { HOME } from "#shell/machine";
import type { Engine } from "../engine.ts";
import type { ScenarioFile } from "../protocol.ts";
import type { Companion } from "./companion.ts";
import type { FromTerminals, ToTerminals } from "./messages.ts";

export interface Desk extends Companion {
  receive(message: ToTerminals): void;
  /** Called when promises have had their turn. */
  settle(): void;
  /** Sends what the terminals show. */
  flush(): void;
  /** Something went wrong that should not: the desk is to be thrown away, the cluster is not. */
  broken(): boolean;
}

/** What commands wrote and is longer stays on the workstation. */
const MAX_FILE_CHARS = 200_000;

export function createDesk(engine: Engine, send: (message: FromTerminals) => void): Desk {
  const edits: Edits = new Map();
  let unsettled = false;
  let broken = false;
  const safely = (work: () => void): void => {
    if (broken) return;
    try {
      work();
    } catch (error) {
      broken = true;
      console.warn(error);
    }
  };
  const workstation = workstationOf(engine, (name, text) => askEditor(edits, send, name, text));
  const files = createFileKeeper(workstation, send);
  const completed = ({ id, terminal, line }: Extract<ToTerminals, { do: "complete" }>): void => {
    const place = workstation.place(terminal);
    const found = place ? complete(line, place, workstation) : { from: line.length, candidates: [] };
    send({ type: "completions", id, ...found });
  };
  const answerEdit = (id: number, text: string | undefined): void => {
    edits.get(id)?.(text);
    edits.delete(id);
  };
  return {
    broken: () => broken,
    advance: () =>
      safely(() => {
        workstation.advance();
        unsettled ||= workstation.takeUnsettled();
      }),
    nextAt: workstation.nextAt,
    attentive: workstation.attentive,
    unsettled: () => unsettled,
    receive: (message) =>
      safely(() => {
        if (message.do === "complete") completed(message);
        else receive(workstation, files, message, answerEdit);
        unsettled ||= workstation.takeUnsettled();
      }),
    settle: () =>
      safely(() => {
        workstation.advance();
        unsettled = workstation.takeUnsettled();
      }),
    flush: () =>
      safely(() => {
        const outputs = workstation.drain();
        if (outputs.length === 0) return;
        send({ type: "terminals", outputs });
        if (outputs.some(({ reading, ended }) => reading || ended)) files.tell();
      }),
  };
}

/** By number: who waits for the editor. */
type Edits = Map<number, (text: string | undefined) => void>;

function askEditor(
  edits: Edits,
  send: (message: FromTerminals) => void,
  name: string,
  text: string,
): Promise<string | undefined> {
  const id = Math.max(0, ...edits.keys()) + 1;
  return new Promise((resolve) => {
    edits.set(id, resolve);
    send({ type: "terminalEdit", id, name, text });
  });
}

function workstationOf(
  engine: Engine,
  edit: (name: string, text: string) => Promise<string | undefined>,
): Workstation {
  const { cluster } = engine;
  return createWorkstation(
    {
      cluster,
      act: (action) => engine.act(action),
      request: (request) => engine.request(request, request.method !== "GET"),
    },
    {
      settings: cluster.machine.context.settings,
      edit,
      typeDocs: () => import("../../api/schema.gen.json").then(({ default: schema }) => schema),
    },
  );
}

function receive(
  workstation: Workstation,
  files: FileKeeper,
  message: Exclude<ToTerminals, { do: "complete" }>,
  answerEdit: (id: number, text: string | undefined) => void,
): void {
  switch (message.do) {
    case "open":
      return workstation.open(message.terminal, message.target);
    case "line":
      return workstation.type(message.terminal, `${message.text}\n`);
    case "interrupt":
      return workstation.interrupt(message.terminal);
    case "suspend":
      return workstation.suspend(message.terminal);
    case "endInput":
      return workstation.endInput(message.terminal);
    case "close":
      return workstation.close(message.terminal);
    case "files":
      return files.take(message.files);
    case "edited":
      answerEdit(message.id, message.text);
      return workstation.advance();
  }
}

interface FileKeeper {
  take(files: readonly ScenarioFile[]): void;
  tell(): void;
}

/** Knows what both sides have, so that only what changed goes over. */
function createFileKeeper(workstation: Workstation, send: (message: FromTerminals) => void): FileKeeper {
  const known = new Map<string, string>();
  /** Files that the editor has: only those go when they go there. */
  let shared = new Set<string>();
  return {
    take: (editor) => {
      const names = new Set(editor.map(({ name }) => name));
      for (const name of shared) {
        if (names.has(name) || workstation.files.read(HOME, name) !== known.get(name)) continue;
        workstation.files.remove(HOME, name);
        known.delete(name);
      }
      shared = names;
      for (const { name, text } of editor) {
        if (known.get(name) === text || name.includes("/")) continue;
        known.set(name, text);
        workstation.files.write(HOME, name, text);
      }
    },
    tell: () => {
      const changed: ScenarioFile[] = [];
      for (const name of workstation.files.list(HOME, ".") ?? []) {
        // Dot files are the shell's own.
        if (name.startsWith(".") || workstation.files.isFolder(HOME, name)) continue;
        const text = workstation.files.read(HOME, name);
        if (text === undefined || text.length > MAX_FILE_CHARS || known.get(name) === text) continue;
        known.set(name, text);
        changed.push({ name, text });
      }
      if (changed.length > 0) send({ type: "terminalFiles", files: changed });
    },
  };
}
